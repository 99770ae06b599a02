"""What GIFT leaves out of a question that it holds all the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from academy.exchange.questions.gift.outward import tidy
from academy.standards import gift
from academy.standards.text_file import strange_character
from assessments.item_types.bodies import Matching, MultipleChoice, OpenText, ShortText, SingleChoice
from assessments.item_types.questions import ONE, PENALTY, Question, Verdicts

Check = tuple[bool, str | Promise]
_PLAIN = OpenText()
_PICTURES = _("Its pictures are left out: GIFT holds text alone.")
_VERDICTS = _("The feedback on the answer as a whole is left out.")
_HINTS = _("Its hints are left out.")
_PENALTY = _("What a wrong try costs is left out.")
_MARK = _("How much the question counts is left out.")
_DIFFICULTY = _("Its difficulty is left out.")
_LANGUAGE = _("Its language is left out.")
_CODE = _("Its code is left out: it has characters that GIFT cannot hold there.")
_TAGS = _("Tags are left out that have characters which GIFT cannot hold there.")
_CATEGORY = _("The name of its category is written a little differently.")
_EXPLANATION = _("Its explanation is left out: a text between questions has none.")
_BLANKS = _("Blanks at the beginning or end of a text are left out, and line ends made alike.")
_ORDER = _("That its answers keep their order is left out.")
_HOW_MANY = _("How many answers may be chosen is left out.")
_CAPITALS = _("That capitals matter is left out: there, “a” will be right where “A” is.")
_RUBRIC = _("Its rubric is left out.")
_NOTES = _("The notes for markers are left out.")
_TEMPLATE = _("The text that an answer begins with is left out.")
_LENGTH = _("How long an answer may be, and what it is written in, is left out.")


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
    return [str(message) for found, message in (*_of_question(question, said), *_of_body(question.body)) if found]


def _of_question(question: Question, said: gift.GiftQuestion) -> Iterable[Check]:
    yield bool(question.pictures), _PICTURES
    yield question.verdicts != Verdicts(), _VERDICTS
    yield bool(question.hints), _HINTS
    yield question.penalty != PENALTY, _PENALTY
    yield question.mark != ONE, _MARK
    yield bool(question.difficulty), _DIFFICULTY
    yield bool(question.language), _LANGUAGE
    yield said.code != question.code, _CODE
    yield said.tags != question.tags, _TAGS
    yield said.category != question.category, _CATEGORY
    yield bool(question.explanation) and not said.general.text, _EXPLANATION
    yield _trimmed(question), _BLANKS


def _trimmed(question: Question) -> bool:
    held = (question.name, question.stem, question.body, question.explanation)
    return any(tidy(text) != text for text in texts_of(held))


def _of_body(body: object) -> Iterable[Check]:
    if isinstance(body, SingleChoice | MultipleChoice | Matching):
        yield not body.shuffle, _ORDER
    if isinstance(body, MultipleChoice):
        yield bool(body.least or body.most), _HOW_MANY
    if isinstance(body, ShortText):
        yield body.case_sensitive, _CAPITALS
    if isinstance(body, OpenText):
        yield bool(body.rubric), _RUBRIC
        yield bool(body.marker_notes), _NOTES
        yield bool(body.template), _TEMPLATE
        rest = dataclasses.replace(body, rubric=(), marker_notes=_PLAIN.marker_notes, template=_PLAIN.template)
        yield rest != _PLAIN, _LENGTH
