"""Questions and notes as JSON, for other programs. The forms are documented in docs/questions.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from academy.exchange.questions.judging import Judged
from academy.exchange.questions.reading import Note
from assessments.item_types import item_type
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich, visible


def plain_number(number: Decimal) -> str:
    """Return a number without an exponent and without zeros that say nothing: "0.3333333", "1", "-0.5"."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def question_as_json(judged: Judged, question: Question) -> dict[str, Any]:
    """Return what a question asks and how it is marked, in visible texts."""
    return {
        "name": judged.called,
        "type": question.kind,
        "text": visible(question.stem),
        "options": [],
        **item_type(question.kind).outline(question.body),
    }


def import_as_json(judged: Sequence[Judged], problems: Iterable[Note], lost: Iterable[Note]) -> dict[str, Any]:
    """Return what a file holds."""
    return {
        "questions": [question_as_json(one, one.question) for one in judged if one.good and one.question],
        "problems": [_note(note) for note in problems],
        "lost": [_note(note) for note in lost],
    }


def _note(note: Note) -> dict[str, Any]:
    return {"line": note.line, "item": note.item, "message": note.message}


def written(value: Any) -> str:
    """Return JSON as it is printed: fractions and numbers are strings, texts are visible texts."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    # Half a character, as JSON can escape it, is no text that can be printed.
    return text.encode("utf-8", "backslashreplace").decode()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, Rich):
        return visible(value)
    raise TypeError(type(value).__name__)
