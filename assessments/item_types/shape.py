"""What every kind of question can do, and what several of them share."""

from __future__ import annotations

import random
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Generic, TypeVar

from django.http import QueryDict

from assessments.item_types import codec
from assessments.item_types.rich import EMPTY, Rich

B = TypeVar("B")
# What a version stores, as JSON; the shape is that of the kind's body.
Content = dict[str, Any]
# What an answer stores, as JSON. Empty means not answered, in every kind.
Response = Any
# What a form sent: the values of each field name.
Sent = Mapping[str, Sequence[str]]

SEVEN_PLACES = Decimal("0.0000001")
HALF_A_PLACE = Fraction(SEVEN_PLACES) / 2
ZERO, ONE = Decimal(0), Decimal(1)


class InvalidResponse(Exception):
    """The answer can't be one to this question; the message says so to the learner."""


class Verdict(StrEnum):
    """How one part of an answer was judged."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    # Nothing to judge: an option that was rightly left alone, a word of explanation.
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One line of a result, after keys are released: an option, a gap, a pair, an accepted answer.

    ``given`` is what the learner said here and ``right`` what would have been right, both empty where that is said by
    ``chosen`` and ``correct``.
    """

    label: Rich
    chosen: bool = False
    correct: bool = False
    given: str = ""
    right: str = ""
    verdict: Verdict = Verdict.NONE
    feedback: Rich = EMPTY


class ItemType(ABC, Generic[B]):
    """One kind of question. Its body is a frozen dataclass; everything else is said of a body.

    A kind is a folder: this class in its ``__init__``, the form of the CMS in ``editor``, the learner's fields in
    ``learner.html``.
    """

    kind: ClassVar[str]
    # The way of marking and its version: stored with each mark, so that a mark can be explained later.
    scheme: ClassVar[str]
    body: ClassVar[type[Any]]
    # False: a text between questions.
    asks: ClassVar[bool] = True
    # True: no rule gives the mark.
    marked_by_person: ClassVar[bool] = False
    # True: an answer may hold anything, and is forgotten with its person.
    own_words: ClassVar[bool] = False
    # True: an answer has parts, each of which is right or wrong.
    of_parts: ClassVar[bool] = False
    # True: an answer comes with files, which are stored before it is parsed.
    takes_files: ClassVar[bool] = False
    # False: an answer earns nothing by its nature (a confidence, a description).
    counts: ClassVar[bool] = True

    def load(self, content: Content) -> B:
        """Import: return the body of what is stored. Raises codec.InvalidContent."""
        return codec.load(self.body, content)

    def dump(self, body: B) -> Content:
        """Export: return the JSON of a body, the documented form of our own."""
        content: Content = codec.dump(body)
        return content

    @abstractmethod
    def problems(self, body: B) -> list[str]:
        """Validate: return a sentence for each thing that keeps the question from being asked."""

    def advice(self, body: B) -> list[str]:
        """Return a sentence for each thing that would make it better, and keeps nothing back."""
        return []

    def stem_problems(self, body: B, stem: Rich) -> list[str]:
        """Return a sentence for each thing in which a stem and its body do not fit together."""
        return []

    @abstractmethod
    def texts(self, body: B) -> tuple[Rich, ...]:
        """Return every text that may hold markup or name a picture."""

    def arrange(self, body: B, chance: random.Random) -> Any:
        """Return in which order this learner sees the parts, as JSON; stored with the attempt."""
        return []

    @abstractmethod
    def present(self, body: B, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        """Render: return what the learner's template needs. Holds no key and no feedback."""

    @abstractmethod
    def parse(self, body: B, sent: Sent) -> Response:
        """Return the response as it is stored; not empty. Raises InvalidResponse."""

    @abstractmethod
    def mark(self, body: B, response: Response) -> Decimal | None:
        """Return the fraction of the full mark, at most 1; None where a person must mark or nothing is to be marked.

        An empty response earns 0. Same body and response, same fraction, for ever: a change is a new ``scheme``.
        """

    @abstractmethod
    def review(self, body: B, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        """Return the answer beside what is right, part by part."""

    def without_wrong(self, body: B, response: Response) -> Response:
        """Return the answer with its wrong parts emptied; one that is not of parts is wrong as a whole."""
        return []

    def spoken(self, body: B, stem: Rich, arrangement: Any, response: Response) -> tuple[str, ...]:
        """Return what somebody answered in plain words, without a word on whether it is right."""
        parts = self.review(body, stem, arrangement, response)
        return tuple(part.given or str(part.label) for part in parts if part.given or part.chosen)

    @abstractmethod
    def outline(self, body: B) -> dict[str, Any]:
        """Return what ``import_questions --json`` prints of the body, beside name, type and text."""

    @abstractmethod
    def from_outside(self, body: B, stem: Rich, response: Mapping[str, Any], *, comma: bool = False) -> Response:
        """Return a response of ``mark_responses`` as it is stored. ``comma``: numbers have decimal commas.

        Raises InvalidResponse when it names an option that is not there, or is of another kind's shape.
        """


def sent_of(data: QueryDict) -> dict[str, list[str]]:
    """Return what a form sent: the values of each field."""
    return {name: [str(value) for value in values] for name, values in data.lists()}


def seven_places(share: Fraction | Decimal) -> Decimal:
    """Return a fraction of the full mark as it is stored, a half away from zero as databases round."""
    exact_share = Fraction(share)
    return (Decimal(exact_share.numerator) / Decimal(exact_share.denominator)).quantize(SEVEN_PLACES, ROUND_HALF_UP)


def fraction(part: int, whole: int) -> Decimal:
    """Return part / whole, not below zero, to seven places."""
    return seven_places(max(Fraction(0), Fraction(part, whole)))


def exact(share: Decimal) -> Fraction:
    """Return the fraction that seven places stand for: 0.3333333 is a third, 0.9996 is what it says.

    Two fractions with denominators up to a thousand differ by more than seven places round.
    """
    stored = Fraction(share)
    simple = stored.limit_denominator(1000)
    return simple if abs(simple - stored) <= HALF_A_PLACE else stored
