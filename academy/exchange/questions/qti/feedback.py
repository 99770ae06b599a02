"""Feedback of an item: on a choice, on an answer, on the whole, or on everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.marks import near
from academy.exchange.questions.qti.markup import FEEDBACKS, Markup, is_interaction
from academy.standards.qti.model import Item
from academy.standards.qti.rules import (
    Answered,
    Both,
    Condition,
    Correct,
    Is,
    Label,
    LabelChain,
    NumberIs,
    OutcomeIs,
    Scoring,
    TextIs,
    Within,
)
from academy.standards.qti.tree import Element
from assessments.item_types.questions import Verdicts
from assessments.item_types.rich import EMPTY, Rich

SCORE = "SCORE"


@dataclass(kw_only=True, slots=True)
class Feedback:
    """What an item says after an answer. ``whole`` waits for the full mark: it depends on what was earned."""

    values: dict[tuple[str, Any], Rich] = field(default_factory=dict)
    whole: list[tuple[LabelChain, str, Rich]] = field(default_factory=list)
    explanation: Rich = EMPTY
    lost: int = 0

    def verdicts(self, full: Decimal, *, partial: bool) -> Verdicts:
        """Return the feedback on the whole; what can't be placed is counted as lost."""
        found: dict[str, Rich] = {}
        for chain, name, text in self.whole:
            places = [place for place in _verdicts(chain, name, full, partial=partial) if place not in found]
            self.lost += not places
            found |= dict.fromkeys(places, text)
        return Verdicts(**found)

    def losses(self) -> list[str]:
        """Say what was left behind."""
        if not self.lost:
            return []
        return [_("Feedback is left behind that is neither on one choice nor on the whole answer.")]


def read_feedback(item: Item, scoring: Scoring, markup: Markup) -> Feedback:
    """Return the feedback of an item."""
    feedback = Feedback()
    placed: set[int] = set()
    for response, choice, one in _on_choices(item):
        placed.add(id(one))
        if one.get("identifier").strip() == choice and one.get("showHide", "show").strip() == "show":
            feedback.values[response, choice] = markup.rich(one.content)
        else:
            feedback.lost += 1
    rest = [one for one in item.body.walk() if one.name in FEEDBACKS and id(one) not in placed] if item.body else []
    for one in (*item.modal, *rest):
        _place(feedback, scoring, one, markup.rich(one.content))
    return feedback


def _on_choices(item: Item) -> Iterator[tuple[str, str, Element]]:
    for interaction in item.body.walk() if item.body else ():
        if not is_interaction(interaction):
            continue
        response = interaction.get("responseIdentifier").strip()
        for choice in interaction.walk():
            if choice.name in {"simpleChoice", "inlineChoice"}:
                name = choice.get("identifier").strip()
                yield from ((response, name, one) for one in choice.walk() if one.name in FEEDBACKS)


def _place(feedback: Feedback, scoring: Scoring, element: Element, text: Rich) -> None:
    name, chains = element.get("identifier").strip(), scoring.label(element.get("outcomeIdentifier").strip())
    if not text:
        return
    if element.get("showHide", "show").strip() != "show" or not chains:
        feedback.lost += 1
        return
    known = False
    for chain in chains:
        known = _place_in_chain(feedback, chain, name, text) or known
    feedback.lost += not known


def _place_in_chain(feedback: Feedback, chain: LabelChain, name: str, text: Rich) -> bool:
    if not chain.cases and chain.otherwise == Label(name):
        feedback.explanation = text
        return True
    if not chain.cases and chain.otherwise and chain.otherwise.chosen:
        feedback.values[chain.otherwise.chosen, name] = text
        return True
    known = False
    before: set[Condition] = set()
    for condition, label in chain.cases:
        if condition in before:
            # Never reached: the first of its kind counts.
            continue
        before.add(condition)
        if label == Label(name) and isinstance(condition, Is | TextIs | NumberIs | Within | Answered):
            value = condition.value if isinstance(condition, Is) else condition
            feedback.values[condition.response, value] = text
            known = True
    if _verdicts(chain, name, None, partial=True):
        feedback.whole.append((chain, name, text))
        known = True
    return known


def _verdicts(chain: LabelChain, name: str, full: Decimal | None, *, partial: bool) -> list[str]:
    """Return which verdicts a label of a chain stands for; ``full`` None: any that it may."""
    judged = [_verdict(condition, full) for condition, _label in chain.cases]
    found = [place for place, (_condition, label) in zip(judged, chain.cases, strict=True) if label == Label(name)]
    if chain.otherwise == Label(name) and "right" in judged:
        found.append("wrong")
        if partial and "partly" not in judged:
            found.append("partly")
    return [place for place in found if place]


def _verdict(condition: Condition, full: Decimal | None) -> str:
    if isinstance(condition, Correct) or (
        isinstance(condition, Both) and all(isinstance(part, Correct) for part in condition.parts)
    ):
        return "right"
    if not isinstance(condition, OutcomeIs) or condition.outcome != SCORE:
        return ""
    return _of_score(condition, full)


def _of_score(condition: OutcomeIs, full: Decimal | None) -> str:
    if condition.how in {"match", "lte"} and condition.value <= 0:
        return "wrong"
    if condition.how not in {"match", "gte", "gt"}:
        return ""
    if full is None or (near(condition.value, full) and condition.how != "gt"):
        return "right"
    return "partly" if near(condition.value, Decimal(0)) and condition.how != "match" else ""
