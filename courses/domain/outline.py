"""What a course consists of today, in the order of the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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


def course_outline(course: CoursePage) -> CourseOutline:
    """Return the published parts of the course. Three queries."""
    lessons = (
        LessonPage.objects.descendant_of(course).live().defer("body").select_related("locale").order_by("path")
    )
    by_module: dict[str, list[LessonPage]] = {}
    for lesson in lessons:
        by_module.setdefault(lesson.path[: -lesson.steplen], []).append(lesson)
    modules = ModulePage.objects.child_of(course).live().defer("body").select_related("locale").order_by("path")
    assessments = AssessmentPage.objects.child_of(course).live().defer("body").select_related("locale")
    return CourseOutline(
        course=course,
        modules=tuple(
            ModuleOutline(page=module, lessons=tuple(by_module.get(module.path, ()))) for module in modules
        ),
        assessments=tuple(assessments.order_by("path")),
    )
