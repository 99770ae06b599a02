"""Rules of marking, read: the two standard templates, and rules of exactly their kind and sums of them.

The rules are run once with unknown responses: each outcome becomes a sum of chains. What is not of that shape is
named, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from academy.standards.qti.conditions import NUMBERS, read_condition
from academy.standards.qti.faults import BadQti
from academy.standards.qti.limits import limited, read_limit
from academy.standards.qti.model import Item
from academy.standards.qti.names import template_name
from academy.standards.qti.reader import number
from academy.standards.qti.rules import (
    ZERO,
    Amount,
    Answered,
    Chain,
    Condition,
    Correct,
    Empty,
    Label,
    LabelChain,
    Scoring,
    UnknownRule,
)
from academy.standards.qti.tree import Element

SCORE, RESPONSE = "SCORE", "RESPONSE"
# An outcome added to itself doubles: thirty such lines would fill a machine.
MOST_CHAINS = 1_000
C = TypeVar("C", Chain, LabelChain)
Sum = tuple[Chain, ...]
Labels = tuple[LabelChain, ...]
State = dict[str, Sum | Labels]
_BRANCHES = {"responseIf", "responseElseIf"}


def read_scoring(item: Item) -> Scoring:
    """Return what an item's rules say. Raises UnknownRule when they speak of the score in a way that we don't read."""
    processing = item.processing
    if processing is None:
        return Scoring(score=None)
    address = processing.get("template") or processing.get("templateLocation")
    if name := template_name(address):
        return Scoring(score=(_template(name, item),))
    if address and not processing.children:
        raise UnknownRule(address[:100])
    return _Run(item).of(processing)


def _template(name: str, item: Item) -> Chain:
    if name not in {"match_correct", "map_response"} or item.response(RESPONSE) is None:
        raise UnknownRule(name)
    if name == "map_response":
        return Chain(otherwise=Amount(mapped=(RESPONSE,)))
    return Chain(cases=((Correct(RESPONSE), Amount(number("1"))),))


class _Run:
    def __init__(self, item: Item) -> None:
        self.item = item
        self.state: State = {}
        self.unread: set[str] = set()
        self.ends: dict[str, Decimal] = {}

    def of(self, processing: Element) -> Scoring:
        for one in processing.children:
            try:
                self.step(one)
            except (UnknownRule, BadQti):
                touched = {inner.get("identifier").strip() for inner in one.walk() if inner.name in _SETTERS}
                if not touched or any(inner.name in _LEAPS for inner in one.walk()):
                    raise
                self.unread |= touched
        if SCORE in self.unread:
            raise UnknownRule(SCORE)
        score = self.state.get(SCORE)
        if score is not None and not all(isinstance(chain, Chain) for chain in score):
            raise UnknownRule(SCORE)
        labels = tuple(
            (name, tuple(chain for chain in chains if isinstance(chain, LabelChain)))
            for name, chains in self.state.items()
            if name not in self.unread and any(isinstance(chain, LabelChain) for chain in chains)
        )
        sums = None
        if score is not None:
            tidied = tuple(_tidy(chain) for chain in score if isinstance(chain, Chain))
            sums = limited(tidied, self.item, floor=self.ends.get("floor"), ceiling=self.ends.get("ceiling"))
        return Scoring(score=sums, labels=labels, unread=frozenset(self.unread))

    def step(self, element: Element) -> None:
        if found := read_limit(element, self.item):
            self.limit(*found)
        elif self.ends and SCORE in {
            inner.get("identifier").strip() for inner in element.walk() if inner.name in _SETTERS
        }:
            # What is added behind an end may lie beyond it.
            raise UnknownRule(SCORE)
        elif element.name == "setOutcomeValue":
            name, value = self.assigned(element, self.state)
            self.state[name] = value
        elif element.name == "responseCondition":
            self.condition(element)
        else:
            raise UnknownRule(element.name)

    def limit(self, side: str, value: Decimal) -> None:
        if side in self.ends or (side == "floor" and value > self.ends.get("ceiling", value)):
            raise UnknownRule(SCORE)
        if side == "ceiling" and value < self.ends.get("floor", value):
            raise UnknownRule(SCORE)
        self.ends[side] = value

    def assigned(self, element: Element, state: State) -> tuple[str, Sum | Labels]:
        name = element.get("identifier").strip()
        outcome = self.item.outcome(name)
        if outcome is None or len(element.children) != 1:
            raise UnknownRule("setOutcomeValue")
        if outcome.base_type in NUMBERS:
            return name, self.sum(element.children[0], state)
        return name, self.label(element.children[0], state)

    def now(self, name: str, state: State) -> Sum | Labels:
        if name in self.unread:
            raise UnknownRule(name)
        outcome = self.item.outcome(name)
        if outcome is None:
            raise UnknownRule(name)
        if name in state:
            return state[name]
        if outcome.base_type in NUMBERS:
            start = number(outcome.default[0]) if outcome.default else ZERO
            return (Chain(otherwise=Amount(start)),) if start else ()
        return (LabelChain(otherwise=Label(outcome.default[0])),) if outcome.default else ()

    def sum(self, element: Element, state: State) -> Sum:
        if element.name == "sum":
            return _bounded(self.sum(one, state) for one in element.children)
        name = element.get("identifier").strip()
        if element.name == "mapResponse" and self.item.response(name):
            return (Chain(otherwise=Amount(mapped=(name,))),)
        if element.name == "baseValue":
            value = number(element.text)
            return (Chain(otherwise=Amount(value)),) if value else ()
        if element.name == "variable" and self.item.response(name) is None:
            return tuple(one for one in self.now(name, state) if isinstance(one, Chain))
        raise UnknownRule(element.name)

    def label(self, element: Element, state: State) -> Labels:
        name = element.get("identifier").strip()
        if element.name == "multiple":
            return _bounded(self.label(one, state) for one in element.children)
        if element.name == "baseValue":
            return (LabelChain(otherwise=Label(element.text.strip())),)
        if element.name == "null":
            return ()
        if element.name == "variable" and self.item.response(name):
            return (LabelChain(otherwise=Label(chosen=name)),)
        if element.name == "variable":
            return tuple(one for one in self.now(name, state) if isinstance(one, LabelChain))
        raise UnknownRule(element.name)

    def condition(self, element: Element) -> None:
        """Each outcome that a branch changes gets one chain more: what the branches add to what it was."""
        branches: list[tuple[Condition | None, State]] = []
        for one in element.children:
            rules = list(one.children)
            asked = read_condition(rules.pop(0), self.item) if one.name in _BRANCHES and rules else None
            if asked is None and one.name != "responseElse":
                raise UnknownRule(one.name)
            branches.append((asked, self.branch(rules)))
        for name in {name: None for _, changed in branches for name in changed}:
            outcome = self.item.outcome(name)
            is_number = outcome is not None and outcome.base_type in NUMBERS
            results = [(asked, changed.get(name)) for asked, changed in branches]
            self.state[name] = self.summed(name, results) if is_number else self.labelled(name, results)

    def branch(self, rules: list[Element]) -> State:
        changed: State = {}
        for rule in rules:
            if rule.name != "setOutcomeValue":
                raise UnknownRule(rule.name)
            name, value = self.assigned(rule, {**self.state, **changed})
            changed[name] = value
        return changed

    def summed(self, name: str, results: list[tuple[Condition | None, Sum | Labels | None]]) -> Sum:
        before = tuple(one for one in self.now(name, self.state) if isinstance(one, Chain))
        complete = results[-1][0] is None and all(value is not None for _, value in results)
        if before and complete and not any(value and value[: len(before)] == before for _, value in results):
            before = ()
        cases: list[tuple[Condition, Amount]] = []
        otherwise = Amount()
        for asked, value in results:
            amount = _amount(before if value is None else value, before)
            if asked is None:
                otherwise = amount
            else:
                cases.append((asked, amount))
        return _bounded([before, (Chain(tuple(cases), otherwise),)])

    def labelled(self, name: str, results: list[tuple[Condition | None, Sum | Labels | None]]) -> Labels:
        before = tuple(one for one in self.now(name, self.state) if isinstance(one, LabelChain))
        cases: list[tuple[Condition, Label | None]] = []
        otherwise = None
        for asked, value in results:
            label = _last_label(value, before)
            if asked is None:
                otherwise = label
            else:
                cases.append((asked, label))
        return _bounded([before, (LabelChain(tuple(cases), otherwise),)])


_SETTERS = {"setOutcomeValue", "lookupOutcomeValue"}
_LEAPS = {"exitResponse", "include", "responseProcessingFragment"}


def _bounded(parts: Iterable[tuple[C, ...]]) -> tuple[C, ...]:
    found: list[C] = []
    for part in parts:
        found += part
        if len(found) > MOST_CHAINS:
            raise UnknownRule("sum")
    return tuple(found)


def _amount(value: Sum | Labels, before: Sum) -> Amount:
    """Return what a branch adds to what the outcome was before."""
    if value[: len(before)] != before:
        raise UnknownRule(SCORE)
    constant = ZERO
    mapped: list[str] = []
    for chain in value[len(before) :]:
        if not isinstance(chain, Chain) or chain.cases:
            raise UnknownRule(SCORE)
        constant += chain.otherwise.constant
        mapped += chain.otherwise.mapped
    return Amount(constant, tuple(mapped))


def _last_label(value: Sum | Labels | None, before: Labels) -> Label | None:
    if value is None:
        return None
    added = value[len(before) :] if value[: len(before)] == before else value
    if not added:
        return None
    last = added[-1]
    if len(added) > 1 or not isinstance(last, LabelChain) or last.cases:
        raise UnknownRule("multiple")
    return last.otherwise


def _tidy(chain: Chain) -> Chain:
    """No answer earns nothing here anyway: the words that say so are left out."""
    cases, otherwise = chain.cases, chain.otherwise
    first, amount = cases[0] if cases else (None, Amount())
    if isinstance(first, Empty) and amount == Amount() and chain.responses == {first.response}:
        return Chain(cases[1:], otherwise)
    if isinstance(first, Answered) and len(cases) == 1 and otherwise == Amount():
        return Chain(otherwise=amount) if amount == Amount(mapped=(first.response,)) else chain
    return chain
