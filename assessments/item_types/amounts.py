"""Numbers that authors give: fractions of the mark, weights, tolerances. Any JSON may hold any of them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.item_types.shape import ONE, ZERO, Verdict

MOST_DIGITS = 60
FARTHEST = 300


def is_sane(number: Decimal) -> bool:
    """Is it short enough to be reckoned with exactly?"""
    _sign, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and len(digits) <= MOST_DIGITS and -FARTHEST <= exponent <= FARTHEST


def fraction_problems(fractions: Iterable[Decimal]) -> list[str]:
    """Say what is wrong with what the answers earn: shares of the mark, of which the best is the full mark."""
    fractions = list(fractions)
    if not all(is_sane(share) and -ONE <= share <= ONE for share in fractions):
        return [_("An answer earns at most 100 % of the mark, and loses at most as much.")]
    if max(fractions, default=ONE) != ONE:
        return [_("Let at least one answer earn the full mark.")]
    return []


def told(number: Decimal) -> str:
    """Return a number as people write it: 5, 0.25; with an exponent only where it has one."""
    if not is_sane(number) or number.adjusted() > 20 or number.adjusted() < -10:
        return str(number)
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def verdict(share: Decimal) -> Verdict:
    """Return how good an answer was that earned so much."""
    if share >= ONE:
        return Verdict.RIGHT
    return Verdict.PARTLY if share > ZERO else Verdict.WRONG
