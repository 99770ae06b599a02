"""Responses marked against the questions of a file. Stores nothing and asks no database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.judging import Judged
from academy.exchange.questions.qti.truths import truths
from assessments.item_types import InvalidResponse, item_type
from assessments.item_types.questions import Question
from assessments.item_types.shape import seven_places

# Nearer to all or to nothing than seven places tell apart after a sum of them.
NEARLY = Decimal("0.000001")
LOCALES = ("comma", "point")
EMPTY: tuple[Any, ...] = ("", [], {})
WITH_GAPS = {"gap_fill", "cloze"}
WORDS = {"true": True, "false": False}


class BadResponses(ValueError):
    """The responses cannot be read; the message says why."""


class State(StrEnum):
    """What became of a response."""

    RIGHT = "right"
    PARTLY_RIGHT = "partly_right"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    # A person must mark it.
    NEEDS_MARKING = "needs_marking"
    # It earns nothing by its nature, whatever is answered: a confidence.
    NOT_MARKED = "not_marked"
    # The question was refused when the file was read.
    REFUSED = "refused"
    # The file has no question of that name.
    UNKNOWN = "unknown"
    # The response does not fit the question.
    INVALID = "invalid"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One response: to the question of which name, and what."""

    item: str
    response: Mapping[str, Any]
    comma: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """What a response earns. ``fraction`` is None where a person must mark, or nothing is to be marked."""

    item: str
    state: State
    fraction: Decimal | None = None
    message: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it for other programs: the fraction with exactly seven places."""
        told = {"item": self.item, "fraction": None if self.fraction is None else f"{self.fraction:.7f}"}
        return {**told, "state": str(self.state), **({"message": self.message} if self.message else {})}


def read_responses(data: bytes) -> tuple[Asked, ...]:
    """Read a list of responses. Raises BadResponses."""
    try:
        rows = json.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise BadResponses(_("The responses are nested too deeply.")) from None
    except ValueError as error:
        raise BadResponses(_("The responses are not JSON in UTF-8: %(error)s.") % {"error": error}) from None
    if not isinstance(rows, list):
        raise BadResponses(_('The responses must be a list, as in [{"item": "Q1", "response": {}}].'))
    return tuple(_asked(row, number) for number, row in enumerate(rows, 1))


def _asked(row: Any, number: int) -> Asked:
    if not isinstance(row, dict) or not isinstance(row.get("item"), str):
        raise BadResponses(_("Response %(number)d has no “item” with the name of a question.") % {"number": number})
    if not isinstance(row.get("response"), dict):
        raise BadResponses(_("Response %(number)d has no “response”; {} is no answer.") % {"number": number})
    locale = row.get("locale", "point")
    if locale not in LOCALES:
        raise BadResponses(_("The “locale” of response %(number)d is neither comma nor point.") % {"number": number})
    return Asked(item=row["item"], response=row["response"], comma=locale == "comma")


class Names:
    """Questions by name, by code, and by name and place where several have it: ``Q1#2``."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        self._known: dict[str, Judged] = {}
        seen: Counter[str] = Counter()
        for one in judged:
            seen[one.called] += 1
            self._known.setdefault(f"{one.called}#{seen[one.called]}", one)
        for spelt in (_called, _plainly_called, _coded):
            for one in judged:
                self._known.setdefault(spelt(one), one)
        self._known.pop("", None)

    def find(self, name: str) -> Judged | None:
        """Return the question of that name, whatever blanks are in it."""
        return self._known.get(name) or self._known.get(" ".join(name.split()))


def _called(judged: Judged) -> str:
    return judged.called


def _plainly_called(judged: Judged) -> str:
    return " ".join((judged.name or judged.called).split())


def _coded(judged: Judged) -> str:
    return judged.code


def mark_all(judged: Sequence[Judged], responses: Sequence[Asked]) -> list[Marked]:
    """Return what each response earns, in the same order."""
    names = Names(judged)
    return [_marked(names.find(asked.item), asked) for asked in responses]


def _marked(judged: Judged | None, asked: Asked) -> Marked:
    if judged is None:
        return Marked(item=asked.item, state=State.UNKNOWN)
    if not judged.good or judged.question is None:
        return Marked(item=asked.item, state=State.REFUSED, message=" ".join(judged.problems))
    try:
        return mark_one(judged.question, asked)
    except InvalidResponse as error:
        return Marked(item=asked.item, state=State.INVALID, message=str(error))


def mark_one(question: Question, asked: Asked) -> Marked:
    """Return what a response to a question earns. Raises InvalidResponse."""
    functions = item_type(question.kind)
    given = _in_words_of_the_kind(question, asked.response)
    response = functions.from_outside(question.body, question.stem, given, comma=asked.comma) if given else None
    if response is None or response in EMPTY:
        return Marked(item=asked.item, state=State.UNANSWERED)
    fraction = functions.mark(question.body, response)
    if fraction is None:
        state = State.NEEDS_MARKING if functions.marked_by_person else State.NOT_MARKED
        return Marked(item=asked.item, state=state)
    return Marked(item=asked.item, state=_state(fraction), fraction=seven_places(fraction) + 0)


def _in_words_of_the_kind(question: Question, response: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the response; a choice of true or false as such, and one word for the only gap as its list."""
    if len(response) != 1:
        return response
    chosen = response.get("choice")
    if question.kind == "true_false" and isinstance(chosen, str):
        true, false = truths(question.language)
        words = {**WORDS, true.casefold(): True, false.casefold(): False}
        word = chosen.strip().casefold()
        return {"boolean": words[word]} if word in words else response
    said = response.get("choice", response.get("text"))
    if question.kind in WITH_GAPS and isinstance(said, str) and len(question.body.gaps) == 1:
        return {"gaps": [said]}
    return response


def _state(fraction: Decimal) -> State:
    if fraction >= 1 - NEARLY:
        return State.RIGHT
    return State.WRONG if fraction <= NEARLY else State.PARTLY_RIGHT
