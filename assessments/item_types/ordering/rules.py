"""What an order earns: the sums of Moodle's ordering question, each over the most that it can be.

An order is a list of keys as long as the right one; a place that was left empty is None and never right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from assessments.item_types.bodies import OrderingRule

Order = Sequence[str | None]
# What follows the last one and precedes the first.
END = ""


def earned(rule: OrderingRule, right: Sequence[str], given: Order) -> Fraction:
    """Return the share of the full mark, from 0 to 1."""
    part, whole = _RULES[rule](right, given)
    return Fraction(part, whole) if whole else Fraction(0)


def _all_or_nothing(right: Sequence[str], given: Order) -> tuple[int, int]:
    return int(list(right) == list(given)), 1


def _absolute_position(right: Sequence[str], given: Order) -> tuple[int, int]:
    return sum(one == other for one, other in zip(right, given, strict=True)), len(right)


def _followers(order: Order, *, with_last: bool) -> set[tuple[str, str]]:
    """Return each one with what follows it."""
    follows = [*order[1:], END] if with_last else order[1:]
    return {
        (one, follower)
        for one, follower in zip(order, follows, strict=False)
        if one is not None and follower is not None
    }


def _next_without_last(right: Sequence[str], given: Order) -> tuple[int, int]:
    wanted = _followers(right, with_last=False)
    return len(wanted & _followers(given, with_last=False)), len(wanted)


def _next_with_last(right: Sequence[str], given: Order) -> tuple[int, int]:
    wanted = _followers(right, with_last=True)
    return len(wanted & _followers(given, with_last=True)), len(wanted)


def _neighbours(right: Sequence[str], given: Order) -> tuple[int, int]:
    """Both sides of each one count; before the first and behind the last is an end."""
    wanted = _followers([END, *right], with_last=True)
    seen = wanted & _followers([END, *given], with_last=True)
    # An inner pair counts from either side, an end from one.
    return sum(2 - (END in pair) for pair in seen), sum(2 - (END in pair) for pair in wanted)


def _all_before_and_behind(right: Sequence[str], given: Order) -> tuple[int, int]:
    """Each two in their right order count, from either side."""
    place = _places(given)
    pairs = [(one, other) for at, one in enumerate(right) for other in right[at + 1 :]]
    seen = sum(one in place and other in place and place[one] < place[other] for one, other in pairs)
    return seen, len(pairs)


def _longest_in_order(right: Sequence[str], given: Order) -> tuple[int, int]:
    """The most of them that stand in their right order, others between them or not. One alone is none."""
    longest: list[int] = []
    values = _right_places(right, given)
    for at, value in enumerate(values):
        before = [longest[earlier] for earlier in range(at) if values[earlier] < value]
        longest.append(1 + max(before, default=0))
    return _more_than_one(max(longest, default=0)), len(right)


def _longest_without_gap(right: Sequence[str], given: Order) -> tuple[int, int]:
    """The most that follow each other in the right order and stand so, others between them or not."""
    longest: dict[int, int] = {}
    for value in _right_places(right, given):
        longest[value] = 1 + longest.get(value - 1, 0)
    return _more_than_one(max(longest.values(), default=0)), len(right)


def _more_than_one(length: int) -> int:
    return length if length > 1 else 0


def _distance(right: Sequence[str], given: Order) -> tuple[int, int]:
    """Each earns less the farther it is from its place."""
    place, farthest = _places(given), len(right) - 1
    near = sum(max(0, farthest - abs(at - place[one])) for at, one in enumerate(right) if one in place)
    return near, farthest * len(right)


def _places(order: Order) -> dict[str, int]:
    return {one: at for at, one in enumerate(order) if one is not None}


def _right_places(right: Sequence[str], given: Order) -> list[int]:
    wanted = _places(right)
    return [wanted[one] for one in given if one is not None]


_RULES: dict[OrderingRule, Callable[[Sequence[str], Order], tuple[int, int]]] = {
    OrderingRule.ALL_OR_NOTHING: _all_or_nothing,
    OrderingRule.ABSOLUTE_POSITION: _absolute_position,
    OrderingRule.RELATIVE_NEXT_EXCLUDE_LAST: _next_without_last,
    OrderingRule.RELATIVE_NEXT_INCLUDE_LAST: _next_with_last,
    OrderingRule.RELATIVE_ONE_PREVIOUS_AND_NEXT: _neighbours,
    OrderingRule.RELATIVE_ALL_PREVIOUS_AND_NEXT: _all_before_and_behind,
    OrderingRule.LONGEST_ORDERED_SUBSET: _longest_in_order,
    OrderingRule.LONGEST_CONTIGUOUS_SUBSET: _longest_without_gap,
    OrderingRule.RELATIVE_TO_CORRECT: _distance,
}
