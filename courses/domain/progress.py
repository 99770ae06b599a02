"""How far a learner is. Every page, report and export asks here, so that all give the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from academy.people.models import User
from academy.records.api import Award, awards_for
from assessments.api import AssessmentPage, AttemptPermit, PermitState, attempt_permits, first_permit
from courses.domain.outline import CourseOutline, course_outlines
from courses.models import CourseCompletion, CoursePage, Enrolment, LessonCompletion, LessonPage, ModulePage


class StepKind(StrEnum):
    """What to do next."""

    ENROL = "enrol"
    LESSON = "lesson"
    ASSESSMENT = "assessment"
    RESUME = "resume"
    WAIT = "wait"
    CERTIFICATE = "certificate"
    DONE = "done"


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonStatus:
    """A lesson and whether this learner completed it. ``number`` counts through the course from 1."""

    page: LessonPage
    number: int
    done: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ModuleStatus:
    """A module and its lessons."""

    page: ModulePage
    lessons: tuple[LessonStatus, ...]
    minutes: int

    @property
    def done(self) -> bool:
        return bool(self.lessons) and all(lesson.done for lesson in self.lessons)

    @property
    def started(self) -> bool:
        return any(lesson.done for lesson in self.lessons)


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentStatus:
    """An assessment and what this learner may do with it."""

    page: AssessmentPage
    permit: AttemptPermit

    @property
    def passed(self) -> bool:
        return self.permit.state == PermitState.PASSED


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
    """The one thing to do next. ``lesson`` or ``assessment`` is set where the kind speaks of one."""

    kind: StepKind
    lesson: LessonStatus | None = None
    assessment: AssessmentStatus | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseProgress:
    """Where a learner stands in a course."""

    course: CoursePage
    enrolment: Enrolment | None
    modules: tuple[ModuleStatus, ...]
    assessments: tuple[AssessmentStatus, ...]
    completion: CourseCompletion | None
    award: Award | None
    minutes: int

    @property
    def lessons(self) -> tuple[LessonStatus, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def done(self) -> int:
        """Lessons completed and assessments passed."""
        return sum(lesson.done for lesson in self.lessons) + sum(one.passed for one in self.assessments)

    @property
    def total(self) -> int:
        return len(self.lessons) + len(self.assessments)

    @property
    def percent(self) -> int:
        """Whole per cent. 100 when the course was completed, whatever was added since."""
        if self.completion:
            return 100
        return 100 * self.done // self.total if self.total else 0

    @property
    def requirements_met(self) -> bool:
        """Every lesson done and every assessment passed; a course without either completes nothing."""
        return bool(self.total) and self.done == self.total

    @property
    def next_step(self) -> NextStep:
        """Decide what the Continue button does."""
        if self.award:
            return NextStep(kind=StepKind.DONE)
        if self.completion or (self.enrolment and self.requirements_met):
            # Without a completion the last thing to do was taken out of the course: asking completes it.
            return NextStep(kind=StepKind.CERTIFICATE)
        if not self.enrolment:
            return NextStep(kind=StepKind.ENROL)
        resumable = self._assessment_in(PermitState.RESUME)
        if resumable:
            return NextStep(kind=StepKind.RESUME, assessment=resumable)
        lesson = next((lesson for lesson in self.lessons if not lesson.done), None)
        if lesson:
            return NextStep(kind=StepKind.LESSON, lesson=lesson)
        startable = self._assessment_in(PermitState.START)
        if startable:
            return NextStep(kind=StepKind.ASSESSMENT, assessment=startable)
        waiting = self._assessment_in(PermitState.WAIT) or self._assessment_in(PermitState.USED_UP)
        return NextStep(kind=StepKind.WAIT, assessment=waiting)

    def _assessment_in(self, state: PermitState) -> AssessmentStatus | None:
        return next((one for one in self.assessments if one.permit.state == state), None)


def course_progress(*, learner: User, course: CoursePage, at: datetime) -> CourseProgress:
    """Return where the learner stands. At most six queries, whatever the course holds."""
    return courses_progress(learner=learner, courses=[course], at=at)[0]


def courses_progress(*, learner: User, courses: Sequence[CoursePage], at: datetime) -> list[CourseProgress]:
    """Return where the learner stands in each course. At most six queries, whatever their number."""
    outlines = course_outlines(courses)
    keys = [course.translation_key for course in courses]
    completions = {row.course_key: row for row in CourseCompletion.objects.filter(learner=learner, course_key__in=keys)}
    enrolments = {row.course_key: row for row in Enrolment.objects.of(learner).active().filter(course_key__in=keys)}
    awards = awards_for(facts=list(completions.values()))
    done = _lessons_done(learner, outlines)
    permits = attempt_permits(
        learner=learner, assessments=[page for outline in outlines for page in outline.assessments], at=at
    )
    return [
        CourseProgress(
            course=outline.course,
            enrolment=enrolments.get(outline.course.translation_key),
            modules=_modules(outline, done=done),
            assessments=tuple(AssessmentStatus(page=page, permit=permits[page.pk]) for page in outline.assessments),
            completion=(completion := completions.get(outline.course.translation_key)),
            award=awards.get(completion) if completion else None,
            minutes=outline.minutes,
        )
        for outline in outlines
    ]


def no_progress(course: CoursePage) -> CourseProgress:
    """Return the course as somebody sees it who is not signed in. One query."""
    (outline,) = course_outlines([course])
    return CourseProgress(
        course=course,
        enrolment=None,
        modules=_modules(outline, done=set()),
        assessments=tuple(AssessmentStatus(page=page, permit=first_permit(page)) for page in outline.assessments),
        completion=None,
        award=None,
        minutes=outline.minutes,
    )


def _lessons_done(learner: User, outlines: Sequence[CourseOutline]) -> set[UUID]:
    keys = [lesson.translation_key for outline in outlines for lesson in outline.lessons]
    if not keys:
        return set()
    rows = LessonCompletion.objects.filter(learner=learner, lesson_key__in=keys)
    return set(rows.values_list("lesson_key", flat=True))


def _modules(outline: CourseOutline, *, done: set[UUID]) -> tuple[ModuleStatus, ...]:
    number = 0
    modules = []
    for module in outline.modules:
        lessons = []
        for page in module.lessons:
            number += 1
            lessons.append(LessonStatus(page=page, number=number, done=page.translation_key in done))
        modules.append(ModuleStatus(page=module.page, lessons=tuple(lessons), minutes=module.minutes))
    return tuple(modules)
