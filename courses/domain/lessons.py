"""A lesson as a learner sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from academy.people.models import User
from assessments.api import (
    Asked,
    Files,
    ItemVersion,
    PracticeFeedback,
    Sent,
    answer_check,
    asked_of,
    checks_by_item,
    practice_feedback,
)
from courses.domain.completion import course_of
from courses.domain.progress import CourseProgress, LessonStatus, ModuleStatus, course_progress
from courses.models import LessonPage


class CheckChanged(Exception):
    """The check was replaced by another question since the page was opened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """A knowledge check: its number in the lesson, its question, and the learner's last answer to it."""

    number: int
    version: ItemVersion
    asked: Asked
    feedback: PracticeFeedback | None

    @property
    def anchor(self) -> str:
        """The number as text, for addresses."""
        return str(self.number)


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonView:
    """A lesson with its place in the course. ``status`` and ``module`` are None for a page that is not published.

    ``more_plays`` are those it teaches without showing them in its body.
    """

    progress: CourseProgress
    module: ModuleStatus | None
    module_number: int
    place: int
    status: LessonStatus | None
    previous: LessonStatus | None
    next: LessonStatus | None
    checks: dict[int, Check]
    more_plays: tuple[Page, ...]


def check_items(lesson: LessonPage) -> list[int]:
    """Return the ids of the questions in the lesson's body, in order. No query."""
    return [
        block["value"]["item"]
        for block in lesson.body.raw_data
        if block["type"] == "knowledge_check" and block["value"].get("item")
    ]


def lesson_checks(*, learner: User, lesson: LessonPage) -> dict[int, Check]:
    """Return the lesson's checks by item id. Two queries, none when it has no checks."""
    items = check_items(lesson)
    if not items:
        return {}
    versions = checks_by_item(items)
    feedback = practice_feedback(learner=learner, lesson_key=lesson.translation_key)
    return {
        item: _check(number, versions[item], feedback.get(item))
        for number, item in enumerate(items, start=1)
        if item in versions
    }


def _check(number: int, version: ItemVersion, feedback: PracticeFeedback | None) -> Check:
    """The question as it is asked now; it begins with what the last try left, if that was of the same version."""
    again = feedback.again if feedback and feedback.version.pk == version.pk else []
    return Check(number=number, version=version, asked=asked_of(version, response=again), feedback=feedback)


def more_plays(lesson: LessonPage) -> tuple[Page, ...]:
    """Return the published plays that the lesson teaches and no block of its body shows, in the lesson's language.

    At most two queries. A block may name a play in the language that it was written in: what counts is which
    play it is, not in which language.
    """
    taught = {link.play_id for link in lesson.play_links.all()}
    shown = {
        block["value"]["play"]
        for block in lesson.body.raw_data
        if block["type"] == "play_link" and block["value"].get("play")
    }
    if taught <= shown:
        return ()
    return tuple(
        Page.objects.live()
        .filter(translation_key__in=_keys(taught), locale=lesson.locale_id)
        .exclude(translation_key__in=_keys(shown))
        .order_by("path")
    )


def _keys(pages: set[int]) -> QuerySet[Page, UUID]:
    keys: QuerySet[Page, UUID] = Page.objects.filter(pk__in=pages).order_by().values("translation_key")
    return keys


def lesson_view(*, learner: User, lesson: LessonPage, at: datetime) -> LessonView:
    """Return everything that a lesson page says of this learner."""
    progress = course_progress(learner=learner, course=course_of(lesson), at=at)
    lessons = progress.lessons
    place = next((index for index, status in enumerate(lessons) if status.page.pk == lesson.pk), None)
    number, module = next(
        (
            (number, module)
            for number, module in enumerate(progress.modules, start=1)
            if any(status.page.pk == lesson.pk for status in module.lessons)
        ),
        (0, None),
    )
    return LessonView(
        progress=progress,
        module=module,
        module_number=number,
        place=_place(module, lesson),
        status=None if place is None else lessons[place],
        previous=lessons[place - 1] if place else None,
        next=lessons[place + 1] if place is not None and place + 1 < len(lessons) else None,
        checks=lesson_checks(learner=learner, lesson=lesson),
        more_plays=more_plays(lesson),
    )


def _place(module: ModuleStatus | None, lesson: LessonPage) -> int:
    """The lesson's number within its module, from 1; 0 when it is not there."""
    keys = [status.page.pk for status in module.lessons] if module else []
    return keys.index(lesson.pk) + 1 if lesson.pk in keys else 0


def answer_lesson_check(
    *,
    learner: User,
    lesson: LessonPage,
    number: int,
    version_id: int | None,
    sent: Sent,
    at: datetime,
    files: Files = (),
) -> Check:
    """Store the answer to check ``number`` as it was shown, and return the check with its feedback.

    Raises KeyError when the lesson has no such check, CheckChanged when another question stands there now,
    and InvalidResponse.
    """
    checks = {check.number: check for check in lesson_checks(learner=learner, lesson=lesson).values()}
    check = checks[number]
    shown = ItemVersion.objects.filter(pk=version_id or 0, item_id=check.version.item_id).first()
    if shown is None:
        raise CheckChanged
    key: UUID = lesson.translation_key
    answer_check(learner=learner, lesson_key=key, version=shown, sent=sent, at=at, files=files)
    return lesson_checks(learner=learner, lesson=lesson)[check.version.item_id]
