"""A table as authors write it, made ready to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# 12, 1,234.50, -3, 79.40 %, £120, 2:1 and the dash that stands for "none".
FIGURE = re.compile(r"[\u2212+-]?[£$€]?\s?\d[\d\s.,:/]*\s?%?|[\u2013\u2014-]?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell; ``figure`` says that its column holds figures, which are set to the right."""

    text: str
    figure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """``head`` is the first row; of each further row the first cell names it."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_table(rows: Iterable[Iterable[str]]) -> Table:
    """Rows of words as a table. A short row is filled up with empty cells; no rows at all are an empty table."""
    lines = [[str(cell).strip() for cell in row] for row in rows]
    width = max(map(len, lines), default=0)
    lines = [line + [""] * (width - len(line)) for line in lines]
    figures = [_holds_figures([line[column] for line in lines[1:]]) for column in range(width)]
    cells = tuple(
        tuple(Cell(text=text, figure=figure) for text, figure in zip(line, figures, strict=True)) for line in lines
    )
    return Table(head=cells[0] if cells else (), rows=cells[1:])


def _holds_figures(column: list[str]) -> bool:
    return any(re.search(r"\d", text) for text in column) and all(FIGURE.fullmatch(text) for text in column)
