"""A CSV file with the columns it must have, or what is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from academy.standards.gdad.model import Finding


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One record; ``line`` is the line of the file on which it starts."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The records that could be read, and what is wrong with the rest."""

    rows: tuple[Row, ...]
    problems: tuple[Finding, ...]


def read_table(content: bytes, *, file: str, columns: Sequence[str]) -> Table:
    """Read UTF-8 with or without a byte order mark. Columns beside ``columns`` are let be."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = "is not UTF-8 from here on. Download the file again, or save it as CSV in UTF-8."
        return Table(rows=(), problems=(Finding(file=file, line=line, message=message),))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    problems: list[Finding] = []
    header: list[str] = []
    line = 1
    try:
        for record in reader:
            if not header:
                header = [name.strip() for name in record]
                problems += _problems_of_header(header, file=file, columns=columns)
                if problems:
                    break
            elif record and len(record) != len(header):
                message = (
                    f"has {len(record)} columns instead of {len(header)}. Look for a missing or stray quotation mark."
                )
                problems.append(Finding(file=file, line=line, message=message))
            elif record:
                rows.append(Row(line=line, cells=dict(zip(header, record, strict=True))))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"cannot be read as CSV ({error}). Look for a missing or stray quotation mark."
        problems.append(Finding(file=file, line=line, message=message))
    if not rows and not problems:
        message = "has no rows. Download the file again."
        problems.append(Finding(file=file, line=0, message=message))
    return Table(rows=tuple(rows), problems=tuple(problems))


def _problems_of_header(header: Sequence[str], *, file: str, columns: Sequence[str]) -> list[Finding]:
    missing = [name for name in columns if name not in header]
    repeated = sorted({name for name in columns if header.count(name) > 1})
    problems = []
    if missing:
        message = f"lacks {_listed(missing)}. Give the file of roles first, then the file of skills, as downloaded."
        problems.append(Finding(file=file, line=1, message=message))
    if repeated:
        message = f"has {_listed(repeated)} twice. Remove one of them."
        problems.append(Finding(file=file, line=1, message=message))
    return problems


def _listed(names: Sequence[str]) -> str:
    word = "column" if len(names) == 1 else "columns"
    return f"the {word} " + ", ".join(f'"{name}"' for name in names)
