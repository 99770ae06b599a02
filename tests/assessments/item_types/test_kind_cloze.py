"""A text with small questions in it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from assessments.item_types import InvalidResponse, codec
from assessments.item_types.bodies import (
    Accepted,
    AcceptedNumber,
    Cloze,
    Gap,
    MultipleChoice,
    Numeric,
    Option,
    ShortText,
    SingleChoice,
    Unit,
)
from assessments.item_types.cloze import TYPE
from assessments.item_types.rich import EMPTY, Rich
from assessments.item_types.shape import Verdict
from tests.support.answers_of_questions import chance

STEM = Rich("A {#1} b {#2} c {#3} d {#4}.")
UNIT = (Unit(name="m"), Unit(name="cm", multiplier=Decimal(100)))


def option(key: str, share: str, *, feedback: str = "") -> Option:
    return Option(
        key=key,
        text=Rich(f"option {key}"),
        correct=Decimal(share) > 0,
        fraction=Decimal(share),
        feedback=Rich(feedback),
    )


SINGLE = SingleChoice(
    options=(
        Option(key="a", text=Rich("option a"), correct=True, feedback=Rich("Well.")),
        Option(key="b", text=Rich("option b"), correct=False, fraction=Decimal("-0.5")),
        Option(key="c", text=Rich("option c"), correct=False, fraction=Decimal("0.3333333")),
    )
)
SEVERAL = MultipleChoice(options=(
    Option(key="a", text=Rich("option a"), correct=True, feedback=Rich("First.")),
    Option(key="b", text=Rich("option b"), correct=True, feedback=Rich("Second.")),
    Option(key="c", text=Rich("option c"), correct=False),
))  # fmt: skip
TEXT = ShortText(
    answers=(Accepted(text="Paris"), Accepted(text="London", fraction=Decimal("0.5"), feedback=Rich("Near.")))
)
NUMBER = Numeric(answers=(AcceptedNumber(value=Decimal(5)),), units=UNIT)
BODY = Cloze(
    gaps=(
        Gap(single_choice=SINGLE),
        Gap(multiple_choice=SEVERAL, weight=2, layout="vertical"),
        Gap(short_text=TEXT),
        Gap(numeric=NUMBER, weight=3),
    )
)
RIGHT = {"gaps": [["a"], ["a", "b"], {"text": "Paris"}, {"number": "5", "unit": "m"}]}


@pytest.mark.parametrize(
    ("gaps", "share"),
    [
        (RIGHT["gaps"], "1.0000000"),
        ([["a"], None, None, None], "0.1428571"),
        ([["b"], None, None, None], "-0.0714286"),
        ([["c"], ["a"], {"text": "london"}, None], "0.2619048"),
        ([None, ["a", "c"], {"text": "Rome"}, {"number": "5", "unit": ""}], "0.4285714"),
        ([None, None, None, {"number": "500", "unit": "cm"}], "0.4285714"),
    ],
)
def test_mark_is_the_weighted_mean(gaps: list[Any], share: str) -> None:
    assert f"{TYPE.mark(BODY, {'gaps': gaps}):f}" == share


@pytest.mark.parametrize(
    ("share", "mark"), [("0.3333333", "0.6666667"), ("0.6666667", "0.8333334"), ("-0.3333333", "0.3333334")]
)
def test_mark_rounds_a_half_as_databases_do(share: str, mark: str) -> None:
    other = ShortText(answers=(Accepted(text="a"), Accepted(text="b", fraction=Decimal(share))))
    body = Cloze(gaps=(Gap(short_text=TEXT), Gap(short_text=other)))

    assert f"{TYPE.mark(body, {'gaps': [{'text': 'Paris'}, {'text': 'b'}]}):f}" == mark


def test_mark_all_or_nothing() -> None:
    body = Cloze(gaps=BODY.gaps, all_or_nothing=True)

    assert TYPE.mark(body, RIGHT) == 1
    assert TYPE.mark(body, {"gaps": [*RIGHT["gaps"][:3], None]}) == 0


def test_parse_reads_each_gap_as_its_own_kind() -> None:
    sent = {
        "gap-1": ["a"],
        "gap-2": ["b", "a"],
        "gap-3": [" Paris "],
        "gap-4": ["5"],
        "gap-4-unit": ["m"],
        "option": ["c"],
        "text": ["Rome"],
    }

    assert TYPE.parse(BODY, sent) == RIGHT
    assert TYPE.parse(BODY, {"gap-1": [""], "gap-3": ["x"]}) == {"gaps": [None, None, {"text": "x"}, None]}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Fill at least one gap."),
        ({"gap-1": ["", " "], "gap-9": ["a"]}, "Fill at least one gap."),
        ({"gap-1": ["x"]}, "Gap 1: That is not one of the options. Choose again."),
        ({"gap-1": ["a", "b"]}, "Gap 1: Choose one answer."),
        ({"gap-3": ["x" * 1001]}, "Gap 3: Write at most 1000 characters."),
        ({"gap-4": ["x"]}, "Gap 4: Write a number, such as 2.5."),
    ],
)
def test_parse_refuses(sent: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refused:
        TYPE.parse(BODY, sent)

    assert str(refused.value) == sentence


def test_present_has_each_gap_with_its_own_field_where_it_stands() -> None:
    shown = TYPE.present(BODY, Rich("{#2} then {#1}, {#3}, {#4}"), TYPE.arrange(BODY, chance()), RIGHT)

    assert shown["pieces"] == ("<p>", " then ", ", ", ", ", "</p>")
    assert [(gap["kind"], gap["field"], gap["layout"]) for gap in shown["gaps"]] == [
        ("multiple_choice", "gap-2", "vertical"),
        ("single_choice", "gap-1", "list"),
        ("short_text", "gap-3", "list"),
        ("numeric", "gap-4", "list"),
    ]
    assert shown["gaps"][2]["text"] == "Paris"
    assert (shown["gaps"][3]["unit_field"], shown["gaps"][3]["unit"]) == ("gap-4-unit", "m")
    assert [choice["key"] for choice in shown["gaps"][1]["choices"] if choice["chosen"]] == ["a"]


def test_present_tells_no_answer() -> None:
    shown = json.dumps(TYPE.present(BODY, STEM, TYPE.arrange(BODY, chance()), {}), default=codec.dump)

    assert not [word for word in ("Paris", "London", "Well", "First", "Near", "fraction", '"cm"') if word in shown]


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (BODY, []),
        (Cloze(gaps=()), ["Give at least one gap."]),
        (Cloze(gaps=(Gap(short_text=TEXT),) * 51), ["Give at most 50 gaps."]),
        (Cloze(gaps=(Gap(),)), ["Gap 1: Give it one kind of question."]),
        (Cloze(gaps=(Gap(short_text=TEXT, numeric=NUMBER),)), ["Gap 1: Give it one kind of question."]),
        (Cloze(gaps=(Gap(short_text=TEXT, weight=0),)), ["Gap 1: A weight is from 1 to 1000."]),
        (
            Cloze(gaps=(Gap(short_text=TEXT), Gap(short_text=TEXT, layout="round"))),
            ["Gap 2: Show its options in a list, below each other or side by side."],
        ),
        (
            Cloze(gaps=(Gap(short_text=TEXT), Gap(short_text=ShortText(answers=())))),
            ["Gap 2: Give at least one accepted answer."],
        ),
        (
            Cloze(gaps=(Gap(single_choice=SingleChoice(options=(option("a", "0.5"), option("b", "0")))),)),
            ["Gap 1: The right option earns the full mark, and no other does."],
        ),
    ],
)
def test_problems_say_where(body: Cloze, sentences: list[str]) -> None:
    assert TYPE.problems(body) == sentences


@pytest.mark.parametrize(
    ("stem", "sentences"),
    [
        (STEM, []),
        (Rich("{#4}{#3}{#2}{#1}"), []),
        (Rich("{#1} {#2} {#3}"), ["The text has no place for gap 4: write {#4} where it belongs."]),
        (Rich("{#1} {#2} {#3} {#4} {#5}"), ["The text has {#5} and there is no such gap."]),
        (Rich("{#1} {#2} {#3} {#4} {#2}"), ["The text has {#2} more than once: leave one."]),
    ],
)
def test_stem_problems_say_where_text_and_gaps_disagree(stem: Rich, sentences: list[str]) -> None:
    assert TYPE.stem_problems(BODY, stem) == sentences


def test_advice_says_where() -> None:
    assert TYPE.advice(BODY) == [
        "Gap 1: Give each option feedback that says why.",
        "Gap 2: Give each option feedback that says why.",
    ]
    assert TYPE.advice(Cloze(gaps=(Gap(),))) == []


def test_texts_are_those_of_all_gaps() -> None:
    assert {str(text) for text in TYPE.texts(BODY)} >= {"option a", "Well.", "Second.", "Near."}


def test_review_tells_each_gap_in_a_line_and_each_feedback() -> None:
    response = {"gaps": [["b"], ["a", "b"], {"text": "london"}, None]}
    parts = TYPE.review(BODY, STEM, [], response)

    assert [(str(part.label), part.given, part.right, part.verdict, str(part.feedback)) for part in parts] == [
        ("Gap 1", "option b", "option a", Verdict.WRONG, ""),
        ("Gap 2", "option a / option b", "option a / option b", Verdict.RIGHT, "First."),
        ("option b", "", "", Verdict.NONE, "Second."),
        ("Gap 3", "london", "Paris", Verdict.PARTLY, "Near."),
        ("Gap 4", "", "5 m", Verdict.NONE, ""),
    ]
    assert TYPE.spoken(BODY, STEM, [], response) == ("option b", "option a / option b", "london")


def test_outline_has_each_gap_with_its_kind() -> None:
    outline = TYPE.outline(Cloze(gaps=(Gap(short_text=TEXT, weight=2), Gap(numeric=NUMBER))))

    assert [(gap["type"], gap["weight"], [one["text"] for one in gap["options"]]) for gap in outline["gaps"]] == [
        ("short_text", 2, ["Paris", "London"]),
        ("numeric", 1, ["5"]),
    ]


@pytest.mark.parametrize(
    ("named", "response"),
    [
        ({}, {}),
        ({"gaps": []}, {}),
        ({"gaps": [None, [], "", None]}, {}),
        ({"gaps": ["option a", ["option b", "option a"], "Paris", "5 m"]}, RIGHT),
        ({"gaps": [None, "option a", None, 5]}, {"gaps": [None, ["a"], None, {"number": "5", "unit": ""}]}),
    ],
)
def test_from_outside(named: dict[str, Any], response: dict[str, Any]) -> None:
    assert TYPE.from_outside(BODY, EMPTY, named) == response


def test_from_outside_with_a_decimal_comma() -> None:
    body = Cloze(gaps=(Gap(numeric=NUMBER),))

    assert TYPE.from_outside(body, EMPTY, {"gaps": ["5,5"]}, comma=True) == {"gaps": [{"number": "5.5", "unit": ""}]}


@pytest.mark.parametrize(
    ("gaps", "sentence"),
    [
        ("a", "This question is answered by a list: a text, a list or null for each gap."),
        (["a"], "This question is answered by a list: a text, a list or null for each gap."),
        (["no such", None, None, None], "Gap 1: No option reads “no such”."),
        ([None, [1], None, None], "Gap 2: An option is named by its text."),
        ([["option a"], None, None, None], "Gap 1: The answer must be a text."),
    ],
)
def test_from_outside_refuses(gaps: Any, sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refused:
        TYPE.from_outside(BODY, EMPTY, {"gaps": gaps})

    assert str(refused.value) == sentence
