"""May a lesson be published: each check with the sentence that its author reads."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.domain.completion import course_of
from courses.models import LessonPage

Check = Callable[[LessonPage], bool]


def address_is_its_own(lesson: LessonPage) -> bool:
    """Whether no other lesson of the course goes by the same slug: addresses name the course and the lesson alone."""
    others = LessonPage.objects.descendant_of(course_of(lesson)).exclude(pk=lesson.pk)
    return not others.filter(slug=lesson.slug).exists()


CHECKS: tuple[tuple[Check, Promise], ...] = (
    (address_is_its_own, _("Another lesson of this course has the same slug: change it on the tab “Promote”.")),
)


def publish_problems(lesson: LessonPage) -> list[str]:
    """Return what keeps the lesson from being published; none when it is ready. Two queries."""
    return [str(sentence) for check, sentence in CHECKS if not check(lesson)]
