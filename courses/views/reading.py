"""Reading a lesson: the guard at the door and the page itself see the same."""

from __future__ import annotations

from django.http import HttpRequest

from academy.lib.clock import now
from academy.people.models import User
from courses.domain.lessons import LessonView, lesson_view
from courses.models import LessonPage

KEPT = "_lesson_view"


def seen_lesson(request: HttpRequest, lesson: LessonPage) -> LessonView | None:
    """Return the lesson as the reader sees it; None for nobody. Asked again in the same request, it reads nothing."""
    if not isinstance(request.user, User):
        return None
    kept: tuple[LessonPage, LessonView] | None = getattr(request, KEPT, None)
    if kept is None or kept[0] is not lesson:
        kept = (lesson, lesson_view(learner=request.user, lesson=lesson, at=now()))
        setattr(request, KEPT, kept)
    return kept[1]
