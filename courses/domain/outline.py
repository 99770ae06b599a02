"""What a course consists of today, in the order of the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from assessments.api import AssessmentPage
from courses.models import CoursePage, LessonPage, ModulePage


@dataclass(frozen=True, kw_only=True, slots=True)
class ModuleOutline:
    """A module with its lessons."""

    page: ModulePage
    lessons: tuple[LessonPage, ...]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseOutline:
    """The published parts of a course. Lessons come without their bodies."""

    course: CoursePage
    modules: tuple[ModuleOutline, ...]
    assessments: tuple[AssessmentPage, ...]

    @property
    def lessons(self) -> Iterator[LessonPage]:
        return (lesson for module in self.modules for lesson in module.lessons)

    @property
    def minutes(self) -> int:
        return sum(module.minutes for module in self.modules)


def course_outlines(courses: Sequence[CoursePage]) -> list[CourseOutline]:
    """Return the published parts of each course. Three queries, none for no courses."""
    if not courses:
        return []
    lessons = _grouped(LessonPage.objects.all(), below=courses, steps=2)
    modules = _grouped(ModulePage.objects.all(), below=courses, steps=1)
    assessments = _grouped(AssessmentPage.objects.all(), below=courses, steps=1)
    return [
        CourseOutline(
            course=course,
            modules=tuple(
                ModuleOutline(page=module, lessons=tuple(lessons[module.path])) for module in modules[course.path]
            ),
            assessments=tuple(assessments[course.path]),
        )
        for course in courses
    ]


def _grouped(pages: Any, *, below: Sequence[CoursePage], steps: int) -> dict[str, list[Any]]:
    """The published pages that stand ``steps`` below these courses, in the order of the tree, by their parent's path."""
    where = reduce(or_, (Q(path__startswith=course.path, depth=course.depth + steps) for course in below))
    found: dict[str, list[Any]] = defaultdict(list)
    for page in pages.live().filter(where).defer("body").select_related("locale").order_by("path"):
        found[page.path[: -page.steplen]].append(page)
    return found
