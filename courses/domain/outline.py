"""What a course consists of today, in the order of the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.models import Page

from assessments.api import AssessmentPage
from courses.models import CoursePage, LessonPage, ModulePage

# What a course consists of, as Django names the way from a page to its kind.
KINDS = ("modulepage", "lessonpage", "assessmentpage")


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
    """Return the published parts of each course. One query, none for no courses."""
    below = _published_below(courses) if courses else {}
    return [
        CourseOutline(
            course=course,
            modules=tuple(
                ModuleOutline(
                    page=module,
                    lessons=tuple(page for page in below.get(module.path, ()) if isinstance(page, LessonPage)),
                )
                for module in below.get(course.path, ())
                if isinstance(module, ModulePage)
            ),
            assessments=tuple(page for page in below.get(course.path, ()) if isinstance(page, AssessmentPage)),
        )
        for course in courses
    ]


def _published_below(courses: Sequence[CoursePage]) -> dict[str, list[Page]]:
    """Return what stands one and two steps below these courses, in the order of the tree, by the parent's path.

    All kinds come with one query, which a lesson page would else pay three times.
    """
    where = reduce(or_, (Q(path__startswith=course.path, depth__gt=course.depth) for course in courses))
    rows = (
        Page.objects.live()
        .filter(where)
        .select_related("locale", *KINDS)
        .defer(*(f"{kind}__body" for kind in KINDS))
        .order_by("path")
    )
    found: dict[str, list[Page]] = defaultdict(list)
    for row in rows:
        page = next((getattr(row, kind) for kind in KINDS if hasattr(row, kind)), None)
        if page is not None:
            page.locale = row.locale
            found[row.path[: -row.steplen]].append(page)
    return found
