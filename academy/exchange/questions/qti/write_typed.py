"""Words and numbers out."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.plans import FEEDBACK, RESPONSE, LeftOut, Plan, Texts, is_writable, points
from academy.exchange.questions.qti.write_choices import by_mapping
from academy.standards.qti.model import MapEntry, Mapping, Response
from academy.standards.qti.rules import (
    Amount,
    Answered,
    Chain,
    Condition,
    Label,
    LabelChain,
    NumberIs,
    TextIs,
    Within,
)
from academy.standards.qti.tree import Element, make
from academy.standards.qti.writer import say_number
from assessments.item_types.bodies import Accepted, AcceptedNumber, Numeric, ShortText, Tolerance
from assessments.item_types.numeric.rules import limits
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich
from assessments.item_types.short_text.patterns import folded, literals

# What is accepted, what it earns, and what is said then.
Case = tuple[Condition, Decimal, Rich]
HUNDRED = Decimal(100)
ZERO = Decimal(0)


def text_entry(identifier: str, length: int = 0) -> Element:
    """Return a field within a text."""
    attributes = {"expectedLength": str(length)} if length else {}
    return make("textEntryInteraction", responseIdentifier=identifier, **attributes)


def text_cases(identifier: str, body: ShortText) -> list[Case]:
    """Return the answers that can count, in their order."""
    cases: list[Case] = []
    seen: set[str] = set()
    for accepted in body.answers:
        if accepted.pattern and literals(accepted.text.strip()) == ["", ""]:
            cases.append((Answered(identifier), accepted.fraction, accepted.feedback))
            return cases
        text = _text(accepted)
        known = text if body.case_sensitive else folded(text)
        if known not in seen:
            seen.add(known)
            cases.append((TextIs(identifier, text, body.case_sensitive), accepted.fraction, accepted.feedback))
    return cases


def _text(accepted: Accepted) -> str:
    text = unicodedata.normalize("NFC", accepted.text.strip())
    if accepted.pattern:
        pieces = literals(text)
        if len(pieces) > 1:
            raise LeftOut(_("It accepts a pattern with *, which QTI can't mark."))
        text = pieces[0]
    if not text:
        raise LeftOut(_("It accepts an empty answer."))
    return text


def number_cases(identifier: str, body: Numeric) -> list[Case]:
    """Return the numbers that count, in their order; what was said before never does."""
    if body.units:
        raise LeftOut(_("It has units, which QTI can't mark."))
    cases: dict[Condition, Case] = {}
    for one in body.answers:
        condition = _number(identifier, one)
        cases.setdefault(condition, (condition, max(one.fraction, ZERO), one.feedback))
    return list(cases.values())


def _number(identifier: str, accepted: AcceptedNumber) -> Condition:
    value, tolerance = accepted.value, accepted.tolerance
    if value is None:
        if accepted.low is None or accepted.high is None:
            return Answered(identifier)
        return Within(identifier, accepted.low, accepted.high)
    if accepted.rule == Tolerance.GEOMETRIC:
        low, high = limits(Fraction(value), Fraction(tolerance), accepted.rule)
        return Within(identifier, _exact(low), _exact(high))
    if accepted.rule == Tolerance.RELATIVE and value > 0:
        return NumberIs(identifier, value, tolerance * HUNDRED, tolerance * HUNDRED, per_cent=True)
    room = tolerance * abs(value) if accepted.rule == Tolerance.RELATIVE else tolerance
    return NumberIs(identifier, value, room, room)


def _exact(limit: Fraction) -> Decimal:
    found = points(limit, Decimal(1))
    if Fraction(found) != limit or not is_writable(found):
        raise LeftOut(_("It has a geometric tolerance whose limits can't be written exactly."))
    return found


def chain_of(identifier: str, cases: list[Case], mark: Fraction | Decimal) -> Chain:
    """Return the rule that the first that fits counts."""
    told = [(condition, Amount(points(share, _mark(mark)))) for condition, share, _feedback in cases]
    return Chain(cases=tuple(told))


def _mark(mark: Fraction | Decimal) -> Decimal:
    return mark if isinstance(mark, Decimal) else points(mark, Decimal(1))


def write_short_text(question: Question, body: ShortText, texts: Texts) -> Plan:
    """A word or a few."""
    cases = text_cases(RESPONSE, body)
    best = max((share for _condition, share, _feedback in cases), default=ZERO)
    correct = [one.value for one, share, _said in cases if isinstance(one, TextIs) and share == best]
    entries = tuple(
        MapEntry(key=one.value or "", value=points(share, question.mark), case_sensitive=body.case_sensitive)
        for one, share, _said in cases
        if isinstance(one, TextIs)
    )
    rest = [share for one, share, _said in cases if isinstance(one, Answered)]
    mapping = Mapping(entries=entries, default=points(rest[0], question.mark) if rest else ZERO)
    has_feedback = any(feedback for _condition, _share, feedback in cases)
    response = Response(
        identifier=RESPONSE,
        cardinality="single",
        base_type="string",
        correct=tuple(text for text in correct[:1] if text),
        mapping=None if has_feedback or not entries else mapping,
    )
    chain = by_mapping(response) if response.mapping else chain_of(RESPONSE, cases, question.mark)
    return _plan(response, chain, cases)


def write_numeric(question: Question, body: Numeric, texts: Texts) -> Plan:
    """A number."""
    cases = number_cases(RESPONSE, body)
    values = [one.value for one in body.answers if one.value is not None and one.fraction == 1]
    response = Response(
        identifier=RESPONSE,
        cardinality="single",
        base_type="float",
        correct=tuple(say_number(value) for value in values[:1]),
    )
    return _plan(response, chain_of(RESPONSE, cases, question.mark), cases)


def _plan(response: Response, chain: Chain, cases: list[Case]) -> Plan:
    said = [(condition, f"ANSWER-{number}", text) for number, (condition, _share, text) in enumerate(cases, start=1)]
    # An answer with nothing to say still stands in the way of those behind it.
    labelled = LabelChain(cases=tuple((condition, Label(name)) for condition, name, _text in said))
    has_feedback = any(text for _condition, _name, text in said)
    return Plan(
        responses=(response,),
        chains=(chain,),
        block=make("p", text_entry(response.identifier)),
        labels=((FEEDBACK, labelled),) if has_feedback else (),
        said=tuple((FEEDBACK, name, text) for _condition, name, text in said if text),
    )
