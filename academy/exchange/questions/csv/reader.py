"""Reading a table of questions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from academy.exchange.csv_words import sentence
from academy.exchange.questions.csv.columns import COLUMNS, MOST_ROWS
from academy.exchange.questions.csv.rows import read_row
from academy.exchange.questions.kinds import all_kinds
from academy.exchange.questions.reading import Found, Note, Reading
from academy.standards.csv_table import CAP, Row, read_table


def read(data: bytes) -> Reading:
    """Read what ``write`` wrote, or what somebody filled in."""
    table = read_table(data, columns=COLUMNS, cap=CAP, most_rows=MOST_ROWS, verbatim=True)
    if table.findings:
        return Reading(problems=tuple(Note(line=one.line, message=sentence(one)) for one in table.findings))
    rows = list(reversed(table.rows))
    del table
    kinds, found = all_kinds(), []
    while rows:
        # Each row goes when its question has come: a table of many cells is large in memory.
        found.append(_found(rows.pop(), kinds))
    return Reading(found=tuple(found))


def _found(row: Row, kinds: frozenset[str]) -> Found:
    if row.finding:
        return Found(line=row.line, name=_nameless(row), question=None, problems=(sentence(row.finding),))
    question, problems = read_row(row.cells, kinds)
    name = row.cells.get("name", "").strip() or row.cells.get("code", "").strip() or _nameless(row)
    return Found(line=row.line, name=name, question=question, problems=tuple(problems))


def _nameless(row: Row) -> str:
    return _("Row %(number)d") % {"number": row.number}
