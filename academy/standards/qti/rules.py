"""What rules of marking can say, as far as we read them: sums of chains of conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


class UnknownRule(Exception):
    """A rule of marking that is not one of those that we read; the message is the element's name."""


@dataclass(frozen=True, slots=True)
class Correct:
    """The response is the declared correct one."""

    response: str


@dataclass(frozen=True, slots=True)
class Is:
    """The response is a value; with ``position``, its part there is."""

    response: str
    value: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class TextIs:
    """The response is a text; None: the declared correct one."""

    response: str
    value: str | None
    case_sensitive: bool


@dataclass(frozen=True, slots=True)
class NumberIs:
    """The response is a number (None: the declared correct one) or off by so much, or so many per cent."""

    response: str
    value: Decimal | None
    below: Decimal = ZERO
    above: Decimal = ZERO
    per_cent: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """The response is a number between two, these included."""

    response: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Answered:
    """There is a response."""

    response: str


@dataclass(frozen=True, slots=True)
class Empty:
    """There is no response."""

    response: str


@dataclass(frozen=True, slots=True)
class OutcomeIs:
    """An outcome compares to a number: ``match``, ``gt``, ``gte``, ``lt`` or ``lte``."""

    outcome: str
    how: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Both:
    """All of several."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any of several."""

    parts: tuple[Condition, ...]


Condition = Correct | Is | TextIs | NumberIs | Within | Answered | Empty | OutcomeIs | Both | Either


def simple_parts(condition: Condition) -> Iterator[Condition]:
    """Return the conditions that a condition is made of."""
    if isinstance(condition, Both | Either):
        for part in condition.parts:
            yield from simple_parts(part)
    else:
        yield condition


def responses_of(condition: Condition) -> frozenset[str]:
    """Return the responses that a condition asks of."""
    return frozenset(one.response for one in simple_parts(condition) if not isinstance(one, OutcomeIs | Both | Either))


@dataclass(frozen=True, slots=True)
class Amount:
    """Points: a number, and what the mappings of some responses give."""

    constant: Decimal = ZERO
    mapped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """The amount of the first condition that holds, else another. All of it is kept between two ends, if any."""

    cases: tuple[tuple[Condition, Amount], ...] = ()
    otherwise: Amount = Amount()
    floor: Decimal | None = None
    ceiling: Decimal | None = None

    @property
    def responses(self) -> frozenset[str]:
        """The responses that it looks at."""
        amounts = [self.otherwise, *(amount for _, amount in self.cases)]
        mapped = [name for amount in amounts for name in amount.mapped]
        return frozenset(mapped).union(*(responses_of(condition) for condition, _ in self.cases))


@dataclass(frozen=True, slots=True)
class Label:
    """What an outcome of words becomes: a word, or with ``chosen`` the response of that name."""

    word: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class LabelChain:
    """The label of the first condition that holds, else another, else none."""

    cases: tuple[tuple[Condition, Label | None], ...] = ()
    otherwise: Label | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Scoring:
    """What the rules of an item say. ``score`` is a sum; None when they never speak of it.

    ``labels`` are outcomes of words, ``unread`` those whose rules are not among those that we read.
    """

    score: tuple[Chain, ...] | None
    labels: tuple[tuple[str, tuple[LabelChain, ...]], ...] = ()
    unread: frozenset[str] = frozenset()

    def label(self, outcome: str) -> tuple[LabelChain, ...]:
        """Return the chains of an outcome of words."""
        return next((chains for name, chains in self.labels if name == outcome), ())
