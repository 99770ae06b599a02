"""How a question did, as classical test theory tells it. Everything is of those attempts alone that had this version.

Formulas after Lord and Novick, *Statistical Theories of Mental Test Scores* (1968); the groups of the
discrimination index after Kelley (1939) and Ebel (1954), with thirds in place of 27 per cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessments.domain.statistics.sittings import Cell, Sitting, asked
from assessments.domain.statistics.sums import correlation, covariance, deviation, mean, variance
from assessments.domain.statistics.thirds import share, thirds


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcomes:
    """How many answers were of which kind. ``wrong`` earned nothing, or less; ``unanswered`` are not among them."""

    right: int
    partly: int
    wrong: int
    unanswered: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemFigures:
    """The figures of a version of a question; None where there is nothing to compare.

    ``facility``: the mean fraction of the mark that was earned; for a question that is right or wrong, the share
    that got it right.
    ``deviation``: the standard deviation of these fractions, by n - 1.
    ``discrimination``: mean fraction of the upper third less that of the lower third (see ``thirds``).
    ``point_biserial``: Pearson's correlation of the fractions with the rest of the attempt, that is with the total
    without this question. With the question in it, a short assessment would look better than it is. It is the
    figure that Moodle calls the discrimination index of a question.
    ``effective_weight``: the covariance of what the question adds to the total with the total, over the variance of
    the total: the share of the differences between attempts that comes from it. Where all had the same questions,
    the shares add up to 1.
    ``intended_weight``: the mean share of an attempt's marks that the question was worth.
    """

    attempts: int
    facility: Fraction
    deviation: Decimal | None
    discrimination: Fraction | None
    point_biserial: Decimal | None
    effective_weight: Fraction | None
    intended_weight: Fraction
    outcomes: Outcomes


def item_figures(sittings: Sequence[Sitting], version: int) -> ItemFigures:
    """Return the figures of a version that one attempt or more had."""
    having = asked(sittings, version)
    cells = [one.cells[version] for one in having]
    fractions = [cell.fraction for cell in cells]
    return ItemFigures(
        attempts=len(having),
        facility=mean(fractions),
        deviation=deviation(fractions),
        discrimination=discrimination(having, version),
        point_biserial=point_biserial(having, version),
        effective_weight=effective_weight(having, version),
        intended_weight=mean([one.cells[version].mark / one.full for one in having]),
        outcomes=outcomes(cells),
    )


def discrimination(having: Sequence[Sitting], version: int) -> Fraction | None:
    """Return how much better the strong did than the weak, from -1 to 1 where no mark is below zero."""
    groups = thirds(having)
    return share(groups.upper, version) - share(groups.lower, version) if groups else None


def point_biserial(having: Sequence[Sitting], version: int) -> Decimal | None:
    """Return the correlation with the rest. Attempts that had no other question have no rest, and are left out."""
    pairs = [(one.cells[version].fraction, rest) for one in having if (rest := one.rest(version)) is not None]
    return correlation([pair[0] for pair in pairs], [pair[1] for pair in pairs])


def effective_weight(having: Sequence[Sitting], version: int) -> Fraction | None:
    """Return the share of the differences between totals that comes from the question; below zero, it evens them out."""
    totals = [one.total for one in having]
    together, spread = covariance([one.part(version) for one in having], totals), variance(totals)
    return together / spread if together is not None and spread else None


def outcomes(cells: Sequence[Cell]) -> Outcomes:
    """Count the answers by what they earned."""
    answered = [cell.fraction for cell in cells if cell.answered]
    right = sum(fraction == 1 for fraction in answered)
    partly = sum(0 < fraction < 1 for fraction in answered)
    return Outcomes(
        right=right,
        partly=partly,
        wrong=len(answered) - right - partly,
        unanswered=len(cells) - len(answered),
    )
