"""What GIFT leaves out of a question that it holds all the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.gift.outward import tidy
from academy.standards import gift
from academy.standards.text_file import strange_character
from assessments.item_types.bodies import Matching, MultipleChoice, OpenText, ShortText, SingleChoice
from assessments.item_types.questions import ONE, PENALTY, Question, Verdicts


def texts_of(value: Any) -> Iterator[str]:
    """Return every text of a question."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_of(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_of(getattr(value, field.name))


def strange_text(question: Question) -> str:
    """Return the first character that no file of text can hold, or nothing."""
    return next((found for found in map(strange_character, texts_of(question)) if found), "")


def left_out(question: Question, said: gift.GiftQuestion) -> list[str]:
    """Return a sentence for each thing that the file does not say."""
    checks = (
        (bool(question.pictures), _("Its pictures are left out: GIFT holds text alone.")),
        (question.verdicts != Verdicts(), _("The feedback on the answer as a whole is left out.")),
        (bool(question.hints), _("Its hints are left out.")),
        (question.penalty != PENALTY, _("What a wrong try costs is left out.")),
        (question.mark != ONE, _("How much the question counts is left out.")),
        (bool(question.difficulty), _("Its difficulty is left out.")),
        (bool(question.language), _("Its language is left out.")),
        (said.code != question.code, _("Its code is left out: it has characters that GIFT cannot hold there.")),
        (said.tags != question.tags, _("Tags are left out that have characters which GIFT cannot hold there.")),
        (said.category != question.category, _("The name of its category is written a little differently.")),
        (
            bool(question.explanation) and not said.general.text,
            _("Its explanation is left out: a text between questions has none."),
        ),
        (_trimmed(question), _("Blanks at the beginning or end of a text are left out, and line ends made alike.")),
    )
    return [message for found, message in checks if found] + _of_body(question.body)


def _trimmed(question: Question) -> bool:
    rest = dataclasses.replace(question, code="", tags=(), category=(), language="", pictures=())
    return any(tidy(text) != text for text in texts_of(rest))


def _of_body(body: object) -> list[str]:
    lost = []
    if isinstance(body, SingleChoice | MultipleChoice | Matching) and not body.shuffle:
        lost.append(_("That its answers keep their order is left out."))
    if isinstance(body, MultipleChoice) and (body.least or body.most):
        lost.append(_("How many answers may be chosen is left out."))
    if isinstance(body, ShortText) and body.case_sensitive:
        lost.append(_("That capitals matter is left out: there, “a” will be right where “A” is."))
    if isinstance(body, OpenText):
        lost += _of_open_text(body)
    return lost


def _of_open_text(body: OpenText) -> list[str]:
    checks = (
        (bool(body.rubric), _("Its rubric is left out.")),
        (bool(body.marker_notes), _("The notes for markers are left out.")),
        (bool(body.template), _("The text that an answer begins with is left out.")),
        (
            dataclasses.replace(body, rubric=(), marker_notes=_PLAIN.marker_notes, template=_PLAIN.template) != _PLAIN,
            _("How long an answer may be, and what it is written in, is left out."),
        ),
    )
    return [message for found, message in checks if found]


_PLAIN = OpenText()
