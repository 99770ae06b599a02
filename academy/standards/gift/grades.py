"""The weights that Moodle knows: another is refused there, or becomes the nearest of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

# In per cent, as Moodle writes them, and what each stands for.
_KNOWN = {
    "100": Fraction(1),
    "90": Fraction(9, 10),
    "83.33333": Fraction(5, 6),
    "80": Fraction(4, 5),
    "75": Fraction(3, 4),
    "70": Fraction(7, 10),
    "66.66667": Fraction(2, 3),
    "60": Fraction(3, 5),
    "50": Fraction(1, 2),
    "40": Fraction(2, 5),
    "33.33333": Fraction(1, 3),
    "30": Fraction(3, 10),
    "25": Fraction(1, 4),
    "20": Fraction(1, 5),
    "16.66667": Fraction(1, 6),
    "14.28571": Fraction(1, 7),
    "12.5": Fraction(1, 8),
    "11.11111": Fraction(1, 9),
    "10": Fraction(1, 10),
    "5": Fraction(1, 20),
    "0": Fraction(0),
}
_SIGNED = {**_KNOWN, **{f"-{percent}": -share for percent, share in _KNOWN.items() if share}}
_PERCENTS = {share: Decimal(percent) for percent, share in _SIGNED.items()}
# Moodle compares fractions of the mark, not percentages.
_CLOSE = Fraction(1, 100_000)


def share_of(percent: Decimal) -> Fraction | None:
    """Return the fraction of the mark that a weight stands for, or None when Moodle does not know it."""
    nearest = _nearest(percent)
    return nearest if abs(nearest - Fraction(percent) / 100) < _CLOSE else None


def nearest_percent(percent: Decimal) -> Decimal:
    """Return the known weight that is nearest."""
    return _PERCENTS[_nearest(percent)]


def percent_of(share: Fraction) -> Decimal | None:
    """Return a fraction of the mark as Moodle's weight, or None when it is not one of them."""
    return _PERCENTS.get(share)


@lru_cache(maxsize=256)
def _nearest(percent: Decimal) -> Fraction:
    share = Fraction(percent) / 100
    return min(_PERCENTS, key=lambda known: abs(known - share))
