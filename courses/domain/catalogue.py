"""Courses and lessons as the rest of the site refers to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page

from assessments.api import AssessmentPage
from courses.models import CourseIndexPage, CoursePage, LessonPage


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseCard:
    """A course in a list."""

    page: CoursePage
    lessons: int
    minutes: int


def course_cards(index: CourseIndexPage) -> list[CourseCard]:
    """Return the published courses below the index. Two queries, whatever their number."""
    courses = CoursePage.objects.child_of(index).live().defer("body").select_related("locale").order_by("path")
    lessons = LessonPage.objects.descendant_of(index).live().values_list("path", "minutes")
    rows = list(lessons)
    return [
        CourseCard(
            page=course,
            lessons=sum(path.startswith(course.path) for path, _minutes in rows),
            minutes=sum(minutes for path, minutes in rows if path.startswith(course.path)),
        )
        for course in courses
    ]


def lessons_teaching(play: Page) -> list[LessonPage]:
    """Return the published lessons that teach a play, in the play's language. One query."""
    return list(
        LessonPage.objects.live()
        .filter(play_links__play__translation_key=play.translation_key, locale=play.locale_id)
        .defer("body")
        .select_related("locale")
        .distinct()
        .order_by("path")
    )


def courses_for_role(role_id: int) -> list[CoursePage]:
    """Return the published courses written for a role, in the language of the address. Two queries."""
    return list(_here(CoursePage.objects.filter(audience_links__role=role_id)))


def courses_for_skill(skill_id: int) -> list[CoursePage]:
    """Return the published courses that teach a skill, in the language of the address. Two queries."""
    return list(_here(CoursePage.objects.filter(skill_links__skill=skill_id)))


def assessments_proving(skill_id: int) -> list[AssessmentPage]:
    """Return the published assessments that prove a skill, in the language of the address. Two queries."""
    return list(_here(AssessmentPage.objects.filter(proves__skill=skill_id)))


def _here(pages: Any) -> Any:
    """Those of ``pages``, a Wagtail page queryset, that readers of this language may see, in the tree's order."""
    return (
        pages.live()
        .filter(locale=Locale.get_active())
        .defer("body")
        .select_related("locale")
        .distinct()
        .order_by("path")
    )
