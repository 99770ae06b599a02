"""Completing lessons and courses, and the certificate for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from academy.framework.enums import Proficiency
from academy.people.models import User
from academy.records.api import Award, EventKind, issue_award, record_event
from courses.domain.progress import CourseProgress, course_progress
from courses.models import CourseCompletion, CoursePage, LessonCompletion, LessonPage


class NothingToCertify(Exception):
    """The course is not completed: there is nothing to certify."""


class NoName(Exception):
    """A certificate needs a name."""


@transaction.atomic
def complete_lesson(*, learner: User, lesson: LessonPage, by: User, at: datetime) -> LessonCompletion:
    """Record that the lesson is done, once, and the course when this was the last thing to do."""
    # Two last lessons at once wait for each other: else neither would see the other, nor that the course is done.
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)
    completion, created = LessonCompletion.objects.get_or_create(
        learner=learner,
        lesson_key=lesson.translation_key,
        defaults={
            "lesson": lesson,
            "revision_id": lesson.live_revision_id,
            "completed_at": at,
            "completed_by": by,
        },
    )
    if created:
        record_event(
            kind=EventKind.LESSON_COMPLETED, learner=learner, subject=completion, by=by, at=at, lesson=lesson.title
        )
    complete_course_if_done(learner=learner, course=course_of(lesson), by=by, at=at)
    return completion


def course_of(page: Any) -> CoursePage:
    """Return the course that a lesson, module or assessment belongs to. Raises CoursePage.DoesNotExist."""
    course: CoursePage = CoursePage.objects.ancestor_of(page).select_related("locale").get()
    return course


@transaction.atomic
def complete_course_if_done(*, learner: User, course: CoursePage, by: User, at: datetime) -> CourseCompletion | None:
    """Record the completion when every lesson is done and every assessment passed; freeze what that was."""
    progress = course_progress(learner=learner, course=course, at=at)
    if progress.completion or not progress.requirements_met:
        return progress.completion
    completion, created = CourseCompletion.objects.get_or_create(
        learner=learner,
        course_key=course.translation_key,
        defaults={
            "course": course,
            "syllabus": frozen_syllabus(progress),
            "completed_at": at,
            "completed_by": by,
        },
    )
    if created:
        record_event(
            kind=EventKind.COURSE_COMPLETED, learner=learner, subject=completion, by=by, at=at, course=course.title
        )
    return completion


def frozen_syllabus(progress: CourseProgress) -> dict[str, Any]:
    """Return, as plain JSON, what completing the course took and showed at this moment."""
    results = [one.permit.passed_result for one in progress.assessments if one.permit.passed_result]
    return {
        "title": progress.course.title,
        "language": progress.course.locale.language_code,
        "minutes": progress.minutes,
        "lessons": [
            {"key": str(lesson.page.translation_key), "title": lesson.page.title} for lesson in progress.lessons
        ],
        "assessments": [
            {
                "key": str(result.attempt.assessment_key),
                "attempt": str(result.attempt.uuid),
                "title": result.attempt.rule["title"],
                "percent": str(result.percent),
                "pass_mark": result.attempt.rule["pass_mark"],
            }
            for result in results
        ],
        "skills": [
            {"skill": row["name"], "level": Proficiency(row["proficiency"]).code}
            for result in results
            for row in result.skills
            if row["shown"]
        ],
    }


@transaction.atomic
def issue_certificate(*, learner: User, course: CoursePage, name: str, by: User, at: datetime) -> Award:
    """Issue the certificate for the learner's completion, with the name that they confirmed.

    When nothing is left to do, because a lesson was taken out of the course, this completes it. Asked again, it
    returns the one that was issued. Raises NothingToCertify or NoName.
    """
    name = " ".join(name.split())
    if not name:
        raise NoName
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)
    completion = complete_course_if_done(learner=learner, course=course, by=by, at=at)
    if completion is None:
        raise NothingToCertify
    syllabus = completion.syllabus
    return issue_award(
        learner=learner,
        fact=completion,
        name=name,
        payload={
            "title": syllabus["title"],
            "language": syllabus["language"],
            "completed_at": completion.completed_at.isoformat(),
            # The day in the learner's zone stands on paper: verifiers must read the same day wherever they are.
            "time_zone": learner.time_zone,
            "minutes": syllabus["minutes"],
            "lessons": len(syllabus["lessons"]),
            "results": [
                {"title": row["title"], "percent": row["percent"], "pass_mark": row["pass_mark"]}
                for row in syllabus["assessments"]
            ],
            "skills": syllabus["skills"],
        },
        by=by,
        at=at,
    )
