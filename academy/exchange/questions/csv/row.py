"""One row while it is read: its cells, which of them were asked for, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from academy.exchange.questions.csv.cells import Unreadable, read_answer, read_number, read_text
from academy.exchange.questions.csv.columns import MOST, OF_A_BODY, SERIES
from assessments.item_types.rich import Rich, TextFormat

T = TypeVar("T")


class Cells:
    """Cells by the names of their columns. What cannot be read is noted in ``problems`` and read as its default."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self._asked: set[str] = set()
        self.problems: list[str] = []
        self.format = TextFormat.PLAIN

    def get(self, name: str) -> str:
        """Return a cell as it is."""
        self._asked.add(name)
        return self._cells.get(name, "")

    def word(self, name: str) -> str:
        """Return a cell of one word of ours: without blanks around it, in small letters."""
        return self.get(name).strip().lower()

    def read(self, name: str, how: Callable[[str], T], default: T) -> T:
        """Return what a cell says, the default where it says nothing."""
        cell = self.get(name)
        if not cell.strip():
            return default
        try:
            return how(cell)
        except Unreadable as error:
            self.problems.append(self.of_column(name, str(error)))
            return default

    def text(self, name: str) -> Rich:
        """Return a text in the row's format, unless it names its own."""
        return read_text(self.get(name), self.format)

    def number(self, name: str, default: Decimal) -> Decimal:
        """Return a number."""
        return self.read(name, read_number, default)

    def answer(self, name: str, *, default: bool) -> bool:
        """Return yes or no."""
        return self.read(name, read_answer, default)

    def places(self) -> list[int]:
        """Return the numbers of the options that say anything."""
        numbers = range(1, MOST + 1)
        return [number for number in numbers if any(self._cells.get(f"{name} {number}") for name in SERIES)]

    def has_body_columns(self) -> bool:
        """Whether anything stands in the columns of a body."""
        return any(self._cells.get(name, "").strip() for name in OF_A_BODY)

    def left_over(self) -> list[str]:
        """Return the columns of a body that say something and that nobody asked for."""
        return [name for name in OF_A_BODY if name not in self._asked and self._cells.get(name, "").strip()]

    @staticmethod
    def of_column(name: str, told: str) -> str:
        """Say in which column something is wrong."""
        return _("In the column “%(column)s”: %(told)s") % {"column": name, "told": told}
