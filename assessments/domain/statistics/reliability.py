"""How far the totals of an assessment can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from assessments.domain.statistics.sittings import Sitting
from assessments.domain.statistics.sums import deviation, mean, root, variance


class Method(StrEnum):
    """By which way the reliability was found, or why there is none."""

    # Everybody had the same questions.
    ALPHA = "alpha"
    # Questions were drawn: as many and of equal mark for everybody.
    DRAWN = "drawn"
    # The attempts cannot be compared: other numbers of questions, or other marks.
    UNEQUAL = "unequal"
    # One question, one attempt, or the same total for everybody.
    NO_SPREAD = "no_spread"


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentFigures:
    """The figures of an assessment as a whole; totals are shares of all marks.

    ``standard_error`` is the deviation of the totals times the root of (1 - reliability): by about so much the
    total of one person would vary, had they sat equally good assessments (Lord and Novick 1968).
    """

    attempts: int
    questions: int
    mean: Fraction
    deviation: Decimal | None
    method: Method
    reliability: Fraction | None
    standard_error: Decimal | None


def assessment_figures(sittings: Sequence[Sitting]) -> AssessmentFigures:
    """Return the figures of one attempt or more."""
    totals = [one.total for one in sittings]
    method, reliability = reliability_of(sittings)
    spread = variance(totals)
    return AssessmentFigures(
        attempts=len(sittings),
        questions=len({version for one in sittings for version in one.cells}),
        mean=mean(totals),
        deviation=deviation(totals),
        method=method,
        reliability=reliability,
        standard_error=root(spread * (1 - reliability)) if spread and reliability is not None else None,
    )


def reliability_of(sittings: Sequence[Sitting]) -> tuple[Method, Fraction | None]:
    """Return the reliability, and by which way. Alpha needs the same questions for everybody; else see ``drawn``."""
    if all(one.cells.keys() == sittings[0].cells.keys() for one in sittings):
        found, method = alpha(sittings), Method.ALPHA
    elif len({len(one.cells) for one in sittings}) == 1 and all(_evenly_marked(one) for one in sittings):
        found, method = drawn(sittings), Method.DRAWN
    else:
        return Method.UNEQUAL, None
    return (Method.NO_SPREAD, None) if found is None else (method, found)


def alpha(sittings: Sequence[Sitting]) -> Fraction | None:
    """Return Cronbach's alpha (1951) of attempts that all had the same questions.

    k / (k - 1) * (1 - sum of the variances of what each question adds / variance of the totals). For questions that
    are right or wrong it is Kuder and Richardson's formula 20. Below zero, the questions pull in different directions.
    """
    versions = sittings[0].cells.keys()
    count, spread = len(versions), variance([one.total for one in sittings])
    if count < 2 or not spread:
        return None
    parts = sum((variance([one.part(version) for one in sittings]) or Fraction(0) for version in versions), Fraction(0))
    return Fraction(count, count - 1) * (1 - parts / spread)


def drawn(sittings: Sequence[Sitting]) -> Fraction | None:
    """Return the reliability of totals of which each comes from a draw of its own, of as many questions.

    1 - mean square within attempts / mean square between them, from the one-way analysis of variance of the
    fractions: the generalizability coefficient of questions nested in persons (Cronbach and others 1972). That
    questions differ in difficulty counts as error, as it must where not everybody had the same ones; so it is
    lower than alpha would be.
    """
    count = len(sittings[0].cells)
    between = variance([one.total for one in sittings])
    if count < 2 or not between:
        return None
    within = mean([variance([cell.fraction for cell in one.cells.values()]) or Fraction(0) for one in sittings])
    return 1 - within / (count * between)


def _evenly_marked(one: Sitting) -> bool:
    return len({cell.mark for cell in one.cells.values()}) == 1
