"""Pages that learners' records rest on: they may be unpublished, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.models import Page

from assessments.api import Attempt
from courses.models import CourseCompletion, Enrolment, LessonCompletion


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordsOnPages:
    """How many records of learners rest on some pages, in any language."""

    enrolments: int
    lessons: int
    attempts: int
    completions: int

    def __bool__(self) -> bool:
        return any((self.enrolments, self.lessons, self.attempts, self.completions))


def records_on(pages: Iterable[Page]) -> RecordsOnPages:
    """Count the records that rest on these pages or on pages below them. Four queries and one for each page."""
    keys = {
        key for page in pages for key in page.get_descendants(inclusive=True).values_list("translation_key", flat=True)
    }
    return RecordsOnPages(
        enrolments=Enrolment.objects.filter(course_key__in=keys).count(),
        lessons=LessonCompletion.objects.filter(lesson_key__in=keys).count(),
        attempts=Attempt.objects.filter(assessment_key__in=keys).count(),
        completions=CourseCompletion.objects.filter(course_key__in=keys).count(),
    )
