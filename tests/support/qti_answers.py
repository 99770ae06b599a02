"""Answers to a question, each as we store it and as an engine of QTI has it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from assessments.item_types import bodies
from assessments.item_types.numeric.rules import limits
from assessments.item_types.questions import Question
from assessments.item_types.sent import alike
from tests.support.qti_engine import Engine

Answer = tuple[Any, dict[str, list[str]]]
T = TypeVar("T")
MOST = 60
CHOSEN = {"single_choice", "multiple_choice", "true_false"}


def pick(listed: list[T], turn: int, place: int) -> T:
    """Return one of several, another in each turn, and not the same step in each place."""
    return listed[(turn * (place + 1) + place * 3) % len(listed)]


def answers(question: Question, engine: Engine) -> list[Answer]:
    """Return answers that are right, wrong and between, and none."""
    found = _KINDS[question.kind](question.body, engine)
    return [*found[:MOST], ({} if question.kind not in CHOSEN else [], {})]


def _single(body: bodies.SingleChoice, engine: Engine) -> list[Answer]:
    return [([option.key], {"RESPONSE": [option.key]}) for option in body.options]


def _true_false(body: bodies.TrueFalse, engine: Engine) -> list[Answer]:
    return [([word], {"RESPONSE": [word]}) for word in ("true", "false")]


def _multiple(body: bodies.MultipleChoice, engine: Engine) -> list[Answer]:
    keys = [option.key for option in body.options]
    most = body.most or len(keys)
    chosen = [list(some) for count in range(1, most + 1) for some in itertools.combinations(keys, count)]
    return [(some, {"RESPONSE": some}) for some in chosen]


def _texts(body: bodies.ShortText) -> list[str]:
    given = [answer.text for answer in body.answers]
    return [*given, *(text.upper() for text in given if text.isascii()), *(f"{text}x" for text in given), "?"]


def _short_text(body: bodies.ShortText, engine: Engine) -> list[Answer]:
    return [({"text": text}, {"RESPONSE": [text]}) for text in _texts(body)]


def _numbers(body: bodies.Numeric) -> list[str]:
    found: set[Decimal] = {Decimal(0), Decimal("12345.678")}
    step = Decimal("0.0001")
    for one in body.answers:
        edges = [one.low, one.high] if one.low is not None else []
        if one.value is not None:
            room = limits(Fraction(one.value), Fraction(one.tolerance), one.rule)
            edges = [one.value, *(Decimal(edge.numerator) / Decimal(edge.denominator) for edge in room)]
        for edge in edges:
            if edge is not None:
                found |= {edge, edge - step, edge + step}
    return [format(number, "f") for number in sorted(found)]


def _numeric(body: bodies.Numeric, engine: Engine) -> list[Answer]:
    return [({"number": text, "unit": ""}, {"RESPONSE": [text]}) for text in _numbers(body)]


def _matching(body: bodies.Matching, engine: Engine) -> list[Answer]:
    names = {alike("".join(one.itertext())): engine.get(one, "identifier") for one in engine.all("simpleMatchSet")[1]}
    keys = [pair.key for pair in body.pairs]
    right = {pair.key: alike(pair.match) for pair in body.pairs}
    given = [right, dict(list(right.items())[:1])]
    given += [{key: pick(sorted(names), turn, place) for place, key in enumerate(keys)} for turn in range(12)]
    return [
        ({"pairs": pairs}, {"RESPONSE": [f"S-{key} {names[text]}" for key, text in pairs.items()]}) for pairs in given
    ]


def _ordering(body: bodies.Ordering, engine: Engine) -> list[Answer]:
    orders = [list(order) for order in itertools.permutations(step.key for step in body.steps)]
    return [({"order": order}, {"RESPONSE": order}) for order in orders]


def _gap_fill(body: bodies.GapFill, engine: Engine) -> list[Answer]:
    fields = engine.all("inlineChoiceInteraction")
    names = [{alike(one.text or ""): engine.get(one, "identifier") for one in field} for field in fields]
    right = [alike(body.words[number - 1].text) for number in body.gaps]
    given: list[list[str | None]] = [list(right)]
    given += [[pick([None, *sorted(listed)], turn, place) for place, listed in enumerate(names)] for turn in range(12)]
    return [
        (
            {"gaps": texts},
            {
                engine.get(field, "responseIdentifier"): [listed[text]]
                for field, listed, text in zip(fields, names, texts, strict=True)
                if text is not None
            },
        )
        for texts in given
        if any(texts)
    ]


def _cloze(body: bodies.Cloze, engine: Engine) -> list[Answer]:
    parts = [_gap(gap) for gap in body.gaps]
    chosen = [[one[0] for one in parts]]
    chosen += [[pick([*one, None], turn, place) for place, one in enumerate(parts)] for turn in range(25)]
    return [
        (
            {"gaps": [one[0] if one else None for one in some]},
            {f"GAP-{number}": [one[1]] for number, one in enumerate(some, start=1) if one},
        )
        for some in chosen
        if any(some)
    ]


def _gap(gap: bodies.Gap) -> list[tuple[Any, str]]:
    if gap.single_choice:
        return [([option.key], option.key) for option in gap.single_choice.options]
    if gap.short_text:
        return [({"text": text}, text) for text in _texts(gap.short_text)]
    assert gap.numeric
    return [({"number": text, "unit": ""}, text) for text in _numbers(gap.numeric)]


_KINDS: dict[str, Callable[[Any, Engine], list[Answer]]] = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "true_false": _true_false,
    "short_text": _short_text,
    "numeric": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "gap_fill": _gap_fill,
    "cloze": _cloze,
}
