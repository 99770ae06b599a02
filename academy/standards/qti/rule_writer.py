"""Rules of marking out: the chains that are read, as the elements that say them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from academy.standards.qti.model import Item
from academy.standards.qti.rules import (
    Amount,
    Answered,
    Both,
    Chain,
    Condition,
    Correct,
    Either,
    Empty,
    Is,
    Label,
    LabelChain,
    NumberIs,
    OutcomeIs,
    TextIs,
    Within,
)
from academy.standards.qti.scoring import RESPONSE, SCORE
from academy.standards.qti.tree import Element, make
from academy.standards.qti.writer import say_number

Named = tuple[str, LabelChain]


def standard_template(chains: Sequence[Chain], labels: Sequence[Named]) -> str:
    """Return the standard template that says the same as these chains, empty when none does."""
    if labels or len(chains) != 1:
        return ""
    if chains[0] == Chain(cases=((Correct(RESPONSE), Amount(Decimal(1))),)):
        return "match_correct"
    return "map_response" if chains[0] == Chain(otherwise=Amount(mapped=(RESPONSE,))) else ""


def write_rules(item: Item, chains: Sequence[Chain], labels: Sequence[Named]) -> Element:
    """Return the rules that sum up the chains and then set the outcomes of words. The score starts at 0."""
    alone = len(chains) == 1
    rules = [_scored(chain, item, alone=alone) for chain in chains]
    rules += [_labelled(outcome, chain, item) for outcome, chain in labels]
    return make("responseProcessing", *rules)


def _scored(chain: Chain, item: Item, *, alone: bool) -> Element:
    def scores(amount: Amount) -> Element:
        parts = [make("mapResponse", identifier=name) for name in amount.mapped]
        if amount.constant or not parts:
            parts.append(_number(amount.constant))
        if not alone:
            parts.insert(0, make("variable", identifier=SCORE))
        total = parts[0] if len(parts) == 1 else make("sum", *parts)
        return make("setOutcomeValue", total, identifier=SCORE)

    cases = list(chain.cases)
    if not cases:
        # A mapping of no answer is nothing, not 0.
        cases = [(Empty(name), Amount()) for name in chain.otherwise.mapped]
    branches = [(condition, scores(amount)) for condition, amount in cases]
    rest = scores(chain.otherwise) if alone or chain.otherwise != Amount() else None
    return _condition(branches, rest, item)


def _condition(branches: Sequence[tuple[Condition, Element]], rest: Element | None, item: Item) -> Element:
    parts = [
        make("responseElseIf" if number else "responseIf", _asked(condition, item), rule)
        for number, (condition, rule) in enumerate(branches)
    ]
    if rest is not None:
        parts.append(make("responseElse", rest))
    return make("responseCondition", *parts)


def _labelled(outcome: str, chain: LabelChain, item: Item) -> Element:
    def said(label: Label) -> Element:
        value = (
            make("variable", identifier=label.chosen)
            if label.chosen
            else make("baseValue", label.word, baseType="identifier")
        )
        return make("setOutcomeValue", value, identifier=outcome)

    if not chain.cases and chain.otherwise:
        return said(chain.otherwise)
    branches = [(condition, said(label)) for condition, label in chain.cases if label]
    return _condition(branches, said(chain.otherwise) if chain.otherwise else None, item)


def _number(value: Decimal) -> Element:
    return make("baseValue", say_number(value), baseType="float")


def _variable(name: str) -> Element:
    return make("variable", identifier=name)


def _asked(condition: Condition, item: Item) -> Element:
    if isinstance(condition, Both | Either):
        name = "and" if isinstance(condition, Both) else "or"
        return make(name, *(_asked(part, item) for part in condition.parts))
    if isinstance(condition, Answered):
        return make("not", make("isNull", _variable(condition.response)))
    if isinstance(condition, Empty):
        return make("isNull", _variable(condition.response))
    if isinstance(condition, OutcomeIs):
        return make(condition.how, _variable(condition.outcome), _number(condition.value))
    if isinstance(condition, Within):
        return _within(condition)
    if isinstance(condition, NumberIs):
        return _equal(condition)
    if isinstance(condition, TextIs):
        return make(
            "stringMatch",
            _variable(condition.response),
            make("baseValue", condition.value or "", baseType="string"),
            caseSensitive=str(condition.case_sensitive).lower(),
        )
    if isinstance(condition, Is):
        return _is(condition, item)
    return make("match", _variable(condition.response), make("correct", identifier=condition.response))


def _is(condition: Is, item: Item) -> Element:
    response = item.response(condition.response)
    given = _variable(condition.response)
    if condition.position:
        given = make("index", given, n=str(condition.position))
    return make("match", given, make("baseValue", condition.value, baseType=response.base_type if response else ""))


def _within(condition: Within) -> Element:
    parts = [
        make(name, _variable(condition.response), _number(value))
        for name, value in (("gte", condition.low), ("lte", condition.high))
        if value is not None
    ]
    return make("and", *parts)


def _equal(condition: NumberIs) -> Element:
    attributes = {"toleranceMode": "exact"}
    if condition.below or condition.above:
        attributes["toleranceMode"] = "relative" if condition.per_cent else "absolute"
        attributes["tolerance"] = f"{say_number(condition.below)} {say_number(condition.above)}"
    return make("equal", _variable(condition.response), _number(condition.value or Decimal(0)), **attributes)
