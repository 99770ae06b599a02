"""Numbers as Moodle writes them: shares of a mark in per cent, and the keys of numeric questions."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from assessments.item_types.shape import seven_places

NUMBER = re.compile(r"[+-]?(?:[0-9]{1,300}\.?[0-9]{0,300}|\.[0-9]{1,300})(?:[eE][+-]?[0-9]{1,3})?")
# The grades that Moodle offers for an answer; its import takes no other, unless told to take the nearest.
GRADES = tuple(
    seven_places(Fraction(part, whole))
    for part, whole in (
        (0, 1), (1, 20), (1, 10), (1, 9), (1, 8), (1, 7), (1, 6), (1, 5), (1, 4), (3, 10), (1, 3), (2, 5), (1, 2),
        (3, 5), (2, 3), (7, 10), (3, 4), (4, 5), (5, 6), (9, 10), (1, 1),
    )
)  # fmt: skip
# How far from one of its grades Moodle still takes a fraction for it: 33.333 per cent is a third.
NEAR = Decimal("0.00001")
HUNDRED = Decimal(100)


def number(text: str) -> Decimal | None:
    """Return a number with a decimal point; None for anything else."""
    return Decimal(text) if NUMBER.fullmatch(text) else None


def share(percent: str) -> Decimal | None:
    """Return per cent as a share of the mark with seven places; None when it is no number."""
    found = number(percent.strip() or "0")
    if found is None:
        return None
    if abs(found) > HUNDRED * HUNDRED:
        return found
    exact = found / HUNDRED
    near = next((grade for grade in GRADES if abs(abs(exact) - grade) < NEAR), None)
    return tidy(seven_places(exact) if near is None else near.copy_sign(exact))


def tidy(value: Decimal) -> Decimal:
    """Return a number without zeros behind its last place, and without a sign before zero."""
    plain = written(value)
    return Decimal(plain) + 0 if "E" not in plain else value


def is_grade(part: Decimal) -> bool:
    """Say whether Moodle offers this share, or its opposite."""
    return abs(part) in GRADES


def written(value: Decimal) -> str:
    """Return a number without an exponent where that is not longer than the number deserves."""
    plain = f"{value:f}"
    if len(plain) > 40:
        return str(value)
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def percent(part: Decimal) -> str:
    """Return a share of the mark in per cent."""
    return written(part * HUNDRED)
