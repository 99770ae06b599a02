"""What a learner may see of an attempt. No key leaves this module before its release."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from wagtail.models import Page

from academy.people.models import User
from assessments.domain.attempts import NoSuchQuestion
from assessments.item_types import Response, item_type
from assessments.item_types.codec import load
from assessments.item_types.questions import Verdicts
from assessments.item_types.rich import Rich
from assessments.item_types.shape import Part
from assessments.models import Answer, Attempt, AttemptItem, AttemptResult, ItemVersion


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question as a learner sees it: what its template needs, and no word of what is right.

    ``pictures`` are the addresses of its pictures, by name.
    """

    kind: str
    language: str
    stem: Rich
    fields: Mapping[str, Any]
    pictures: Mapping[str, str]

    @property
    def template(self) -> str:
        """The fields of its kind."""
        return f"{self.kind}/learner.html"

    @property
    def asks(self) -> bool:
        """False: a text between questions."""
        return item_type(self.kind).asks

    @property
    def takes_files(self) -> bool:
        """Whether its form must send files."""
        return item_type(self.kind).takes_files


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionView:
    """One question page. ``next_sequence`` goes into the form, and back with the answer."""

    position: int
    total: int
    asked: Asked
    language: str
    saved_at: datetime | None
    next_sequence: int


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionStatus:
    """One line of the review page."""

    position: int
    language: str
    stem: Rich
    answered: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewedQuestion:
    """One question of a result. ``parts``, ``said`` (on the answer as a whole) and ``explanation`` are empty until keys are
    released.
    """

    position: int
    language: str
    stem: Rich
    pictures: Mapping[str, str]
    fraction: Decimal
    answered: bool
    skill: str
    lesson: Page | None
    play: Page | None
    parts: tuple[Part, ...]
    said: Rich
    explanation: Rich

    @property
    def right(self) -> bool:
        return self.fraction == 1

    @property
    def partly(self) -> bool:
        return 0 < self.fraction < 1


@dataclass(frozen=True, kw_only=True, slots=True)
class ResultView:
    """A finished attempt. ``released`` says whether right answers are shown: after passing or the last attempt."""

    attempt: Attempt
    result: AttemptResult
    released: bool
    questions: tuple[ReviewedQuestion, ...]

    @property
    def to_read_again(self) -> tuple[ReviewedQuestion, ...]:
        """The questions that did not earn their full mark."""
        return tuple(question for question in self.questions if not question.right)


def attempt_of(*, learner: User, uuid: uuids.UUID) -> Attempt:
    """Return the learner's own attempt. Raises Attempt.DoesNotExist for any other."""
    return Attempt.objects.of(learner).select_related("assessment", "result", "learner").get(uuid=uuid)


def question_view(*, attempt: Attempt, position: int) -> QuestionView:
    """Return a question with the last saved answer. Raises NoSuchQuestion. Three queries."""
    items = _items(attempt).prefetch_related("version__pictures")
    item = next((item for item in items if item.position == position), None)
    if item is None:
        raise NoSuchQuestion(position)
    latest = item.answers.order_by("-sequence").first()
    return QuestionView(
        position=position,
        total=len(items),
        asked=asked_of(item.version, arrangement=item.option_order, response=(latest.response if latest else []) or []),
        language=language_of(item.version),
        saved_at=latest.received_at if latest else None,
        next_sequence=latest.sequence + 1 if latest else 1,
    )


def question_statuses(*, attempt: Attempt) -> tuple[QuestionStatus, ...]:
    """Return every question with whether it is answered. One query."""
    return tuple(
        QuestionStatus(
            position=item.position,
            language=language_of(item.version),
            stem=item.version.rich_stem,
            answered=bool(item.last_response),
        )
        for item in _items(attempt)
    )


def language_of(version: ItemVersion) -> str:
    """Return the language that a question is written in. No query when its bank is selected."""
    language: str = version.item.language or version.item.bank.language
    return language


def picture_addresses(version: ItemVersion) -> dict[str, str]:
    """Return where the pictures of a version are shown, by name. No query when they are fetched."""
    return {row.name: reverse("question_picture", args=[row.uuid]) for row in version.pictures.all()}


def asked_of(version: ItemVersion, *, arrangement: Any = (), response: Response = ()) -> Asked:
    """Return a version as a learner sees it, with what was answered. No query: see the two above."""
    functions = item_type(version.kind)
    stem = version.rich_stem
    return Asked(
        kind=version.kind,
        language=language_of(version),
        stem=stem,
        fields=functions.present(functions.load(version.content), stem, arrangement, response or []),
        pictures=picture_addresses(version),
    )


def verdict_of(version: ItemVersion, fraction: Decimal) -> Rich:
    """Return what its author says of an answer that earned so much."""
    verdicts = load(Verdicts, version.verdicts, "verdicts")
    if fraction >= 1:
        return verdicts.right
    return verdicts.partly if fraction > 0 else verdicts.wrong


def spoken_answer(*, attempt: Attempt, position: int, response: Response) -> tuple[str, ...]:
    """Return an answer in plain words, for a page that could not save it."""
    item = _items(attempt).get(position=position)
    functions = item_type(item.version.kind)
    body = functions.load(item.version.content)
    return functions.spoken(body, item.version.rich_stem, item.option_order, response)


def result_view(*, attempt: Attempt) -> ResultView:
    """Return what the learner may know of a finished attempt. Raises AttemptResult.DoesNotExist while it is open."""
    result: AttemptResult = attempt.result
    released = result.passed or attempt.number >= int(attempt.rule["attempts_allowed"])
    items = list(
        _items(attempt).prefetch_related("marks", "version__item__lesson", "version__item__play", "version__pictures")
    )
    return ResultView(
        attempt=attempt,
        result=result,
        released=released,
        questions=tuple(_reviewed(item, released=released) for item in items),
    )


def _items(attempt: Attempt) -> Any:
    last = Answer.objects.filter(attempt_item=OuterRef("pk")).order_by("-sequence").values("response")[:1]
    return (
        AttemptItem.objects.filter(attempt=attempt)
        .select_related("version__skill", "version__item__bank")
        .annotate(last_response=Subquery(last))
        .order_by("position")
    )


def _readable(page: Page | None) -> Page | None:
    """The page, if the learner can open it: one that was unpublished since is no place to read again."""
    return page if page is not None and page.live else None


def _reviewed(item: Any, *, released: bool) -> ReviewedQuestion:
    version: ItemVersion = item.version
    mark = list(item.marks.all())[-1]
    return ReviewedQuestion(
        position=item.position,
        language=language_of(version),
        stem=version.rich_stem,
        pictures=picture_addresses(version),
        fraction=mark.fraction,
        answered=bool(item.last_response),
        skill=version.skill.name if version.skill else "",
        lesson=_readable(version.item.lesson),
        play=_readable(version.item.play),
        parts=_parts(item) if released else (),
        said=verdict_of(version, mark.fraction) if released else Rich(),
        explanation=version.rich_explanation if released else Rich(),
    )


def _parts(item: Any) -> tuple[Part, ...]:
    functions = item_type(item.version.kind)
    return functions.review(
        functions.load(item.version.content), item.version.rich_stem, item.option_order, item.last_response or []
    )
