"""How far a learner is: figures, the next step in every state, and what nothing may lower."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from academy.home.models import HomePage
from academy.people.models import User
from academy.records.models import LearningEvent
from assessments.api import start_attempt
from courses.api import (
    StepKind,
    complete_lesson,
    course_progress,
    courses_of,
    enrol,
    issue_certificate,
    withdraw,
)
from courses.domain.completion import NoName, NothingToCertify
from courses.domain.progress import courses_progress, no_progress
from courses.models import CourseCompletion, CoursePage, Enrolment, LessonCompletion, LessonPage
from tests.factories.courses import EnrolmentFactory, LessonPageFactory, ModulePageFactory
from tests.support.courses import SmallCourse, in_spanish, sit, small_course, take_course, take_lessons

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree)


def figures(learner: User, small: SmallCourse, at: datetime) -> tuple[int, int, int]:
    progress = course_progress(learner=learner, course=small.course, at=at)
    return progress.done, progress.total, progress.percent


def step(learner: User, small: SmallCourse, at: datetime) -> tuple[str, Any]:
    next_step = course_progress(learner=learner, course=small.course, at=at).next_step
    about = next_step.lesson or next_step.assessment
    return next_step.kind, about.page if about else None


# Figures -----------------------------------------------------------------------------------------


def test_progress_counts_lessons_and_assessments(small: SmallCourse, learner: User, at: datetime) -> None:
    enrol(learner=learner, course=small.course, by=learner, at=at)
    seen = [figures(learner, small, at)]
    for lesson in small.lessons:
        complete_lesson(learner=learner, lesson=lesson, by=learner, at=at)
        seen.append(figures(learner, small, at))
    sit(learner, small.assessment, at=at)
    seen.append(figures(learner, small, at))

    assert seen == [(0, 4, 0), (1, 4, 25), (2, 4, 50), (3, 4, 75), (4, 4, 100)]


def test_progress_tells_modules_apart(small: SmallCourse, learner: User, at: datetime) -> None:
    take_lessons(learner, small.course, count=2)
    progress = course_progress(learner=learner, course=small.course, at=at)

    assert [(module.page, module.done, module.started, module.minutes) for module in progress.modules] == [
        (small.modules[0], True, True, 20),
        (small.modules[1], False, False, 10),
    ]
    assert [(lesson.page, lesson.number, lesson.done) for lesson in progress.lessons] == [
        (small.lessons[0], 1, True),
        (small.lessons[1], 2, True),
        (small.lessons[2], 3, False),
    ]
    assert progress.minutes == 30


def test_progress_of_an_empty_course_completes_nothing(learner: User, at: datetime) -> None:
    enrolment = EnrolmentFactory(learner=learner)

    progress = course_progress(learner=learner, course=enrolment.course, at=at)

    assert (progress.done, progress.total, progress.percent) == (0, 0, 0)
    assert not progress.requirements_met
    assert (progress.next_step.kind, progress.next_step.assessment) == (StepKind.WAIT, None)


def test_progress_leaves_out_what_is_not_published(small: SmallCourse, learner: User, at: datetime) -> None:
    small.lessons[0].unpublish()
    small.modules[1].unpublish()
    small.assessment.unpublish()

    progress = course_progress(learner=learner, course=small.course, at=at)

    assert [lesson.page for lesson in progress.lessons] == [small.lessons[1]]
    assert progress.assessments == ()
    assert no_progress(small.course).total == 1


def test_progress_of_others_is_not_mixed_in(
    small: SmallCourse, site_tree: HomePage, learner: User, outsider: User, at: datetime
) -> None:
    other = small_course(site_tree, slug="other", index=small.index)
    take_course(outsider, small)
    take_lessons(learner, other.course)

    mine = courses_progress(learner=learner, courses=[other.course, small.course], at=at)

    assert [(one.course, one.done, one.completion, one.award) for one in mine] == [
        (other.course, 3, None, None),
        (small.course, 0, None, None),
    ]


def test_progress_takes_the_same_queries_whatever_the_number_of_courses(
    small: SmallCourse, site_tree: HomePage, learner: User, at: datetime, django_assert_num_queries: Any
) -> None:
    others = [small_course(site_tree, slug=f"other-{number}", index=small.index) for number in range(2)]
    for one in (small, *others):
        take_course(learner, one)

    with django_assert_num_queries(6):
        (progress,) = courses_progress(learner=learner, courses=[small.course], at=at)
    with django_assert_num_queries(6):
        all_of_them = courses_progress(learner=learner, courses=[small.course, *(one.course for one in others)], at=at)
    assert (progress.percent, len({one.award for one in all_of_them})) == (100, 3)


# The next step -----------------------------------------------------------------------------------


def test_next_step_in_every_state(small: SmallCourse, learner: User, at: datetime) -> None:
    seen = [step(learner, small, at)]
    enrol(learner=learner, course=small.course, by=learner, at=at)
    seen.append(step(learner, small, at))
    complete_lesson(learner=learner, lesson=small.lessons[1], by=learner, at=at)
    seen.append(step(learner, small, at))
    start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at)
    seen.append(step(learner, small, at))
    sit(learner, small.assessment, at=at, right=0)
    seen.append(step(learner, small, at))
    take_lessons(learner, small.course)
    seen.append(step(learner, small, at))
    seen.append(step(learner, small, at + timedelta(hours=24)))
    sit(learner, small.assessment, at=at + timedelta(days=2))
    seen.append(step(learner, small, at))
    issue_certificate(learner=learner, course=small.course, name="Lea", by=learner, at=at)
    seen.append(step(learner, small, at))

    assert seen == [
        (StepKind.ENROL, None),
        (StepKind.LESSON, small.lessons[0]),
        (StepKind.LESSON, small.lessons[0]),
        (StepKind.RESUME, small.assessment),
        (StepKind.LESSON, small.lessons[0]),
        (StepKind.WAIT, small.assessment),
        (StepKind.ASSESSMENT, small.assessment),
        (StepKind.CERTIFICATE, None),
        (StepKind.DONE, None),
    ]


def test_next_step_of_who_used_up_all_attempts_is_to_wait(small: SmallCourse, learner: User, at: datetime) -> None:
    enrol(learner=learner, course=small.course, by=learner, at=at)
    take_lessons(learner, small.course)
    for day in range(3):
        sit(learner, small.assessment, at=at + timedelta(days=day), right=0)

    assert step(learner, small, at + timedelta(days=99)) == (StepKind.WAIT, small.assessment)


def test_next_step_when_the_last_lesson_was_taken_out_is_the_certificate(
    small: SmallCourse, learner: User, at: datetime
) -> None:
    enrol(learner=learner, course=small.course, by=learner, at=at)
    take_lessons(learner, small.course, count=2)
    sit(learner, small.assessment, at=at)
    small.lessons[2].unpublish()

    assert step(learner, small, at) == (StepKind.CERTIFICATE, None)
    award = issue_certificate(learner=learner, course=small.course, name="Lea", by=learner, at=at)
    assert award.payload["lessons"] == 2
    assert step(learner, small, at) == (StepKind.DONE, None)


# Completion --------------------------------------------------------------------------------------


def test_completion_freezes_the_syllabus(small: SmallCourse, learner: User, at: datetime) -> None:
    award = take_course(learner, small)
    completion = CourseCompletion.objects.get()
    attempt = learner.attempts.get()
    assert completion.syllabus == {
        "title": "Evaluating bids fairly",
        "language": "en",
        "minutes": 30,
        "lessons": [{"key": str(lesson.translation_key), "title": lesson.title} for lesson in small.lessons],
        "assessments": [
            {
                "key": str(small.assessment.translation_key),
                "attempt": str(attempt.uuid),
                "title": "Final assessment",
                "percent": "100.00",
                "pass_mark": "70",
            }
        ],
        "skills": [
            {"skill": "Independent scoring", "level": "working"},
            {"skill": "Keeping a record", "level": "working"},
        ],
    }

    LessonPageFactory(parent=small.modules[1], title="A lesson more", minutes=60)
    ModulePageFactory(parent=small.course, title="A module more")
    CoursePage.objects.update(title="Renamed")
    LessonPage.objects.update(minutes=99)

    again = course_progress(learner=learner, course=CoursePage.objects.get(), at=at)
    assert (again.done, again.total, again.percent) == (4, 5, 100)
    assert (again.completion, again.award, again.next_step.kind) == (completion, award, StepKind.DONE)
    completion.refresh_from_db()
    assert completion.syllabus["title"] == "Evaluating bids fairly"


def test_completion_comes_once_whatever_is_done_last(small: SmallCourse, learner: User, at: datetime) -> None:
    enrol(learner=learner, course=small.course, by=learner, at=at)
    sit(learner, small.assessment, at=at)
    assert CourseCompletion.objects.count() == 0
    take_lessons(learner, small.course)
    take_lessons(learner, small.course, at=at + timedelta(days=1))

    assert list(CourseCompletion.objects.values_list("completed_at", flat=True)) == [at]
    assert LearningEvent.objects.filter(kind="course_completed").count() == 1


def test_lesson_is_completed_once_with_the_revision_that_was_read(
    small: SmallCourse, learner: User, at: datetime
) -> None:
    lesson = small.lessons[0]
    revision = lesson.save_revision()
    revision.publish()
    lesson.refresh_from_db()

    first = complete_lesson(learner=learner, lesson=lesson, by=learner, at=at)
    again = complete_lesson(learner=learner, lesson=lesson, by=learner, at=at + timedelta(days=1))

    assert again == first
    assert list(LessonCompletion.objects.values_list("revision_id", "completed_at")) == [(revision.pk, at)]


def test_certificate_before_completion_or_without_a_name_is_refused(
    small: SmallCourse, learner: User, at: datetime
) -> None:
    with pytest.raises(NothingToCertify):
        issue_certificate(learner=learner, course=small.course, name="Lea", by=learner, at=at)
    with pytest.raises(NoName):
        issue_certificate(learner=learner, course=small.course, name=" \n ", by=learner, at=at)


def test_certificate_asked_for_twice_keeps_the_first_name(small: SmallCourse, learner: User, at: datetime) -> None:
    first = take_course(learner, small)

    again = issue_certificate(learner=learner, course=small.course, name="Somebody Else", by=learner, at=at)

    assert again == first
    assert first.holder.name == "Lea Learner"
    assert first.payload == {
        "holder": first.payload["holder"],
        "title": "Evaluating bids fairly",
        "language": "en",
        "completed_at": at.isoformat(),
        "time_zone": "UTC",
        "minutes": 30,
        "lessons": 3,
        "results": [{"title": "Final assessment", "percent": "100.00", "pass_mark": "70"}],
        "skills": [
            {"skill": "Independent scoring", "level": "working"},
            {"skill": "Keeping a record", "level": "working"},
        ],
    }


# Enrolment ---------------------------------------------------------------------------------------


def test_enrol_again_returns_the_active_enrolment(small: SmallCourse, learner: User, at: datetime) -> None:
    first = enrol(learner=learner, course=small.course, by=learner, at=at)
    again = enrol(learner=learner, course=small.course, by=learner, at=at + timedelta(days=1))

    assert again == first
    assert list(LearningEvent.objects.values_list("kind", "subject_id")) == [("enrolled", str(first.uuid))]


def test_second_active_enrolment_is_refused_by_the_database(small: SmallCourse, learner: User, at: datetime) -> None:
    enrol(learner=learner, course=small.course, by=learner, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentFactory(learner=learner, course=small.course)


def test_leaving_and_coming_back_keeps_the_lessons(small: SmallCourse, learner: User, at: datetime) -> None:
    first = enrol(learner=learner, course=small.course, by=learner, at=at)
    take_lessons(learner, small.course, count=2)

    closed = withdraw(enrolment=first, by=learner, at=at)
    again = withdraw(enrolment=first, by=learner, at=at + timedelta(days=1))
    assert (closed.closed_at, again.closed_at) == (at, at)
    assert step(learner, small, at) == (StepKind.ENROL, None)
    assert courses_of(learner=learner, locale=small.course.locale, at=at) == []

    second = enrol(learner=learner, course=small.course, by=learner, at=at + timedelta(days=2))
    assert second != first
    assert figures(learner, small, at) == (2, 4, 50)
    assert Enrolment.objects.count() == 2
    assert [event.kind for event in LearningEvent.objects.exclude(kind="lesson_completed")] == [
        "enrolled",
        "withdrew",
        "enrolled",
    ]


def test_courses_of_a_learner_are_the_published_ones_latest_first(
    small: SmallCourse, site_tree: HomePage, learner: User, outsider: User, at: datetime
) -> None:
    other = small_course(site_tree, slug="other", index=small.index)
    hidden = small_course(site_tree, slug="hidden", index=small.index)
    for days, one in enumerate((small, other, hidden)):
        enrol(learner=learner, course=one.course, by=learner, at=at + timedelta(days=days))
    enrol(learner=outsider, course=small.course, by=outsider, at=at)
    hidden.course.unpublish()

    courses = courses_of(learner=learner, locale=small.course.locale, at=at)

    assert [one.course for one in courses] == [other.course, small.course]


# Languages ---------------------------------------------------------------------------------------


def test_course_is_the_same_in_every_language(small: SmallCourse, learner: User, at: datetime) -> None:
    course, lesson, assessment = in_spanish(small.course, small.lessons[0], small.assessment)
    for page in (small.lessons[1], small.lessons[2]):
        in_spanish(page)
    enrolment = enrol(learner=learner, course=small.course, by=learner, at=at)

    assert enrol(learner=learner, course=course, by=learner, at=at) == enrolment
    complete_lesson(learner=learner, lesson=lesson, by=learner, at=at)
    complete_lesson(learner=learner, lesson=small.lessons[0], by=learner, at=at)
    assert LessonCompletion.objects.count() == 1
    open_attempt = start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at)
    assert start_attempt(learner=learner, assessment=assessment, by=learner, at=at) == open_attempt
    sit(learner, assessment, at=at)
    take_lessons(learner, small.course)

    spanish = course_progress(learner=learner, course=course, at=at)
    assert (spanish.percent, spanish.completion, spanish.enrolment) == (100, CourseCompletion.objects.get(), enrolment)
    assert [one.course for one in courses_of(learner=learner, locale=course.locale, at=at)] == [course]
    first = issue_certificate(learner=learner, course=course, name="Lea", by=learner, at=at)
    assert issue_certificate(learner=learner, course=small.course, name="Lea", by=learner, at=at) == first
