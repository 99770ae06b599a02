"""What a learner may see of an attempt. No key leaves this module before its release."""

from __future__ import annotations

import uuid as uuids
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from wagtail.models import Page

from academy.people.models import User
from assessments.domain.attempts import NoSuchQuestion
from assessments.item_types.base import Option, options_of
from assessments.models import Answer, Attempt, AttemptItem, AttemptResult, ItemVersion


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """An option as a learner sees it before release: no word of whether it is right."""

    key: str
    text: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionView:
    """One question page. ``next_sequence`` goes into the form, and back with the answer."""

    position: int
    total: int
    kind: str
    language: str
    stem: str
    choices: tuple[Choice, ...]
    saved_at: datetime | None
    next_sequence: int


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionStatus:
    """One line of the review page."""

    position: int
    language: str
    stem: str
    answered: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewedOption:
    """An option after release."""

    text: str
    chosen: bool
    correct: bool
    feedback: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewedQuestion:
    """One question of a result. ``options`` and ``explanation`` are empty until keys are released."""

    position: int
    language: str
    stem: str
    fraction: Decimal
    answered: bool
    skill: str
    lesson: Page | None
    play: Page | None
    options: tuple[ReviewedOption, ...]
    explanation: str

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
    """Return a question with the last saved answer. Raises NoSuchQuestion. Two queries."""
    items = _items(attempt)
    item = next((item for item in items if item.position == position), None)
    if item is None:
        raise NoSuchQuestion(position)
    latest = item.answers.order_by("-sequence").first()
    chosen = latest.response if latest else []
    return QuestionView(
        position=position,
        total=len(items),
        kind=item.version.kind,
        language=item.version.item.bank.language,
        stem=item.version.stem,
        choices=tuple(
            Choice(key=option.key, text=option.text, chosen=option.key in chosen) for option in _ordered(item)
        ),
        saved_at=latest.received_at if latest else None,
        next_sequence=latest.sequence + 1 if latest else 1,
    )


def question_statuses(*, attempt: Attempt) -> tuple[QuestionStatus, ...]:
    """Return every question with whether it is answered. One query."""
    return tuple(
        QuestionStatus(
            position=item.position,
            language=item.version.item.bank.language,
            stem=item.version.stem,
            answered=item.last_response is not None,
        )
        for item in _items(attempt)
    )


def result_view(*, attempt: Attempt) -> ResultView:
    """Return what the learner may know of a finished attempt. Raises AttemptResult.DoesNotExist while it is open."""
    result: AttemptResult = attempt.result
    released = result.passed or attempt.number >= int(attempt.rule["attempts_allowed"])
    items = list(_items(attempt).prefetch_related("marks", "version__item__lesson", "version__item__play"))
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


def _ordered(item: AttemptItem) -> list[Option]:
    """The options in the order that this learner was given."""
    by_key = {option.key: option for option in options_of(item.version.content)}
    return [by_key[key] for key in item.option_order]


def _readable(page: Page | None) -> Page | None:
    """The page, if the learner can open it: one that was unpublished since is no place to read again."""
    return page if page is not None and page.live else None


def _reviewed(item: Any, *, released: bool) -> ReviewedQuestion:
    version: ItemVersion = item.version
    chosen = item.last_response or []
    mark = list(item.marks.all())[-1]
    return ReviewedQuestion(
        position=item.position,
        language=version.item.bank.language,
        stem=version.stem,
        fraction=mark.fraction,
        answered=item.last_response is not None,
        skill=version.skill.name,
        lesson=_readable(version.item.lesson),
        play=_readable(version.item.play),
        options=tuple(
            ReviewedOption(
                text=option.text,
                chosen=option.key in chosen,
                correct=option.correct,
                feedback=option.feedback,
            )
            for option in _ordered(item)
        )
        if released
        else (),
        explanation=version.explanation if released else "",
    )
