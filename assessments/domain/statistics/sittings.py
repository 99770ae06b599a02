"""What the figures are made from: who was asked what, and what it earned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

ONE = Fraction(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What one question earned in one attempt: ``fraction`` of its full ``mark``, at most 1, perhaps below zero.

    ``chosen`` holds the keys of options, where there are any.
    """

    fraction: Fraction
    mark: Fraction = ONE
    answered: bool = True
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """One attempt: its cells by the version of the question that was asked. What was not asked is not there.

    ``total`` is the share of all its marks that was earned: comparable with attempts that had more or fewer marks. It
    is the plain sum, also where a result would not go below zero: a floor would hide how far two attempts differ.
    """

    cells: Mapping[int, Cell]
    earned: Fraction
    full: Fraction
    total: Fraction

    def part(self, version: int) -> Fraction:
        """Return what one question adds to ``total``."""
        cell = self.cells[version]
        return cell.fraction * cell.mark / self.full

    def rest(self, version: int) -> Fraction | None:
        """Return ``total`` without one question; None when there was no other."""
        cell = self.cells[version]
        left = self.full - cell.mark
        return (self.earned - cell.fraction * cell.mark) / left if left else None


def sitting(cells: Mapping[int, Cell]) -> Sitting:
    """Return the attempt of one cell or more."""
    earned = sum((cell.fraction * cell.mark for cell in cells.values()), Fraction(0))
    full = sum((cell.mark for cell in cells.values()), Fraction(0))
    return Sitting(cells=cells, earned=earned, full=full, total=earned / full)


def asked(sittings: Sequence[Sitting], version: int) -> list[Sitting]:
    """Return the attempts that had a version of a question."""
    return [one for one in sittings if version in one.cells]
