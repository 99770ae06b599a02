"""Who may."""

from __future__ import annotations

from wagtail.models import Page

from academy.people.models import User
from courses.domain.completion import course_of
from courses.domain.progress import CourseProgress
from courses.models import Enrolment, LessonPage


def can_open_lesson(user: User, lesson: LessonPage, progress: CourseProgress) -> bool:
    """Learners of the course may while it is published, and those who may edit the lesson."""
    if progress.enrolment and progress.course.live:
        return True
    return bool(lesson.permissions_for_user(user).can_edit())


def is_enrolled(user: User, page: Page) -> bool:
    """Whether the person takes the course that the page belongs to, and it is published."""
    course = course_of(page)
    return course.live and Enrolment.objects.of(user).active().on(course).exists()
