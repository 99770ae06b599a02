"""From the words of an address to the page it means, in the language of the address."""

from __future__ import annotations

from django.http import Http404
from wagtail.models import Locale

from assessments.api import AssessmentPage
from courses.models import CoursePage, LessonPage


def find_course(slug: str) -> CoursePage:
    """Return the published course, or answer 404."""
    course = CoursePage.objects.live().filter(slug=slug, locale=Locale.get_active()).select_related("locale").first()
    if course is None:
        raise Http404
    return course


def find_any_course(slug: str) -> CoursePage:
    """Return the course, published or not any more: what learners did in it stays theirs. Or answer 404."""
    course = CoursePage.objects.filter(slug=slug, locale=Locale.get_active()).select_related("locale").first()
    if course is None:
        raise Http404
    return course


def find_lesson(course_slug: str, lesson_slug: str) -> LessonPage:
    """Return the published lesson of the course, or answer 404."""
    course = find_course(course_slug)
    lessons = LessonPage.objects.descendant_of(course).live().select_related("locale").order_by("path")
    lesson = lessons.filter(slug=lesson_slug).first()
    if lesson is None:
        raise Http404
    return lesson


def find_assessment(course_slug: str, assessment_slug: str) -> AssessmentPage:
    """Return the published assessment of the course, or answer 404."""
    course = find_course(course_slug)
    page = AssessmentPage.objects.child_of(course).live().filter(slug=assessment_slug).select_related("bank").first()
    if page is None:
        raise Http404
    return page
