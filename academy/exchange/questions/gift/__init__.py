"""GIFT in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from academy.exchange.questions.gift.inward import Refused, question_of, rich
from academy.exchange.questions.gift.lost import left_out, strange_text
from academy.exchange.questions.gift.outward import NotHeld, gift_of
from academy.exchange.questions.gift.rules import refusals
from academy.exchange.questions.gift.words import sentence
from academy.exchange.questions.names import shortened
from academy.exchange.questions.reading import Found, Note, Reading, Writing
from academy.standards.gift import Entry, Finding, GiftQuestion, Unsayable, cannot_say, read_gift, write_gift
from assessments.item_types.questions import Question
from assessments.item_types.rich import visible


def read(data: bytes) -> Reading:
    """Return the questions of a GIFT file, each with what is wrong with it."""
    file = read_gift(data)
    if file.finding:
        return Reading(problems=(Note(message=sentence(file.finding)),))
    if not file.entries:
        return Reading(problems=(Note(message=_("The file has no questions.")),))
    return Reading(found=tuple(map(_found, file.entries)))


def _found(entry: Entry) -> Found:
    if isinstance(entry.said, Finding):
        return _refused(entry, sentence(entry.said))
    try:
        question = question_of(entry.said)
    except Refused as reason:
        return _refused(entry, str(reason))
    if problems := refusals(question.body):
        return _refused(entry, *problems)
    name, cut = shortened(question.name)
    return Found(line=entry.line, name=entry.name, question=replace(question, name=name), lost=cut)


def _refused(entry: Entry, *problems: str) -> Found:
    # Without a name it is called by what it asks, as one that is taken.
    return Found(line=entry.line, name=entry.name or visible(rich(entry.asked)), question=None, problems=problems)


def write(questions: Sequence[Question]) -> Writing:
    """Return a GIFT file, and a note for everything that it does not say. What would be marked otherwise stays out."""
    said: list[GiftQuestion] = []
    lost: list[Note] = []
    for question in questions:
        item = question.name or question.code or str(question.stem)[:60]
        try:
            one = _said(question)
        except NotHeld as reason:
            message = _("The question is left out. %(reason)s") % {"reason": reason}
            lost.append(Note(item=item, message=message))
        else:
            said.append(one)
            lost += [Note(item=item, message=message) for message in left_out(question, one)]
    return Writing(data=write_gift(said).encode(), lost=tuple(lost))


def _said(question: Question) -> GiftQuestion:
    if character := strange_text(question):
        message = _("It has a character that is no text (%(character)s).")
        raise NotHeld(message % {"character": f"U+{ord(character):04X}"})
    if problems := refusals(question.body):
        raise NotHeld(" ".join(problems))
    said = gift_of(question)
    if not said.stem.text:
        raise NotHeld(_("It has no text."))
    if reason := cannot_say(said):
        raise NotHeld(_unsayable(reason))
    return said


def _unsayable(reason: Unsayable) -> str:
    return {
        Unsayable.ARROW_IN_STEM: _("GIFT cannot have -> in a pair: that sign parts it from its match."),
        Unsayable.ARROW_IN_ANSWERS: _("GIFT cannot have -> among several answers: they would become pairs."),
        Unsayable.NUMBER: _("A number has too many digits."),
    }[reason]
