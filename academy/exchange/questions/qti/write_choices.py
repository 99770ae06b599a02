"""Choices out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.plans import FEEDBACK, RESPONSE, LeftOut, Plan, Texts, identifiers, points
from academy.exchange.questions.qti.truths import TRUTHS, truths
from academy.standards.qti.model import MapEntry, Mapping, Response
from academy.standards.qti.rules import Amount, Chain, Correct, Label, LabelChain
from academy.standards.qti.tree import make
from assessments.item_types.bodies import MultipleChoice, MultipleRule, Option, SingleChoice, TrueFalse
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich
from assessments.item_types.shape import exact

ZERO, ONE = Decimal(0), Decimal(1)
NEAR = Fraction(1, 1_000_000)


def earned(option: Option) -> Decimal:
    """Return what an option earns where one is chosen."""
    if option.fraction is not None:
        return option.fraction
    return ONE if option.correct else ZERO


def single_response(identifier: str, names: dict[str, str], options: tuple[Option, ...], mark: Any) -> Response:
    """Return a response of one choice; without a mapping where right earns all and wrong nothing."""
    shares = {names[option.key]: earned(option) for option in options}
    best = max(shares, key=lambda name: shares[name])
    plain = sorted(shares.values())[:-1] == [ZERO] * (len(shares) - 1) and shares[best] == ONE
    mapping = Mapping(entries=tuple(MapEntry(key=key, value=points(one, mark)) for key, one in shares.items()))
    return Response(
        identifier=identifier,
        cardinality="single",
        base_type="identifier",
        correct=(best,),
        mapping=None if plain else mapping,
    )


def exactly(response: Response, mark: Decimal) -> Chain:
    """Return the rule that only the correct response earns the mark."""
    return Chain(cases=((Correct(response.identifier), Amount(points(ONE, mark))),))


def by_mapping(response: Response) -> Chain:
    """Return the rule that the mapping says."""
    return Chain(otherwise=Amount(mapped=(response.identifier,)))


def write_single(question: Question, body: SingleChoice, texts: Texts) -> Plan:
    """One of several."""
    if not body.options:
        raise LeftOut(_("It has no options."))
    names = _names(body.options)
    response = single_response(RESPONSE, names, body.options, question.mark)
    chain = by_mapping(response) if response.mapping else exactly(response, question.mark)
    return _plan(texts, body.options, names, response, chain, most=1, shuffle=body.shuffle)


def _names(options: tuple[Option, ...]) -> dict[str, str]:
    names = identifiers((option.key for option in options), "choice-")
    # Two choices of these names are a true or false, to everybody.
    return {key: f"choice-{key}" for key in names} if set(names.values()) == set(TRUTHS) else names


def _plan(
    texts: Texts,
    options: tuple[Option, ...],
    names: dict[str, str],
    response: Response,
    chain: Chain,
    *,
    most: int,
    shuffle: bool,
    least: int = 0,
) -> Plan:
    choices = [
        make(
            "simpleChoice",
            *texts.content(option.text),
            *texts.feedback(option.feedback, FEEDBACK, names[option.key]),
            identifier=names[option.key],
        )
        for option in options
    ]
    block = make(
        "choiceInteraction",
        *choices,
        responseIdentifier=response.identifier,
        shuffle=str(shuffle).lower(),
        maxChoices=str(most),
        **({"minChoices": str(least)} if least else {}),
    )
    chosen = LabelChain(otherwise=Label(chosen=response.identifier))
    return Plan(
        responses=(response,),
        chains=(chain,),
        block=block,
        labels=((FEEDBACK, chosen),) if any(option.feedback for option in options) else (),
        feedback_cardinality=response.cardinality,
    )


def write_true_false(question: Question, body: TrueFalse, texts: Texts) -> Plan:
    """True or false."""
    said = dict(zip(TRUTHS, truths(question.language), strict=True))
    feedbacks = {"true": body.feedback_true, "false": body.feedback_false}
    options = tuple(
        Option(key=key, text=Rich(said[key]), correct=(key == "true") == body.answer, feedback=feedbacks[key])
        for key in TRUTHS
    )
    names = {key: key for key in TRUTHS}
    response = single_response(RESPONSE, names, options, question.mark)
    return _plan(texts, options, names, response, exactly(response, question.mark), most=1, shuffle=False)


def write_multiple(question: Question, body: MultipleChoice, texts: Texts) -> Plan:
    """Several, by each of the rules."""
    names = _names(body.options)
    right = tuple(names[option.key] for option in body.options if option.correct)
    if not right:
        raise LeftOut(_("None of its options is right."))
    mapping = None if body.rule == MultipleRule.ALL_OR_NOTHING else _mapping(body, names, question.mark)
    response = Response(
        identifier=RESPONSE, cardinality="multiple", base_type="identifier", correct=right, mapping=mapping
    )
    chain = by_mapping(response) if mapping else exactly(response, question.mark)
    return _plan(texts, body.options, names, response, chain, most=body.most, shuffle=body.shuffle, least=body.least)


def _mapping(body: MultipleChoice, names: dict[str, str], mark: Decimal) -> Mapping:
    part = Fraction(1, sum(option.correct for option in body.options))
    lowest = ZERO
    if body.rule == MultipleRule.WEIGHTS:
        lowest = body.lowest
        shares = {
            option.key: exact(option.fraction) if option.fraction is not None else part * option.correct
            for option in body.options
        }
        gains = sum((share for share in shares.values() if share > 0), Fraction(0))
        if gains < 1 - NEAR and min(shares.values()) >= 0:
            raise LeftOut(_("Its weights are a little less than the mark, and all right options together earn it."))
    else:
        shares = {option.key: part if option.correct else -part for option in body.options}
    if lowest > 0:
        raise LeftOut(_("It gives points for any answer."))
    entries = tuple(MapEntry(key=names[key], value=points(one, mark)) for key, one in shares.items())
    return Mapping(entries=entries, lower=points(lowest, mark), upper=points(ONE, mark))
