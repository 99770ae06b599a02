"""Right answers to questions, and answers made by chance, as forms send them."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from assessments.item_types import InvalidResponse, bodies
from assessments.item_types.matching import field as match_field
from assessments.item_types.ordering import fields
from assessments.item_types.short_text.patterns import example

UUID = "5f0b1a3e-8f43-4f0e-9d0e-0a8b1c2d3e4f"

Form = dict[str, list[str]]


def chance(seed: int = 1) -> random.Random:
    """Return a chance that can be repeated."""
    return random.Random(seed)  # noqa: S311 -- an order to be repeated, not a secret


def tried(function: Callable[..., Any], *args: Any) -> Any:
    """Return the response that comes of it, or as a text the sentence with which it was refused."""
    try:
        return function(*args)
    except InvalidResponse as error:
        return str(error)


def right_form(body: Any) -> Form:
    """Return a form that earns the full mark, or one that a person would mark."""
    return _RIGHT[type(body)](body)


def _right_options(body: Any) -> list[str]:
    return [option.key for option in body.options if option.correct]


def _right_number(body: bodies.Numeric) -> Form:
    best = next(one for one in body.answers if one.fraction == 1)
    value = best.value if best.value is not None else best.low if best.low is not None else Decimal(0)
    return {"number": [f"{value:f}"], "unit": [body.units[0].name] if body.units else []}


def _right_cloze(body: bodies.Cloze) -> Form:
    form: Form = {}
    for number, gap in enumerate(body.gaps, start=1):
        part = gap.single_choice or gap.multiple_choice or gap.short_text or gap.numeric
        values = right_form(part)
        unit = values.pop("unit", [])
        form[f"gap-{number}"] = next(iter(values.values()))
        form[f"gap-{number}-unit"] = unit
    return form


def _right_order(body: bodies.Ordering) -> Form:
    return {fields(body)[step.key]: [str(place)] for place, step in enumerate(body.steps, start=1)}


def _file(body: bodies.FileUpload) -> Form:
    return {"file": [UUID], f"file-{UUID}-name": [f"report{body.types[0]}"], f"file-{UUID}-size": ["1024"]}


_RIGHT: dict[type, Any] = {
    bodies.SingleChoice: lambda body: {"option": _right_options(body)},
    bodies.MultipleChoice: lambda body: {"option": _right_options(body)},
    bodies.TrueFalse: lambda body: {"option": ["true" if body.answer else "false"]},
    bodies.ShortText: lambda body: {"text": [next(example(one) for one in body.answers if one.fraction == 1)]},
    bodies.Numeric: _right_number,
    bodies.Matching: lambda body: {match_field(pair): [pair.match] for pair in body.pairs},
    bodies.Ordering: _right_order,
    bodies.GapFill: lambda body: {
        f"gap-{place}": [body.words[number - 1].text] for place, number in enumerate(body.gaps, start=1)
    },
    bodies.Cloze: _right_cloze,
    bodies.OpenText: lambda body: {"text": [" ".join(["word"] * max(1, body.least_words))]},
    bodies.FileUpload: _file,
    bodies.SelfRating: lambda body: {"rating": ["0"]},
}


@st.composite
def forms(draw: st.DrawFn, body: Any) -> Form:
    """A right form with some of its fields left out, filled with those of others, or with anything."""
    right = right_form(body)
    values = [value for field in right.values() for value in field]
    strange = st.text(max_size=20) | st.sampled_from(["", " ", "0", "1", "-1", "1e400", "9" * 400, "*", "\0", "\ud800"])
    value = st.sampled_from(values) | strange if values else strange
    return {
        field: draw(st.just(kept) | st.lists(value, max_size=2))
        for field, kept in right.items()
        if draw(st.integers(0, 3))
    }
