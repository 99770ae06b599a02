"""Pairs and orders out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.plans import RESPONSE, LeftOut, Plan, Texts, identifiers, points
from academy.exchange.questions.qti.write_choices import by_mapping, exactly
from academy.standards.qti.model import MapEntry, Mapping, Response
from academy.standards.qti.rules import Amount, Chain, Is
from academy.standards.qti.tree import make
from assessments.item_types.bodies import Matching, Ordering, OrderingRule
from assessments.item_types.questions import Question
from assessments.item_types.rich import visible
from assessments.item_types.sent import alike


def write_matching(question: Question, body: Matching, texts: Texts) -> Plan:
    """Each stem with its match."""
    names = {key: f"S-{name}" for key, name in identifiers((pair.key for pair in body.pairs), "").items()}
    listed = list(dict.fromkeys(alike(text) for text in (*(pair.match for pair in body.pairs), *body.distractors)))
    matches = {text: f"M-{number}" for number, text in enumerate(listed, start=1)}
    pairs = {f"{names[pair.key]} {matches[alike(pair.match)]}": Fraction(pair.weight) for pair in body.pairs}
    total = sum(pairs.values())
    if not pairs or min(pairs.values()) <= 0 or not all(listed):
        raise LeftOut(_("It has no pairs, or some that weigh nothing."))
    mapping = Mapping(
        entries=tuple(MapEntry(key=key, value=points(weight / total, question.mark)) for key, weight in pairs.items())
    )
    response = Response(
        identifier=RESPONSE,
        cardinality="multiple",
        base_type="directedPair",
        correct=tuple(pairs),
        mapping=None if body.all_or_nothing else mapping,
    )
    stems = [
        make("simpleAssociableChoice", *texts.content(pair.stem), identifier=names[pair.key], matchMax="1")
        for pair in body.pairs
    ]
    others = [
        make("simpleAssociableChoice", text, identifier=name, matchMax="0")
        for text, name in sorted(matches.items(), key=lambda one: one[0])
    ]
    block = make(
        "matchInteraction",
        make("simpleMatchSet", *stems),
        make("simpleMatchSet", *others),
        responseIdentifier=RESPONSE,
        shuffle=str(body.shuffle).lower(),
        maxAssociations=str(len(stems)),
    )
    chain = exactly(response, question.mark) if body.all_or_nothing else by_mapping(response)
    return Plan(responses=(response,), chains=(chain,), block=block)


def write_ordering(question: Question, body: Ordering, texts: Texts) -> Plan:
    """All places together, or each for itself."""
    names = identifiers((step.key for step in body.steps), "step-")
    right = tuple(names[step.key] for step in body.steps)
    response = Response(identifier=RESPONSE, cardinality="ordered", base_type="identifier", correct=right)
    if body.rule == OrderingRule.ALL_OR_NOTHING:
        chains: tuple[Chain, ...] = (exactly(response, question.mark),)
    elif body.rule == OrderingRule.ABSOLUTE_POSITION:
        part = Amount(_part(len(right), question.mark))
        chains = tuple(Chain(cases=((Is(RESPONSE, name, place), part),)) for place, name in enumerate(right, start=1))
    else:
        raise LeftOut(_("Its order is marked by neighbours or by length, which QTI can't."))
    # In the order of their words: where nobody shuffles, the right order would stand there.
    shown = sorted(body.steps, key=lambda step: (visible(step.text), step.key))
    block = make(
        "orderInteraction",
        *(make("simpleChoice", *texts.content(step.text), identifier=names[step.key]) for step in shown),
        responseIdentifier=RESPONSE,
        shuffle="true",
        orientation="horizontal" if body.horizontal else "vertical",
    )
    return Plan(responses=(response,), chains=chains, block=block)


def _part(count: int, mark: Decimal) -> Decimal:
    return points(Fraction(1, count), mark)
