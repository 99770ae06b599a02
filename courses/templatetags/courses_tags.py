"""Where learner state enters a page: one domain call a tag."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from wagtail.models import Page

from academy.lib.clock import now
from academy.people.models import User
from courses.domain import catalogue
from courses.domain.completion import course_of
from courses.domain.lessons import Check, LessonView
from courses.domain.progress import AssessmentStatus, CourseProgress, ModuleStatus, course_progress, no_progress
from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from courses.views.reading import seen_lesson

register = template.Library()


def _learner(context: Context) -> User | None:
    """The signed-in reader; nobody in a page rendered without a request."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


@register.simple_tag(takes_context=True)
def course_state(context: Context, course: CoursePage) -> CourseProgress:
    """Where the reader stands in the course."""
    learner = _learner(context)
    if learner is None:
        return no_progress(course)
    return course_progress(learner=learner, course=course, at=now())


@register.simple_tag(takes_context=True)
def lesson_state(context: Context, lesson: LessonPage) -> LessonView | None:
    """The lesson as the reader sees it; None for nobody."""
    return seen_lesson(context["request"], lesson) if _learner(context) else None


@register.simple_tag(takes_context=True)
def assessment_state(context: Context, page: Page) -> dict[str, Any]:
    """The course that an assessment belongs to, where the reader stands in it, and what they may do here."""
    course = course_of(page)
    progress = course_state(context, course)
    status: AssessmentStatus | None = next((one for one in progress.assessments if one.page.pk == page.pk), None)
    return {"progress": progress, "status": status}


@register.simple_tag(takes_context=True)
def module_state(context: Context, page: ModulePage) -> dict[str, Any]:
    """Where the reader stands in a module and its course."""
    progress = course_state(context, course_of(page))
    module: ModuleStatus | None = next((one for one in progress.modules if one.page.pk == page.pk), None)
    return {"progress": progress, "module": module}


@register.simple_tag
def check_of(state: LessonView | None, item: Any) -> Check | None:
    """The check that a block of the lesson shows."""
    return state.checks.get(item.pk) if state and item else None


@register.simple_tag
def course_cards(index: CourseIndexPage) -> list[catalogue.CourseCard]:
    """The courses below the index."""
    return catalogue.course_cards(index)


@register.simple_tag
def lessons_teaching(play: Page) -> list[LessonPage]:
    """The lessons that teach a play."""
    return catalogue.lessons_teaching(play)


@register.simple_tag
def role_courses(role_id: int) -> list[CoursePage]:
    """The courses written for a role."""
    return catalogue.courses_for_role(role_id)


@register.simple_tag
def skill_courses(skill_id: int) -> list[CoursePage]:
    """The courses that teach a skill."""
    return catalogue.courses_for_skill(skill_id)


@register.simple_tag
def skill_assessments(skill_id: int) -> list[Page]:
    """The assessments that prove a skill."""
    return catalogue.assessments_proving(skill_id)
