"""What every kind of question can do, and what choice questions share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

Content = dict[str, Any]
Response = list[str]

SEVEN_PLACES = Decimal("0.0000001")
HALF_A_PLACE = Fraction(SEVEN_PLACES) / 2


class InvalidResponse(Exception):
    """The answer can't be one to this question; the message says so to the learner."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One option of a choice question."""

    key: str
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemType:
    """The functions of one kind. ``scheme`` names the way of marking and its version, and is stored with each mark."""

    scheme: str
    # content -> sentences that say what is wrong with it; none when it is ready.
    validate: Callable[[Content], list[str]]
    # content, what the form sent -> the response as stored; raises InvalidResponse.
    parse: Callable[[Content, Sequence[str]], Response]
    # content, response (empty: not answered) -> fraction of the full mark, 0 to 1.
    mark: Callable[[Content, Response], Decimal]


def options_of(content: Content) -> tuple[Option, ...]:
    """Return the options in the author's order."""
    return tuple(Option(**option) for option in content["options"])


def option_problems(content: Content) -> list[str]:
    """Say what is wrong with a set of options, whatever the kind."""
    options = content.get("options")
    if not isinstance(options, list) or len(options) < 2:
        return [_("Give at least two options.")]
    problems = []
    texts = [str(option.get("text", "")).strip() for option in options]
    keys = [option.get("key") for option in options]
    if not all(texts):
        problems.append(_("Give each option a text."))
    if len(set(texts)) < len(texts):
        problems.append(_("Two options have the same text: make them differ."))
    if len(set(keys)) < len(keys) or not all(isinstance(key, str) and key for key in keys):
        problems.append(_("Each option needs a key of its own."))
    if not any(option.get("correct") for option in options):
        problems.append(_("Mark at least one option as right."))
    if not all(str(option.get("feedback", "")).strip() for option in options):
        problems.append(_("Give each option feedback that says why."))
    return problems


def known_keys(content: Content, sent: Sequence[str]) -> Response:
    """Return what was sent in the author's order, each once; raise InvalidResponse for a key that is not there."""
    keys = [option.key for option in options_of(content)]
    if set(sent) - set(keys):
        raise InvalidResponse(_("That is not one of the options. Choose again."))
    return [key for key in keys if key in sent]


def fraction(part: int, whole: int) -> Decimal:
    """Return part / whole, not below zero, to seven places."""
    return max(Decimal(0), Decimal(part) / Decimal(whole)).quantize(SEVEN_PLACES, ROUND_HALF_EVEN)


def exact(share: Decimal) -> Fraction:
    """Return the fraction that seven places stand for: 0.3333333 is a third, 0.9996 is what it says.

    Two fractions with denominators up to a thousand differ by more than seven places round.
    """
    stored = Fraction(share)
    simple = stored.limit_denominator(1000)
    return simple if abs(simple - stored) <= HALF_A_PLACE else stored
