"""Writing questions as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from academy.exchange.questions.csv.cells import Unwritable
from academy.exchange.questions.csv.columns import ALWAYS, MOST_ROWS, NAMES
from academy.exchange.questions.csv.rows import read_row, write_pictures, write_row
from academy.exchange.questions.kinds import all_kinds, strange_character
from academy.exchange.questions.reading import Note, Writing
from academy.standards.csv_table import CAP, write_table
from assessments.item_types.questions import Question

# What a cell may hold, for the readers of tables; a spreadsheet program keeps a quarter of it.
CELL = 131_072


def write(questions: Iterable[Question]) -> Writing:
    """Return questions as CSV. A question that would not come back as it is is left out, and that is said."""
    rows: list[dict[str, str]] = []
    lost: list[Note] = []
    kinds = all_kinds()
    for question in questions:
        told = _add(question, rows, kinds)
        if told:
            lost.append(Note(item=question.name or question.code, message=told))
    used = {name for row in rows for name, cell in row.items() if cell}
    columns = [name for name in NAMES if name in ALWAYS or name in used]
    data = write_table(columns, rows)
    if len(rows) > MOST_ROWS or len(data) > CAP:
        lost.append(Note(message=_("The table is larger than an import takes. Export bank by bank, or by category.")))
    return Writing(data=data, lost=tuple(lost))


def _add(question: Question, rows: list[dict[str, str]], kinds: frozenset[str]) -> str:
    """Add the row of a question; return what it has to do without."""
    pictures = write_pictures(question.pictures)
    told = ""
    if len(pictures) > CELL:
        question, pictures = replace(question, pictures=()), ""
        told = _("Its pictures are too large for a cell and were left out. Export it as Moodle XML or QTI.")
    try:
        row = write_row(question)
    except Unwritable:
        row = {}
    row["pictures"] = pictures
    fits = not strange_character(question) and all(len(cell) < CELL for cell in row.values())
    if not fits or read_row(row, kinds)[0] != question:
        return _("It does not fit into the cells of a table and was left out. Export it as Moodle XML or QTI.")
    rows.append(row)
    return told
