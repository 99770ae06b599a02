"""What answers earn: the chains of an item's rules, a response at a time, as shares of its full mark."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.refusals import Refused, unknown_rule
from academy.standards.qti.model import Item, Mapping, Response
from academy.standards.qti.reader import number
from academy.standards.qti.rules import Amount, Chain, Condition, Correct, Scoring
from assessments.item_types.shape import seven_places

ZERO, ONE = Decimal(0), Decimal(1)
# Sums of thirds, written with as many places as there was room for.
NEAR = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Exact:
    """The declared correct response earns so much, any other nothing."""

    points: Decimal


@dataclass(frozen=True, slots=True)
class Mapped:
    """Each value earns what the mapping says."""

    mapping: Mapping


@dataclass(frozen=True, slots=True)
class Cases:
    """The first condition that holds earns its points; if none does, the rest is earned."""

    cases: tuple[tuple[Condition, Decimal], ...]
    rest: Decimal


Rule = Exact | Mapped | Cases


def near(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts are the same but for rounding."""
    return abs(one - other) <= NEAR * max(ONE, abs(other))


@dataclass(frozen=True, slots=True)
class Marks:
    """The rules of an item."""

    item: Item
    scoring: Scoring

    @property
    def chains(self) -> tuple[Chain, ...]:
        """What is summed up; refused when nothing says what an answer earns."""
        if not self.scoring.score:
            raise Refused(_("It has no rule of marking. Add the template match_correct, for example."))
        if not all(chain.responses for chain in self.scoring.score):
            raise Refused(_("It gives points for no answer at all. Let only answers earn points."))
        return self.scoring.score

    def only(self, response: Response) -> Chain:
        """Return the one chain of an item with one response."""
        if len(self.chains) != 1 or self.chains[0].responses != {response.identifier}:
            raise unknown_rule()
        return self.chains[0]

    def full(self, best: Decimal) -> Decimal:
        """Return the full mark: as declared, else the best that can be attained."""
        limit, score = self.item.outcome("MAXSCORE"), self.item.outcome("SCORE")
        if limit and limit.default:
            best = number(limit.default[0])
        elif score and score.normal_maximum is not None:
            best = score.normal_maximum
        if best <= 0:
            raise Refused(_("Its full mark is not above zero. Let the right answer earn points."))
        return best

    def full_of(self, best: Decimal) -> Decimal:
        """Return the full mark where the best answer must earn it."""
        full = self.full(best)
        if not near(best, full):
            raise Refused(
                _(
                    "The best answer earns %(best)s and its full mark is %(full)s. Make MAXSCORE what the best answer"
                    " earns."
                )
                % {"best": best, "full": full}
            )
        return full


def rule_of(chain: Chain, response: Response) -> Rule:
    """Return which kind of rule a chain of one response is."""
    if not chain.cases and chain.otherwise == Amount(mapped=(response.identifier,)):
        if response.mapping is None:
            raise Refused(_("It is marked by a mapping and has none. Add one, or use match_correct."))
        mapping = _bounded(response.mapping, chain)
        _check_bounds(mapping)
        return Mapped(mapping)
    if any(amount.mapped for amount in (chain.otherwise, *(amount for _condition, amount in chain.cases))):
        raise unknown_rule()
    cases = tuple((condition, amount.constant) for condition, amount in chain.cases)
    if len(cases) == 1 and isinstance(cases[0][0], Correct) and not chain.otherwise.constant:
        correct_of(response)
        return Exact(cases[0][1])
    return Cases(cases, chain.otherwise.constant)


def _bounded(mapping: Mapping, chain: Chain) -> Mapping:
    """Return a mapping that is kept between the ends of its chain too."""
    floors = [one for one in (mapping.lower, chain.floor) if one is not None]
    ceilings = [one for one in (mapping.upper, chain.ceiling) if one is not None]
    return dataclasses.replace(mapping, lower=max(floors, default=None), upper=min(ceilings, default=None))


def _check_bounds(mapping: Mapping) -> None:
    if mapping.lower is not None and mapping.lower > 0:
        raise Refused(_("Its mapping gives points for any answer. Set its lowerBound to 0."))
    if mapping.upper is not None and mapping.upper <= 0:
        raise Refused(_("Its full mark is not above zero. Let the right answer earn points."))


def correct_of(response: Response) -> tuple[str, ...]:
    """Return the correct values of a response that is marked by them."""
    if not response.correct:
        raise Refused(_("It is marked by its correct response and declares none. Add a correctResponse."))
    return response.correct


def one_correct(response: Response) -> str:
    """Return the correct value of a response with one value."""
    values = correct_of(response)
    if len(values) > 1:
        raise Refused(_("It declares several correct responses where one can be given. Use a mapping instead."))
    return values[0]


def within(mapping: Mapping, points: Decimal) -> Decimal:
    """Return points as the bounds of a mapping keep them."""
    if mapping.upper is not None:
        points = min(points, mapping.upper)
    return points if mapping.lower is None else max(points, mapping.lower)


def share(points: Decimal, full: Decimal) -> Decimal:
    """Return points as a fraction of the full mark, at most 1."""
    found = seven_places(Fraction(points) / Fraction(full))
    return ONE if near(found, ONE) or found > ONE else found + ZERO


def weights_of(points: Iterable[Decimal]) -> list[Fraction]:
    """Return how points relate to each other: to the smallest, as simple fractions."""
    all_points = list(points)
    if not all_points or min(all_points) <= 0:
        raise Refused(_("A part of it earns nothing when it is right. Give each part points."))
    least = Fraction(min(all_points))
    return [(Fraction(one) / least).limit_denominator(1000) for one in all_points]
