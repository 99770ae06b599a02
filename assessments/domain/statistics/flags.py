"""What an author should look at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from assessments.domain.statistics.options import OptionFigures
from assessments.domain.statistics.questions import ItemFigures

EASY = Fraction(95, 100)
HARD = Fraction(1, 5)


class Flag(StrEnum):
    """Something about a question that its figures point at."""

    # The strong do worse than the weak.
    NEGATIVE = "negative"
    # Not so by thirds, but who does well in the rest does badly here.
    AGAINST_REST = "against_rest"
    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    # A wrong option that nobody takes for right.
    IDLE_OPTION = "idle_option"


def flags(figures: ItemFigures, options: Sequence[OptionFigures], *, right: Collection[str]) -> tuple[Flag, ...]:
    """Return the flags, the most pressing first. ``right`` holds the keys of the right options."""
    negative = _is_negative(figures.discrimination)
    told = {
        Flag.NEGATIVE: negative,
        Flag.AGAINST_REST: _is_negative(figures.point_biserial) and not negative,
        Flag.TOO_HARD: figures.facility < HARD,
        Flag.TOO_EASY: figures.facility > EASY,
        Flag.IDLE_OPTION: any(not one.chosen for one in options if one.key is not None and one.key not in right),
    }
    return tuple(flag for flag, holds in told.items() if holds)


def _is_negative(value: Fraction | Decimal | None) -> bool:
    return value is not None and value < 0
