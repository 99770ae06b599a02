"""Who may."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page

from academy.people.models import User
from courses.domain.completion import course_of
from courses.models import Enrolment, LessonPage


def can_open_lesson(user: User | AnonymousUser, lesson: LessonPage) -> bool:
    """Learners of the course may, and those who may edit the lesson."""
    if not isinstance(user, User):
        return False
    return is_enrolled(user, lesson) or lesson.permissions_for_user(user).can_edit()


def is_enrolled(user: User, page: Page) -> bool:
    """Whether the person takes the course that the page belongs to, and it is published."""
    course = course_of(page)
    return course.live and Enrolment.objects.of(user).active().on(course).exists()
