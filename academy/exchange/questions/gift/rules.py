"""What Moodle would refuse, or would mark otherwise than anybody means it. Both directions ask here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from academy.exchange.questions.untypable import untypable
from assessments.item_types.bodies import (
    ONE,
    ZERO,
    Accepted,
    AcceptedNumber,
    MultipleChoice,
    MultipleRule,
    Numeric,
    Option,
    ShortText,
    SingleChoice,
)
from assessments.item_types.shape import exact

WILDCARD = re.compile(r"(?<!\\)\*")
# Moodle rounds the sum of fractions to two places.
_LEAST_SUM, _BELOW_SUM = Fraction(995, 1000), Fraction(1005, 1000)


def share(option: Option) -> Decimal:
    """Return what one option earns where only one is chosen."""
    if option.fraction is not None:
        return option.fraction
    return ONE if option.correct else ZERO


def weights(options: Sequence[Option]) -> list[Fraction]:
    """Return what each option adds where several are chosen by weight."""
    equal = Fraction(1, max(1, sum(option.correct for option in options)))
    return [
        exact(option.fraction) if option.fraction is not None else equal if option.correct else Fraction(0)
        for option in options
    ]


def refusals(body: object) -> list[str]:
    """Return a sentence for each thing that keeps a body out of GIFT, in or out."""
    match body:
        case SingleChoice(options=options):
            return _repeated(options) + _best([share(option) for option in options])
        case MultipleChoice(options=options, rule=rule):
            return _repeated(options) + (_sum(options) if rule == MultipleRule.WEIGHTS else [])
        case ShortText(answers=answers):
            return _best([answer.fraction for answer in answers]) + _short_text(answers)
        case Numeric(answers=numbers):
            return _best([number.fraction for number in numbers]) + _numeric(numbers)
    return []


def _best(shares: Sequence[Decimal]) -> list[str]:
    best = max(shares, default=ZERO)
    if best == ONE:
        return []
    message = _("The best answer earns %(percent)s %% of the mark. Give one answer all of it.")
    return [message % {"percent": format((best * 100).normalize(), "f")}]


def _sum(options: Sequence[Option]) -> list[str]:
    total = sum((weight for weight in weights(options) if weight > 0), Fraction(0))
    if _LEAST_SUM <= total < _BELOW_SUM:
        return []
    percent = format(round(Decimal(total.numerator * 100) / Decimal(total.denominator), 2).normalize(), "f")
    message = _(
        "The weights of the right answers make %(percent)s %% together. Make it 100 %%; where only one answer is right, "
        "begin it with =."
    )
    return [message % {"percent": percent}]


def _repeated(options: Sequence[Option]) -> list[str]:
    texts = [" ".join(option.text.text.split()) for option in options]
    twice = sorted({text for text, count in _counts(texts).items() if count > 1})
    return [_("The answer “%(text)s” is there twice. Remove or change one.") % {"text": text[:60]} for text in twice]


def _counts(texts: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    return counts


def _short_text(answers: Sequence[Accepted]) -> list[str]:
    found = []
    for number, answer in enumerate(answers, start=1):
        if answer.text != answer.text.strip() or "\n" in answer.text:
            message = _("The answer “%(text)s” has a line break, or a blank at an end, that nobody types. Remove it.")
            found.append(message % {"text": " ".join(answer.text.split())[:60]})
        if problem := untypable(answer.text):
            found.append(problem)
        if answer.pattern and not answer.text.strip("*"):
            found += _catch_all(answer.fraction, last=number == len(answers))
    return found


def _numeric(numbers: Sequence[AcceptedNumber]) -> list[str]:
    found = []
    for place, number in enumerate(numbers, start=1):
        if number.value is None and number.low is None and number.high is None:
            found += _catch_all(number.fraction, last=place == len(numbers))
        if number.tolerance < 0:
            message = _("The tolerance %(number)s is below zero. Write it without its sign.")
            found.append(message % {"number": number.tolerance})
        if number.low is not None and number.high is not None and number.low > number.high:
            message = _("The range from %(low)s to %(high)s is empty. Write the lower number first.")
            found.append(message % {"low": number.low, "high": number.high})
    return found


def _catch_all(fraction: Decimal, *, last: bool) -> list[str]:
    found = []
    if fraction == ONE:
        found.append(_("Every answer would be right because of “*”. Write what is right, or \\* for a star."))
    if not last:
        found.append(_("No answer after “*” is ever looked at. Move “*” to the end."))
    return found
