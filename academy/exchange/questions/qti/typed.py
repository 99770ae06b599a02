"""What is typed: a word or a number."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.context import Context, Made, blank
from academy.exchange.questions.qti.marks import (
    ONE,
    ZERO,
    Exact,
    Mapped,
    Rule,
    correct_of,
    one_correct,
    rule_of,
    share,
    within,
)
from academy.exchange.questions.qti.refusals import Refused, unknown_rule
from academy.standards.qti.conditions import NUMBERS
from academy.standards.qti.model import Mapping, Response
from academy.standards.qti.reader import number
from academy.standards.qti.rules import Answered, Condition, Correct, Either, NumberIs, TextIs, Within
from academy.standards.qti.tree import Element
from assessments.item_types.bodies import Accepted, AcceptedNumber, Numeric, ShortText, Tolerance
from assessments.item_types.rich import Rich

Points = list[tuple[Condition, Decimal]]
HUNDRED = Decimal(100)


def read_text_entry(context: Context, interaction: Element) -> Made:
    """Return a short text or a number."""
    response = context.response(interaction)
    rule = rule_of(context.marks.only(response), response)
    best = best_of_typed(response, rule)
    full = context.marks.full(best)
    stem = context.stem(blank)
    body = typed_body(context, response, rule, full)
    partial = any(one.fraction != ONE for one in body.answers)
    kind = "numeric" if isinstance(body, Numeric) else "short_text"
    return Made(kind=kind, body=body, stem=stem, full=full, partial=partial)


def best_of_typed(response: Response, rule: Rule) -> Decimal:
    """Return the most that an answer earns."""
    return max([points for _condition, points in _points(response, rule)], default=ZERO)


def typed_body(context: Context, response: Response, rule: Rule, full: Decimal) -> ShortText | Numeric:
    """Return the accepted answers of a response."""
    context.needs(response, "single", "string", *sorted(NUMBERS))
    points = _points(response, rule)
    if response.base_type == "string":
        return _short_text(context, response, points, _rest(rule), full)
    if _rest(rule):
        points.append((Answered(response.identifier), _rest(rule)))
    return Numeric(
        answers=tuple(
            _number(context, response, part, earned, full) for condition, earned in points for part in _parts(condition)
        )
    )


def _rest(rule: Rule) -> Decimal:
    """Return what an answer earns that nobody thought of."""
    if isinstance(rule, Exact):
        return ZERO
    rest = within(rule.mapping, rule.mapping.default) if isinstance(rule, Mapped) else rule.rest
    if rest < 0:
        raise Refused(_("An answer that is not listed loses points. Let it earn 0."))
    return rest


def _points(response: Response, rule: Rule) -> Points:
    if isinstance(rule, Exact):
        correct_of(response)
        return [(Correct(response.identifier), rule.points)]
    if isinstance(rule, Mapped):
        return _mapped(response, rule.mapping)
    return list(rule.cases)


def _mapped(response: Response, mapping: Mapping) -> Points:
    if response.base_type in NUMBERS:
        return [(NumberIs(response.identifier, number(one.key)), within(mapping, one.value)) for one in mapping.entries]
    if len({one.case_sensitive for one in mapping.entries}) > 1:
        raise Refused(_("Capitals count in some of its answers and not in others. Let them count in all, or in none."))
    return [
        (TextIs(response.identifier, one.key, one.case_sensitive), within(mapping, one.value))
        for one in mapping.entries
    ]


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, Either) else (condition,)


def _short_text(context: Context, response: Response, points: Points, rest: Decimal, full: Decimal) -> ShortText:
    answers, cases = [], set()
    for condition, earned in points:
        said = context.say(response.identifier, condition)
        for part in _parts(condition):
            accepted = _accepted(response, part, share(earned, full), said)
            answers.append(accepted)
            if not accepted.pattern:
                cases.add(not isinstance(part, TextIs) or part.case_sensitive)
    if len(cases) > 1:
        raise Refused(_("Capitals count in some of its answers and not in others. Let them count in all, or in none."))
    if not all(one.text for one in answers):
        raise Refused(_("It accepts an empty answer. Remove it."))
    if rest:
        answers.append(Accepted(text="*", fraction=share(rest, full), pattern=True))
    return ShortText(answers=tuple(answers), case_sensitive=cases == {True})


def _accepted(response: Response, condition: Condition, fraction: Decimal, said: Rich) -> Accepted:
    if isinstance(condition, Answered):
        return Accepted(text="*", fraction=fraction, feedback=said, pattern=True)
    if not isinstance(condition, TextIs | Correct):
        raise unknown_rule()
    value = condition.value if isinstance(condition, TextIs) else None
    text = one_correct(response) if value is None else value
    return Accepted(text=unicodedata.normalize("NFC", text).strip(), fraction=fraction, feedback=said)


def _number(
    context: Context, response: Response, condition: Condition, earned: Decimal, full: Decimal
) -> AcceptedNumber:
    fraction = share(earned, full)
    if fraction < 0:
        raise Refused(_("A number loses points. Let it earn 0."))
    feedback = context.say(response.identifier, condition)
    if isinstance(condition, Answered):
        return AcceptedNumber(fraction=fraction, feedback=feedback)
    if isinstance(condition, Within):
        if condition.low is None or condition.high is None:
            raise Refused(_("It accepts all numbers from one on, without an end. Give the range two ends."))
        return AcceptedNumber(low=condition.low, high=condition.high, fraction=fraction, feedback=feedback)
    if isinstance(condition, Correct):
        condition = NumberIs(response.identifier, None)
    if not isinstance(condition, NumberIs):
        raise unknown_rule()
    value = number(one_correct(response)) if condition.value is None else condition.value
    below, above = condition.below, condition.above
    if condition.per_cent:
        below, above = below / HUNDRED, above / HUNDRED
        if below == above and value > 0:
            return AcceptedNumber(
                value=value, tolerance=below, rule=Tolerance.RELATIVE, fraction=fraction, feedback=feedback
            )
        below, above = abs(value) * below, abs(value) * above
    if below == above:
        return AcceptedNumber(value=value, tolerance=below, fraction=fraction, feedback=feedback)
    return AcceptedNumber(low=value - below, high=value + above, fraction=fraction, feedback=feedback)
