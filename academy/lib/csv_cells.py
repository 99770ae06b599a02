"""Tables for spreadsheet programs: a cell holds what somebody typed, and never a formula.

A spreadsheet program runs a cell that begins with one of a few characters, whoever wrote it: a name like
``=HYPERLINK(…)`` in an export sends the reader's data elsewhere. An apostrophe in front makes it text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

# Also in the wide forms that East Asian keyboards give, and behind blanks, which some programs skip.
FORMULA = re.compile(r"[\s\x00]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00]")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")


def safe_cell(value: object) -> object:
    """Return ``value`` for a cell: text that a program would run becomes text again; numbers stay numbers."""
    if not isinstance(value, str) or NUMBER.fullmatch(value) or not FORMULA.match(value):
        return value
    return f"'{value}"


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return rows, the one of the headings included, as CSV with safe cells."""
    written = io.StringIO()
    csv.writer(written).writerows([safe_cell(cell) for cell in row] for row in rows)
    return written.getvalue()


def with_safe_cells(preprocess: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the method by which Wagtail prepares a value for an export.

    Only for CSV: in its XLSX it stores formulas as text already.
    """

    @wraps(preprocess)
    def safely(view: Any, field: str, value: Any, export_format: str) -> Any:
        prepared = preprocess(view, field, value, export_format)
        if export_format != view.FORMAT_CSV:
            return prepared
        return safe_cell(prepared if prepared is None or isinstance(prepared, int | float) else str(prepared))

    return safely
