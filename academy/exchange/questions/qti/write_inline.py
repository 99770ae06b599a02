"""Texts with gaps out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.plans import LeftOut, Plan, Texts, identifiers, plain_words, points
from academy.exchange.questions.qti.write_choices import ONE, earned
from academy.exchange.questions.qti.write_typed import Case, chain_of, number_cases, text_cases, text_entry
from academy.standards.qti.model import Response
from academy.standards.qti.rules import (
    Amount,
    Both,
    Chain,
    Condition,
    Correct,
    Either,
    Is,
    NumberIs,
    TextIs,
)
from academy.standards.qti.tree import Element, make
from academy.standards.qti.writer import say_number
from assessments.item_types.bodies import Cloze, Gap, GapFill, SingleChoice
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich
from assessments.item_types.sent import alike
from assessments.item_types.stems import CLOZE, GAP_FILL, cut

Gapped = tuple[Response, Element, list[Case]]


def write_gap_fill(question: Question, body: GapFill, texts: Texts) -> Plan:
    """Each gap a list of the words of its group."""
    if not body.gaps or not all(1 <= number <= len(body.words) for number in body.gaps):
        raise LeftOut(_("It has no gaps, or some without a word."))
    responses, fields = [], []
    for place, number in enumerate(body.gaps, start=1):
        right = body.words[number - 1]
        listed = list(dict.fromkeys(alike(word.text) for word in body.words if word.group == right.group))
        names = {text: f"W-{count}" for count, text in enumerate(listed, start=1)}
        response = Response(
            identifier=f"GAP-{place}",
            cardinality="single",
            base_type="identifier",
            correct=(names[alike(right.text)],),
        )
        responses.append(response)
        fields.append(_list(response, {name: text for text, name in names.items()}, shuffle=body.shuffle))
    conditions = [Correct(one.identifier) for one in responses]
    return Plan(
        responses=tuple(responses),
        chains=_chains(conditions, question.mark, all_or_nothing=body.all_or_nothing),
        marker=GAP_FILL,
        gaps=dict(enumerate(fields, start=1)),
        numbers=body.gaps,
    )


def _chains(conditions: list[Correct], mark: Decimal, *, all_or_nothing: bool) -> tuple[Chain, ...]:
    if all_or_nothing and len(conditions) > 1:
        return (Chain(cases=((Both(tuple(conditions)), Amount(points(ONE, mark))),)),)
    part = Amount(points(Fraction(1, len(conditions)), mark))
    return tuple(Chain(cases=((condition, part),)) for condition in conditions)


def _list(response: Response, words: dict[str, str], *, shuffle: bool) -> Element:
    return make(
        "inlineChoiceInteraction",
        *(make("inlineChoice", text, identifier=name) for name, text in words.items()),
        responseIdentifier=response.identifier,
        shuffle=str(shuffle).lower(),
    )


def write_cloze(question: Question, body: Cloze, texts: Texts) -> Plan:
    """Each gap a list, a word or a number."""
    gapped = [_gap(f"GAP-{number}", gap) for number, gap in enumerate(body.gaps, start=1)]
    if not gapped or min(gap.weight for gap in body.gaps) < 1:
        raise LeftOut(_("It has no gaps, or some that weigh nothing."))
    if any(gap.layout != "list" for gap in body.gaps):
        texts.lost.append(_("The layout of its gaps is kept only in academy.json: elsewhere they are lists."))
    total = sum(gap.weight for gap in body.gaps)
    if body.all_or_nothing:
        chains: tuple[Chain, ...] = (_all(gapped, question.mark),)
    else:
        chains = tuple(
            chain_of(response.identifier, cases, Fraction(gap.weight, total) * Fraction(question.mark))
            for gap, (response, _field, cases) in zip(body.gaps, gapped, strict=True)
        )
    fields = {number: field for number, (_response, field, _cases) in enumerate(gapped, start=1)}
    order = cut(question.stem, CLOZE).gaps
    if sorted(order) != sorted(fields):
        raise LeftOut(_("The gaps of its text are not those of its answers."))
    return Plan(
        responses=tuple(response for response, _field, _cases in gapped),
        chains=chains,
        marker=CLOZE,
        gaps={place: fields[number] for place, number in enumerate(order, start=1)},
        numbers=order,
    )


def _all(gapped: list[Gapped], mark: Decimal) -> Chain:
    conditions = [_full(cases) for _response, _field, cases in gapped]
    whole = conditions[0] if len(conditions) == 1 else Both(tuple(conditions))
    return Chain(cases=((whole, Amount(points(ONE, mark))),))


def _full(cases: list[Case]) -> Condition:
    """Return when a gap is wholly right: no answer before it may stand in its way."""
    right = [condition for condition, share, _feedback in cases if share == 1]
    partly = [number for number, (_condition, share, _feedback) in enumerate(cases) if share != 1]
    last = max((number for number, (_condition, share, _said) in enumerate(cases) if share == 1), default=-1)
    if not right:
        raise LeftOut(_("One of its gaps can't be wholly right."))
    if partly and partly[0] < last and not all(isinstance(one, TextIs | Is) for one in right):
        raise LeftOut(_("Only all gaps together earn the mark, and an answer that is partly right hides a right one."))
    return right[0] if len(right) == 1 else Either(tuple(right))


def _gap(identifier: str, gap: Gap) -> Gapped:
    if gap.multiple_choice:
        raise LeftOut(_("One of its gaps is a multiple choice, which can't stand within a text in QTI."))
    if gap.single_choice:
        return _choice(identifier, gap.single_choice)
    if gap.short_text:
        cases = text_cases(identifier, gap.short_text)
        texts = [one.value for one, share, _feedback in cases if isinstance(one, TextIs) and share == 1 and one.value]
        response = Response(identifier=identifier, cardinality="single", base_type="string", correct=tuple(texts[:1]))
        return response, text_entry(identifier), cases
    if gap.numeric is None:
        raise LeftOut(_("One of its gaps is empty."))
    cases = number_cases(identifier, gap.numeric)
    values = [one.value for one, share, _feedback in cases if isinstance(one, NumberIs) and share == 1 and one.value]
    response = Response(
        identifier=identifier,
        cardinality="single",
        base_type="float",
        correct=tuple(say_number(value) for value in values[:1]),
    )
    return response, text_entry(identifier), cases


def _choice(identifier: str, body: SingleChoice) -> Gapped:
    names = identifiers((option.key for option in body.options), "choice-")
    words = {names[option.key]: plain_words(option.text) for option in body.options}
    if len({alike(text) for text in words.values()}) < len(words):
        raise LeftOut(_("Two options of a gap read the same where QTI has only words."))
    shares = {names[option.key]: earned(option) for option in body.options}
    best = max(shares, key=lambda name: shares[name])
    response = Response(identifier=identifier, cardinality="single", base_type="identifier", correct=(best,))
    cases: list[Case] = [(Is(identifier, name), share, Rich()) for name, share in shares.items() if share]
    return response, _list(response, words, shuffle=body.shuffle), cases
