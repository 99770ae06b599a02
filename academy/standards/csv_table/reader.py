"""Reading a table with the columns that it may have, or what is wrong with it, line by line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from academy.standards.csv_table.cells import unguarded

CAP = 5 * 1024 * 1024
DELIMITERS = (",", ";")
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


class Fault(StrEnum):
    """What can be wrong with a table."""

    TOO_BIG = "too_big"
    NOT_UTF8 = "not_utf8"
    NOT_TEXT = "not_text"
    NO_HEADINGS = "no_headings"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_COLUMN = "unknown_column"
    REPEATED_COLUMN = "repeated_column"
    WRONG_WIDTH = "wrong_width"
    STRAY_QUOTE = "stray_quote"


# These are about one row; the others refuse the whole table.
OF_A_ROW = frozenset({Fault.WRONG_WIDTH})


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One fault. ``line`` counts from 1, 0 is the file as a whole; ``values`` are what to say it with."""

    line: int
    fault: Fault
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column that a table may have, or must."""

    name: str
    required: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One record: its number among those that say something, the line on which it starts, and its cells, tidied.

    ``finding`` is what keeps it from being read; then it has no cells.
    """

    number: int
    line: int
    cells: Mapping[str, str]
    finding: Finding | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """All the rows of a table, or why it has none. ``columns`` are those that it has, in its order."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()


class _Reader(Protocol):
    """What the module csv reads with; it does not name it."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def read_table(
    data: bytes, *, columns: Sequence[Column], cap: int = CAP, most_rows: int = 10_000, verbatim: bool = False
) -> Table:
    """Read UTF-8 with or without a byte order mark, separated by commas or semicolons; empty rows are passed over.

    Headings are compared without regard to case. ``verbatim``: cells keep the blanks at their ends.
    A table with a fault that is not of one row alone has no rows.
    """
    text = _decoded(data, cap=cap)
    if isinstance(text, Finding):
        return Table(findings=(text,))
    first, delimiter = _start(text, known={column.name for column in columns})
    reader = csv.reader(io.StringIO(text[first:], newline=""), delimiter=delimiter, strict=True)
    before = text[:first].count("\n")
    try:
        return _read(reader, columns=columns, most_rows=most_rows, before=before, verbatim=verbatim)
    except csv.Error:
        return Table(findings=(Finding(line=before + reader.line_num, fault=Fault.STRAY_QUOTE),))


def _decoded(data: bytes, *, cap: int) -> str | Finding:
    if len(data) > cap:
        return Finding(line=0, fault=Fault.TOO_BIG, values=(f"{cap // (1024 * 1024)}",))
    if data.startswith(WIDE):
        return Finding(line=1, fault=Fault.NOT_UTF8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Finding(line=data[: error.start].count(b"\n") + 1, fault=Fault.NOT_UTF8)
    if "\x00" in text:
        return Finding(line=text[: text.index("\x00")].count("\n") + 1, fault=Fault.NOT_TEXT)
    return text


def _start(text: str, *, known: set[str]) -> tuple[int, str]:
    """Return where the headings start, and what separates them: what makes more headings known."""
    line, _end, _rest = text.partition("\n")
    if line.strip().lower() in {f"sep={delimiter}" for delimiter in DELIMITERS}:  # Excel's own way to say it
        return len(line) + 1, line.strip()[-1]
    names = {delimiter: {name.strip(' "\r').lower() for name in line.split(delimiter)} for delimiter in DELIMITERS}
    return 0, max(DELIMITERS, key=lambda delimiter: len(names[delimiter] & known))


def _read(reader: _Reader, *, columns: Sequence[Column], most_rows: int, before: int, verbatim: bool) -> Table:
    headings: tuple[str, ...] = ()
    rows: list[Row] = []
    line = before + 1
    for record in reader:
        cells = [unguarded(cell.strip()).strip() for cell in record]
        if any(cells):
            if verbatim and headings:
                cells = [unguarded(cell) for cell in record]
            if not headings:
                headings = tuple(name.lower() for name in _trimmed(cells))
                findings = _findings_of_headings(headings, columns=columns, line=line)
                if findings:
                    return Table(columns=headings, findings=findings)
            elif len(rows) == most_rows:
                return Table(columns=headings, findings=(_too_many(most_rows, line),))
            else:
                rows.append(_row(cells, headings, number=len(rows) + 1, line=line))
        line = before + reader.line_num + 1
    if not rows:
        fault = Fault.NO_ROWS if headings else Fault.NO_HEADINGS
        return Table(columns=headings, findings=(Finding(line=0, fault=fault),))
    return Table(columns=headings, rows=tuple(rows))


def _row(cells: list[str], headings: Sequence[str], *, number: int, line: int) -> Row:
    # Spreadsheet programs leave empty cells behind at the end.
    kept = _trimmed(cells) if any(cells[len(headings) :]) else cells[: len(headings)]
    if len(kept) != len(headings):
        finding = Finding(line=line, fault=Fault.WRONG_WIDTH, values=(str(len(kept)), str(len(headings))))
        return Row(number=number, line=line, cells={}, finding=finding)
    return Row(number=number, line=line, cells=dict(zip(headings, kept, strict=True)))


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _findings_of_headings(headings: Sequence[str], *, columns: Sequence[Column], line: int) -> tuple[Finding, ...]:
    known = {column.name for column in columns}
    missing = [column.name for column in columns if column.required and column.name not in headings]
    unknown = [name for name in dict.fromkeys(headings) if name not in known]
    repeated = sorted({name for name in headings if headings.count(name) > 1 and name in known})
    told = (
        (Fault.MISSING_COLUMN, missing),
        (Fault.UNKNOWN_COLUMN, unknown),
        (Fault.REPEATED_COLUMN, repeated),
    )
    return tuple(Finding(line=line, fault=fault, values=(name,)) for fault, names in told for name in names)


def _too_many(most_rows: int, line: int) -> Finding:
    return Finding(line=line, fault=Fault.TOO_MANY_ROWS, values=(str(most_rows),))
