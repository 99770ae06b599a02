"""Questions as rows, both ways."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.csv.bodies import PLAIN
from academy.exchange.questions.csv.cells import (
    Unreadable,
    Unwritable,
    read_flags,
    read_list,
    read_text,
    write_list,
    write_number,
    write_text,
)
from academy.exchange.questions.csv.columns import HINTS, MOST_HINTS, NAMES, VERDICTS
from academy.exchange.questions.csv.row import Cells
from academy.exchange.questions.kinds import BadBody, dump_body, load_body
from assessments.api import category_of, category_path
from assessments.item_types.questions import ONE, PENALTY, Hint, Picture, Question, Verdicts
from assessments.item_types.rich import TextFormat

CLEAR, COUNT = "clear wrong", "show count"
FLAGS = (CLEAR, COUNT)
WORST, BEST = 0, 5


def read_row(values: Mapping[str, str], kinds: frozenset[str]) -> tuple[Question | None, list[str]]:
    """Return the question of a row, or why it has none."""
    cells = Cells(values)
    kind = cells.word("type").replace(" ", "_").replace("-", "_")
    if kind not in kinds:
        told = _("There is no type “%(kind)s”. Write one of: %(kinds)s.")
        return None, [told % {"kind": kind[:40], "kinds": ", ".join(sorted(kinds))}]
    cells.format = cells.read("format", _format, TextFormat.PLAIN)
    question = Question(
        kind=kind,
        stem=cells.text("text"),
        body=_read_body(cells, kind),
        name=cells.get("name"),
        code=cells.get("code").strip(),
        category=category_of(cells.get("category")),
        tags=cells.read("tags", read_list, ()),
        explanation=cells.text("explanation"),
        verdicts=Verdicts(**dict(zip(("right", "partly", "wrong"), map(cells.text, VERDICTS), strict=True))),
        hints=tuple(_hint(cells.get(name), cells.format) for name in HINTS if cells.get(name)),
        penalty=cells.number("penalty", PENALTY),
        mark=cells.number("mark", ONE),
        difficulty=cells.read("difficulty", _difficulty, 0),
        language=cells.get("language").strip(),
        pictures=cells.read("pictures", _pictures, ()),
    )
    return (None, cells.problems) if cells.problems else (question, [])


def _format(cell: str) -> TextFormat:
    word = cell.strip().lower()
    if word not in set(TextFormat):
        raise Unreadable(_("Write one of: %(words)s.") % {"words": ", ".join(TextFormat)})
    return TextFormat(word)


def _difficulty(cell: str) -> int:
    word = cell.strip()
    if word not in {str(number) for number in range(WORST, BEST + 1)}:
        raise Unreadable(_("Write a whole number from 1 to 5."))
    return int(word)


def _hint(cell: str, default: TextFormat) -> Hint:
    flags, text = read_flags(cell, FLAGS)
    return Hint(text=read_text(text, default), clear_wrong=CLEAR in flags, show_count=COUNT in flags)


def _write_hint(hint: Hint, default: TextFormat) -> str:
    flags = [name for name, on in ((CLEAR, hint.clear_wrong), (COUNT, hint.show_count)) if on]
    text = write_text(hint.text, default)
    if not text or read_flags(text, FLAGS)[0]:
        text = f"[{hint.text.format.value}]{text}"
    return "".join(f"[{flag}]" for flag in flags) + text


def _pictures(cell: str) -> tuple[Picture, ...]:
    told = _("This is not a list of pictures as an export writes it.")
    try:
        named = json.loads(cell)
        if not isinstance(named, dict):
            raise Unreadable(told)
        return tuple(Picture(name=name, data=base64.b64decode(data, validate=True)) for name, data in named.items())
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise Unreadable(told) from error


def _read_body(cells: Cells, kind: str) -> Any:
    """Read a body from its columns or from its JSON; both are well when they say the same."""
    told = cells.get("body").strip()
    simple = None
    if kind in PLAIN and (not told or cells.has_body_columns()):
        simple = PLAIN[kind][0](cells)
    for name in cells.left_over():
        cells.problems.append(
            _("The column “%(column)s” is not for questions of the type %(kind)s. Empty it, or correct the type.")
            % {"column": name, "kind": kind}
        )
    if not told:
        if kind not in PLAIN:
            sentence = _("Questions of the type %(kind)s are written in the column “body”. Copy one from an export.")
            cells.problems.append(sentence % {"kind": kind})
        return simple
    try:
        body = load_body(kind, told)
    except BadBody as error:
        cells.problems.append(cells.of_column("body", str(error)))
        return None
    if simple is not None and simple != body:
        cells.problems.append(_("The column “body” and the columns of the options differ. Empty one or the other."))
    return body


def write_row(question: Question) -> dict[str, str]:
    """Return a question as a row, all but its pictures. Raises Unwritable."""
    if len(question.hints) > MOST_HINTS:
        raise Unwritable
    form = question.stem.format
    verdicts = (question.verdicts.right, question.verdicts.partly, question.verdicts.wrong)
    row = {
        "code": question.code,
        "name": question.name,
        "category": category_path(question.category),
        "type": question.kind,
        "text": write_text(question.stem, form),
        "format": form.value,
        "explanation": write_text(question.explanation, form),
        **{name: write_text(text, form) for name, text in zip(VERDICTS, verdicts, strict=True)},
        **{name: _write_hint(hint, form) for name, hint in zip(HINTS, question.hints, strict=False)},
        "penalty": _written(question.penalty, PENALTY),
        "mark": _written(question.mark, ONE),
        "difficulty": str(question.difficulty or ""),
        "language": question.language,
        "tags": write_list(question.tags),
    }
    return row | _write_body(question, form)


def write_pictures(pictures: tuple[Picture, ...]) -> str:
    """Return pictures as a cell."""
    named = {picture.name: base64.b64encode(picture.data).decode() for picture in pictures}
    return json.dumps(named, ensure_ascii=False) if named else ""


def _written(number: Decimal, default: Decimal) -> str:
    return "" if number == default else write_number(number)


def _write_body(question: Question, form: TextFormat) -> dict[str, str]:
    """Write a body in its columns when that says all of it, else as JSON."""
    if question.kind in PLAIN:
        read, write = PLAIN[question.kind]
        try:
            columns = {name: cell for name, cell in write(question.body, form).items() if cell}
        except Unwritable:
            columns = {"body": ""}
        if columns.keys() <= set(NAMES):
            cells = Cells(columns)
            cells.format = form
            if read(cells) == question.body and not cells.problems and not cells.left_over():
                return columns
    return {"body": dump_body(question)}
