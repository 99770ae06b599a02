"""What of a question Moodle can hold: everything else is noted, or keeps the question from being written."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.fit_bodies import BLANKS, BODIES
from academy.exchange.questions.moodle_xml.fit_cloze import cloze, with_gaps_in_order
from academy.exchange.questions.moodle_xml.pen import Pen, Unwritable
from academy.standards.moodle_xml import forbidden
from assessments.item_types.bodies import Cloze
from assessments.item_types.questions import Question, Verdicts
from assessments.item_types.rich import Rich

JUDGED_AS_A_WHOLE = {"single_choice", "multiple_choice", "matching", "ordering", "gap_fill"}
WITHOUT_HINTS = {"open_text", "file_upload", "description"}


def fitted(question: Question, pen: Pen) -> Question:
    """Return the question as Moodle can hold it. Raises Unwritable."""
    if question.difficulty:
        pen.note(_("Its difficulty is not held."))
    if question.language:
        pen.note(_("Its language is not held."))
    verdicts, hints = question.verdicts, question.hints
    if question.kind not in JUDGED_AS_A_WHOLE and verdicts != Verdicts():
        pen.note(_("Feedback by how good the answer was is not held for this kind of question."))
        verdicts = Verdicts()
    if question.kind in WITHOUT_HINTS and hints:
        pen.note(_("Hints are not held for this kind of question."))
        hints = ()
    fit = {**BODIES, Cloze: cloze}.get(type(question.body))
    body = fit(question.body, pen) if fit else question.body
    changed = replace(question, body=body, verdicts=verdicts, hints=hints, difficulty=0, language="")
    whole: Question = tidied(changed, pen)
    return with_gaps_in_order(whole) if isinstance(whole.body, Cloze) else whole


def tidied(value: Any, pen: Pen) -> Any:
    """Return a value whose texts have no blanks around them, which Moodle cuts off, and nothing that XML cannot hold."""
    if isinstance(value, Rich):
        return _tidied_text(value, pen)
    if isinstance(value, tuple):
        return tuple(tidied(one, pen) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: tidied(getattr(value, field.name), pen) for field in fields(value)})
    if isinstance(value, str) and not isinstance(value, Enum):
        if forbidden(value):
            raise Unwritable(
                _("“%(text)s” has characters that XML cannot hold. Take them out.") % {"text": _printable(value)[:60]}
            )
        return value.strip(BLANKS)
    return value


def _tidied_text(rich: Rich, pen: Pen) -> Rich:
    text = rich.text
    if forbidden(text):
        pen.note(_("A text has characters that XML cannot hold. They are left out."))
        text = _printable(text)
    text = text.strip(BLANKS)
    return Rich(text, rich.format) if text else Rich()


def _printable(text: str) -> str:
    return "".join(character for character in text if not forbidden(character))
