"""Long answers: within limits, marked by people."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assessments.item_types import InvalidResponse
from assessments.item_types.bodies import Criterion, Editor, Level, OpenText
from assessments.item_types.open_text import TYPE
from assessments.item_types.rich import EMPTY, Rich

LEVELS = (Level(points=Decimal(0), text="No"), Level(points=Decimal(2), text="Yes"))


def rubric(*titles: str, levels: tuple[Level, ...] = LEVELS) -> OpenText:
    return OpenText(rubric=tuple(Criterion(key=title, title=title, levels=levels) for title in titles))


def level(points: str, text: str = "Text") -> Level:
    return Level(points=Decimal(points), text=text)


def test_mark_waits_for_a_person() -> None:
    assert TYPE.marked_by_person
    assert TYPE.mark(OpenText(), {"text": "a"}) is None
    assert TYPE.mark(OpenText(), {}) == 0


@pytest.mark.parametrize(
    ("body", "sent", "sentence"),
    [
        (OpenText(), {}, "Write your answer."),
        (OpenText(), {"text": [" \n"]}, "Write your answer."),
        (OpenText(editor=Editor.RICH), {"text": ["<p> &nbsp; </p>"]}, "Write your answer."),
        (OpenText(), {"text": ["x" * 20_001]}, "Write at most 20000 characters."),
        (OpenText(least_words=3), {"text": ["one two"]}, "Write at least 3 words: here are 2."),
        (OpenText(most_words=1), {"text": ["one two"]}, "Write at most 1 word: here are 2."),
        (OpenText(), {"text": ["a\0"]}, "Your answer has a character that can't be stored. Write it again."),
    ],
)
def test_parse_refuses(body: OpenText, sent: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refused:
        TYPE.parse(body, sent)

    assert str(refused.value) == sentence


def test_parse_counts_words_that_are_read() -> None:
    body = OpenText(editor=Editor.RICH, least_words=2, most_words=2)
    text = '<p class="x y z">one <b>two</b></p>'

    assert TYPE.parse(body, {"text": [text]}) == {"text": text}


def test_present_begins_with_the_template() -> None:
    body = OpenText(template=Rich("Because"), marker_notes=Rich("Look for reasons"), editor=Editor.MONOSPACED)

    assert TYPE.present(body, EMPTY, [], {}) == {
        "field": "text",
        "text": "Because",
        "editor": "monospaced",
        "lines": 10,
        "least_words": 0,
        "most_words": 0,
        "most_characters": 20_000,
        "rubric": [],
    }
    assert TYPE.present(body, EMPTY, [], {"text": "Mine"})["text"] == "Mine"


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (OpenText(), []),
        (rubric("One", "Two"), []),
        (OpenText(lines=0), ["Show from 1 to 100 lines."]),
        (OpenText(least_words=-1), ["A number of words is zero or more."]),
        (OpenText(least_words=9, most_words=8), ["Ask for at most as many words as you allow."]),
        (OpenText(most_words=10_001), ["An answer has at most 10000 words."]),
        (OpenText(template=Rich("x" * 20_001)), ["A template has at most 20000 characters."]),
        (
            rubric("One", "One"),
            ["Two criteria have the same title: make them differ.", "Each criterion needs a key of its own."],
        ),
        (rubric(""), ["Give each criterion a title.", "Each criterion needs a key of its own."]),
        (rubric(*map(str, range(31))), ["Give at most 30 criteria."]),
        (rubric("One", levels=LEVELS[:1]), ["Criterion “One”: Give it from 2 to 10 levels."]),
        (rubric("One", levels=(level("0"), level("-1"))), ["Criterion “One”: Points are from 0 to 1000."]),
        (rubric("One", levels=(level("0"), level("1E+999999999"))), ["Criterion “One”: Points are from 0 to 1000."]),
        (
            rubric("One", levels=(level("1"), level("1.0"))),
            ["Criterion “One”: Two levels have the same points: make them differ."],
        ),
        (rubric("One", levels=(level("1"), level("2", " "))), ["Criterion “One”: Give each level a text."]),
    ],
)
def test_problems_say_each_thing(body: OpenText, sentences: list[str]) -> None:
    assert TYPE.problems(body) == sentences


def test_advice_wants_a_rubric() -> None:
    assert TYPE.advice(OpenText()) == ["Give a rubric: two people then mark alike."]
    assert TYPE.advice(rubric("One")) == []


def test_outline_has_the_rubric() -> None:
    assert TYPE.outline(rubric("One")) == {
        "rubric": [
            {"title": "One", "levels": [{"points": Decimal(0), "text": "No"}, {"points": Decimal(2), "text": "Yes"}]}
        ]
    }


@pytest.mark.parametrize(
    ("named", "response"), [({}, {}), ({"text": ""}, {}), ({"text": " My\r\nanswer "}, {"text": "My\nanswer"})]
)
def test_from_outside(named: dict[str, Any], response: dict[str, str]) -> None:
    assert TYPE.from_outside(OpenText(), EMPTY, named) == response


def test_review_gives_the_answer_and_no_judgement() -> None:
    (part,) = TYPE.review(OpenText(), EMPTY, [], {"text": "Mine"})

    assert (part.given, part.right, part.verdict.value) == ("Mine", "", "none")
