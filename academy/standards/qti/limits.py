"""Rules that keep the score between two ends, as several programs write them behind all others."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from academy.standards.qti.conditions import read_condition
from academy.standards.qti.model import Item
from academy.standards.qti.reader import number
from academy.standards.qti.rules import ZERO, Amount, Chain, OutcomeIs, UnknownRule
from academy.standards.qti.tree import Element

SCORE = "SCORE"
Score = tuple[Chain, ...]
_SIDES = {"lt": "floor", "lte": "floor", "gt": "ceiling", "gte": "ceiling"}


def read_limit(element: Element, item: Item) -> tuple[str, Decimal] | None:
    """Return which end of the score a rule keeps, and where; None when it is another rule. Raises UnknownRule."""
    branches = element.children
    if element.name != "responseCondition" or len(branches) != 1 or len(branches[0].children) != 2:
        return None
    asked, rule = branches[0].children
    if asked.name not in _SIDES or rule.name != "setOutcomeValue" or rule.get("identifier").strip() != SCORE:
        return None
    condition = read_condition(asked, item)
    if not isinstance(condition, OutcomeIs) or condition.outcome != SCORE or len(rule.children) != 1:
        return None
    return (_SIDES[condition.how], condition.value) if _value(rule.children[0], item) == condition.value else None


def _value(element: Element, item: Item) -> Decimal | None:
    if element.name == "baseValue":
        return number(element.text)
    outcome = item.outcome(element.get("identifier").strip()) if element.name == "variable" else None
    return number(outcome.default[0]) if outcome and outcome.default else None


def limited(score: Score, item: Item, *, floor: Decimal | None, ceiling: Decimal | None) -> Score:
    """Return a score with its ends: where they can't be reached they say nothing. Raises UnknownRule."""
    if floor is None and ceiling is None:
        return score
    if len(score) == 1 and _is_map(score[0]):
        return (dataclasses.replace(score[0], floor=floor, ceiling=ceiling),)
    spans = [_span(chain, item) for chain in score]
    lowest, highest = sum((low for low, _ in spans), ZERO), sum((high for _, high in spans), ZERO)
    if (floor is not None and lowest < floor) or (ceiling is not None and highest > ceiling):
        raise UnknownRule(SCORE)
    return score


def _is_map(chain: Chain) -> bool:
    return not chain.cases and not chain.otherwise.constant and len(chain.otherwise.mapped) == 1


def _span(chain: Chain, item: Item) -> tuple[Decimal, Decimal]:
    """Return the least and the most that a chain can give."""
    spans = [_span_of_amount(one, item) for one in (chain.otherwise, *(amount for _, amount in chain.cases))]
    return min(low for low, _ in spans), max(high for _, high in spans)


def _span_of_amount(amount: Amount, item: Item) -> tuple[Decimal, Decimal]:
    low = high = amount.constant
    for name in amount.mapped:
        response = item.response(name)
        if response is None or response.mapping is None:
            raise UnknownRule(SCORE)
        mapping = response.mapping
        values = [ZERO, mapping.default, *(one.value for one in mapping.entries)]
        if response.cardinality == "single":
            least, most = min(values), max(values)
        elif mapping.default:
            raise UnknownRule(SCORE)
        else:
            least = sum((one for one in values if one < 0), ZERO)
            most = sum((one for one in values if one > 0), ZERO)
        low += least if mapping.lower is None else max(least, mapping.lower)
        high += most if mapping.upper is None else min(most, mapping.upper)
    return low, high
