"""Conditions of rules of marking, read from their elements."""

from __future__ import annotations

from decimal import Decimal

from academy.standards.qti.faults import BadQti
from academy.standards.qti.model import Item
from academy.standards.qti.reader import number, truth
from academy.standards.qti.rules import (
    Answered,
    Both,
    Condition,
    Correct,
    Either,
    Empty,
    Is,
    NumberIs,
    OutcomeIs,
    TextIs,
    UnknownRule,
    Within,
    responses_of,
)
from academy.standards.qti.tree import Element

_COMPARISONS = {"gt", "gte", "lt", "lte", "match", "equal"}
_MIRRORED = {"gt": "lt", "gte": "lte", "lt": "gt", "lte": "gte"}
NUMBERS = {"integer", "float"}


def read_condition(element: Element, item: Item) -> Condition:
    """Return what an element asks. Raises UnknownRule."""
    if element.name in {"and", "or"}:
        return _joined(element, item)
    if element.name == "isNull":
        return Empty(_response(_only(element), item))
    if element.name == "not":
        inner = read_condition(_only(element), item)
        if not isinstance(inner, Empty):
            raise UnknownRule("not")
        return Answered(inner.response)
    if element.name not in {*_COMPARISONS, "stringMatch"} or len(element.children) != 2:
        raise UnknownRule(element.name)
    try:
        return _compared(element, item)
    except BadQti as error:
        raise UnknownRule(element.name) from error


def _joined(element: Element, item: Item) -> Condition:
    parts = tuple(read_condition(one, item) for one in element.children)
    if not parts:
        raise UnknownRule(element.name)
    if element.name == "or":
        return parts[0] if len(parts) == 1 else Either(parts)
    # To be something is to be there: that nothing is no answer needs no asking.
    asked = frozenset[str]().union(*(responses_of(one) for one in parts if not isinstance(one, Answered | Empty)))
    kept = tuple(one for one in parts if not isinstance(one, Answered) or one.response not in asked)
    if len(kept) == 1:
        return kept[0]
    return _range(kept) or Both(kept)


def _range(parts: tuple[Condition, ...]) -> Within | None:
    """From a number up to another is one condition."""
    limits = [one for one in parts if isinstance(one, Within)]
    if len(parts) != 2 or len(limits) != 2 or limits[0].response != limits[1].response:
        return None
    lows = [one.low for one in limits if one.low is not None]
    highs = [one.high for one in limits if one.high is not None]
    return Within(limits[0].response, lows[0], highs[0]) if len(lows) == len(highs) == 1 else None


def _only(element: Element) -> Element:
    if len(element.children) != 1:
        raise UnknownRule(element.name)
    return element.children[0]


def _response(element: Element, item: Item) -> str:
    name = element.get("identifier").strip()
    if element.name != "variable" or item.response(name) is None:
        raise UnknownRule(element.name)
    return name


def _compared(element: Element, item: Item) -> Condition:
    left, right = element.children
    how = element.name
    if left.name in {"baseValue", "correct"} or (how == "equal" and _is_limit(left, item)):
        left, right, how = right, left, _MIRRORED.get(how, how)
    if left.name == "index":
        return _placed(left, right, how, item)
    if left.name != "variable":
        raise UnknownRule(left.name)
    if item.outcome(left.get("identifier").strip()) is not None:
        return _of_outcome(element, left, right, how, item)
    name = _response(left, item)
    if how == "match":
        return _matched(name, right, item)
    if how == "stringMatch":
        return _text(element, name, right)
    if how == "equal":
        return _number(element, name, right)
    value = _base_number(right)
    if how in {"gt", "lt"}:
        raise UnknownRule(how)
    return Within(name, value, None) if how == "gte" else Within(name, None, value)


def _is_limit(element: Element, item: Item) -> bool:
    """Whether it is the outcome that says how much there is to earn."""
    return (
        element.name == "variable"
        and element.get("identifier").strip() == "MAXSCORE"
        and bool(item.outcome("MAXSCORE"))
    )


def _placed(left: Element, right: Element, how: str, item: Item) -> Condition:
    name, position = _response(_only(left), item), left.get("n").strip()
    if how != "match" or not position.isdecimal() or not 1 <= len(position) <= 3 or int(position) < 1:
        raise UnknownRule("index")
    if right.name == "baseValue":
        return Is(name, right.text.strip(), int(position))
    same = right.name == "index" and right.get("n").strip() == position and _only(right)
    response = item.response(name)
    if not same or same.name != "correct" or same.get("identifier").strip() != name or response is None:
        raise UnknownRule("index")
    if int(position) > len(response.correct):
        raise UnknownRule("index")
    return Is(name, response.correct[int(position) - 1], int(position))


def _matched(name: str, right: Element, item: Item) -> Condition:
    if right.name == "correct" and right.get("identifier").strip() == name:
        return Correct(name)
    response = item.response(name)
    if right.name != "baseValue" or response is None or response.cardinality != "single":
        raise UnknownRule("match")
    if response.base_type in NUMBERS:
        return NumberIs(name, _base_number(right))
    if response.base_type == "string":
        return TextIs(name, right.text.strip(), case_sensitive=True)
    return Is(name, right.text.strip())


def _base_number(element: Element) -> Decimal:
    if element.name != "baseValue":
        raise UnknownRule(element.name)
    return number(element.text)


def _text(element: Element, name: str, right: Element) -> Condition:
    if truth(element.get("substring", "false")):
        raise UnknownRule("stringMatch")
    case_sensitive = truth(element.get("caseSensitive", "true"))
    if right.name == "correct" and right.get("identifier").strip() == name:
        return TextIs(name, None, case_sensitive)
    if right.name != "baseValue":
        raise UnknownRule(right.name)
    return TextIs(name, right.text.strip(), case_sensitive)


def _number(element: Element, name: str, right: Element) -> Condition:
    value = None
    if right.name != "correct" or right.get("identifier").strip() != name:
        value = _base_number(right)
    if not all(truth(element.get(bound, "true")) for bound in ("includeLowerBound", "includeUpperBound")):
        raise UnknownRule("equal")
    mode = element.get("toleranceMode", "exact").strip()
    if mode == "exact":
        return NumberIs(name, value)
    if mode not in {"absolute", "relative"}:
        raise UnknownRule("equal")
    sizes = [number(one) for one in element.get("tolerance").split()]
    if len(sizes) not in {1, 2} or min(sizes) < 0:
        raise UnknownRule("equal")
    return NumberIs(name, value, sizes[0], sizes[-1], per_cent=mode == "relative")


def _of_outcome(element: Element, left: Element, right: Element, how: str, item: Item) -> Condition:
    name = left.get("identifier").strip()
    if right.name == "variable" and (limit := item.outcome(right.get("identifier").strip())) and limit.default:
        value = number(limit.default[0])
    else:
        value = _base_number(right)
    return OutcomeIs(name, "match" if how == "equal" else how, value)
