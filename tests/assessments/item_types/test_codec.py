"""Bodies as JSON and back: nothing is lost, and what does not fit is refused with its place."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from assessments.item_types import bodies, item_type
from assessments.item_types.codec import InvalidContent, dump, load
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich, TextFormat
from tests.support.bodies_of_questions import questions
from tests.support.texts_of_questions import examples


@examples(200)
@given(question=questions())
def test_body_survives_its_json(question: Question) -> None:
    functions = item_type(question.kind)

    assert functions.load(json.loads(json.dumps(functions.dump(question.body)))) == question.body


def test_fields_at_their_default_are_left_out() -> None:
    option = bodies.Option(key="a", text=Rich("A"), correct=True)

    assert dump(bodies.SingleChoice(options=(option,))) == {"options": [{"key": "a", "text": "A", "correct": True}]}
    assert dump(bodies.Description()) == {}


def test_every_kind_of_field_is_plain_json() -> None:
    body = bodies.Numeric(
        answers=(bodies.AcceptedNumber(value=Decimal("1.50"), feedback=Rich("<b>x</b>", TextFormat.HTML)),),
        unit_rule=bodies.UnitRule.OF_MARK,
        unit_list=True,
    )

    assert dump(body) == {
        "answers": [{"value": "1.50", "feedback": {"text": "<b>x</b>", "format": "html"}}],
        "unit_rule": "of_mark",
        "unit_list": True,
    }


OPTION = {"key": "a", "text": "A", "correct": True}


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (bodies.SingleChoice, [], "content must be an object."),
        (bodies.SingleChoice, None, "content must be an object."),
        (bodies.SingleChoice, {"options": {}}, "content.options must be a list."),
        (bodies.SingleChoice, {"options": [7]}, "content.options[0] must be an object."),
        (bodies.SingleChoice, {"options": [], "__class__": 1}, "content.__class__ is not known."),
        (
            bodies.SingleChoice,
            {"options": [OPTION, {**OPTION, "correct": 1}]},
            "content.options[1].correct: 1 does not fit.",
        ),
        (bodies.SingleChoice, {"options": [{**OPTION, "key": None}]}, "content.options[0].key: None does not fit."),
        (bodies.SingleChoice, {"options": [{**OPTION, "text": 7}]}, "content.options[0].text: 7 does not fit."),
        (
            bodies.SingleChoice,
            {"options": [{**OPTION, "fraction": "NaN"}]},
            "content.options[0].fraction: 'NaN' does not fit.",
        ),
        (
            bodies.SingleChoice,
            {"options": [{**OPTION, "fraction": "1E+999999999"}]},
            "content.options[0].fraction: '1E+999999999' does not fit.",
        ),
        (
            bodies.SingleChoice,
            {"options": [{**OPTION, "fraction": 101 * "9"}]},
            f"content.options[0].fraction: '{59 * '9'} does not fit.",
        ),
        (
            bodies.SingleChoice,
            {"options": [{**OPTION, "fraction": 0.5}]},
            "content.options[0].fraction: 0.5 does not fit.",
        ),
        (
            bodies.SingleChoice,
            {"options": [{**OPTION, "fraction": True}]},
            "content.options[0].fraction: True does not fit.",
        ),
        (
            bodies.SingleChoice,
            {"options": [{**OPTION, "fraction": "1,5"}]},
            "content.options[0].fraction: '1,5' does not fit.",
        ),
        (bodies.MultipleChoice, {"options": [], "rule": "any"}, "content.rule: 'any' does not fit."),
        (bodies.MultipleChoice, {"options": [], "least": True}, "content.least: True does not fit."),
        (bodies.Cloze, {"gaps": [{"numeric": {"answers": 7}}]}, "content.gaps[0].numeric.answers must be a list."),
        (bodies.Cloze, {"gaps": [{"numeric": "x" * 500}]}, "content.gaps[0].numeric must be an object."),
    ],
    ids=range(18),
)
def test_content_of_another_shape_is_refused_with_its_place(kind: type[Any], value: Any, message: str) -> None:
    with pytest.raises(InvalidContent) as refusal:
        load(kind, value)

    assert str(refusal.value) == message


@pytest.mark.parametrize("name", ["options", "key"])
def test_missing_field_is_named(name: str) -> None:
    value: dict[str, Any] = {} if name == "options" else {"options": [{"text": "A", "correct": True}]}

    with pytest.raises(InvalidContent, match=f"'{name}'"):
        load(bodies.SingleChoice, value)


def test_refusal_quotes_little_of_what_is_long() -> None:
    with pytest.raises(InvalidContent) as refusal:
        load(bodies.MultipleChoice, {"options": [], "rule": "x" * 10_000})

    assert len(str(refusal.value)) < 120


def test_none_is_a_gap_of_another_kind() -> None:
    assert load(bodies.Gap, {"numeric": None}) == bodies.Gap()
