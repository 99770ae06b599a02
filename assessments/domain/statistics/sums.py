"""Means, variances and correlations in which nothing is rounded: whole numbers inside, fractions outside.

So the order of the attempts changes no digit. A root is the one thing that has to be rounded, far behind
anything that is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from math import lcm

# Digits of a root; ten times as many as a page shows.
DIGITS = 40


def mean(values: Sequence[Fraction]) -> Fraction:
    """Return the mean of one value or more."""
    whole, scale = in_whole_numbers(values)
    return Fraction(sum(whole), scale * len(values))


def variance(values: Sequence[Fraction]) -> Fraction | None:
    """Return the variance as ``covariance`` counts it, of a thing with itself."""
    return covariance(values, values)


def covariance(left: Sequence[Fraction], right: Sequence[Fraction]) -> Fraction | None:
    """Return the sample covariance, by n - 1: the attempts stand for those that are still to come. None for fewer than two."""
    count = len(left)
    if count < 2:
        return None
    one, one_scale = in_whole_numbers(left)
    two, two_scale = in_whole_numbers(right)
    products = sum(a * b for a, b in zip(one, two, strict=True))
    return Fraction(count * products - sum(one) * sum(two), count * (count - 1) * one_scale * two_scale)


def correlation(left: Sequence[Fraction], right: Sequence[Fraction]) -> Decimal | None:
    """Return Pearson's product-moment correlation; None where one side never varies."""
    together, one, two = covariance(left, right), variance(left), variance(right)
    if together is None or not one or not two:
        return None
    size = root(together**2 / (one * two))
    return -size if together < 0 else size


def deviation(values: Sequence[Fraction]) -> Decimal | None:
    """Return the standard deviation, by n - 1; None for fewer than two."""
    spread = variance(values)
    return None if spread is None else root(spread)


def root(value: Fraction) -> Decimal:
    """Return the square root."""
    with localcontext() as exact:
        exact.prec = DIGITS
        return (Decimal(value.numerator) / Decimal(value.denominator)).sqrt()


def in_whole_numbers(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """Return the values times what makes all of them whole, and that: much faster to add and to compare."""
    scale = lcm(*(value.denominator for value in values))
    return [value.numerator * (scale // value.denominator) for value in values], scale
