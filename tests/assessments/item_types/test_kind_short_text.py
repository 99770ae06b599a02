"""A word or a few: what fits, what it earns, and that no pattern takes long."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types import InvalidResponse
from assessments.item_types.bodies import Accepted, ShortText
from assessments.item_types.rich import EMPTY, Rich
from assessments.item_types.shape import Verdict
from assessments.item_types.short_text import TYPE
from assessments.item_types.short_text.patterns import fits
from tests.support.texts_of_questions import examples

HALF = Decimal("0.5")


def question(*answers: tuple[str, str], case_sensitive: bool = False, pattern: bool = True) -> ShortText:
    return ShortText(
        answers=tuple(Accepted(text=text, fraction=Decimal(share), pattern=pattern) for text, share in answers),
        case_sensitive=case_sensitive,
    )


@pytest.mark.parametrize(
    ("accepted", "given", "fits_it"),
    [
        # The same, after trimming, in either form of a character.
        ("Paris", "Paris", True),
        ("Paris", "  paris\t", True),
        ("  Paris ", "PARIS", True),
        ("Paris", "Pari", False),
        ("Paris", "Pariss", False),
        ("caf\u00e9", "cafe\u0301", True),
        ("cafe\u0301", "caf\u00e9", True),
        ("café", "cafe", False),
        ("New York", "New  York", False),
        # Case by simple folding.
        ("straße", "STRAßE", True),
        ("straße", "STRA\u1e9eE", True),
        ("straße", "STRASSE", False),
        ("ΣΑΣ", "σας", True),
        ("k", "\u212a", True),
        ("I", "\u0131", False),
        ("i", "\u0130", False),
        # Stars.
        ("frog*", "frog", True),
        ("frog*", "frogs and toads", True),
        ("*frog", "a frog", True),
        ("*frog", "frogs", False),
        ("f*g", "fog", True),
        ("f*g", "fg", True),
        ("f***g", "frog", True),
        ("f*o*g", "fog", True),
        ("f*o*g", "fg", False),
        ("a*ab", "ab", False),
        ("a*ab", "aab", True),
        ("*ab*ab*", "ab", False),
        ("*ab*ab*", "xababx", True),
        ("*", "anything", True),
        # A star that is one.
        (r"2\*3", "2*3", True),
        (r"2\*3", "2x3", False),
        (r"\**", "*", True),
        (r"\**", "*abc", True),
        (r"\**", "abc", False),
        (r"\\*", r"\*", True),
        (r"\\*", r"\abc", False),
        # Nothing else means anything.
        ("a.c", "abc", False),
        ("a.c", "a.c", True),
        ("[ab]+(c|d)?", "[ab]+(c|d)?", True),
        ("a|b", "a", False),
        ("$x^", "$x^", True),
        # A star ends with its line.
        ("a*b", "a\nb", False),
        ("a\nb*", "a\nbc", True),
        ("*\n*", "a\nb", True),
        ("*\n*", "a\nb\nc", False),
        ("*a*\nb", "a\na\nb", False),
        ("*b", "a\nb", False),
    ],
)
def test_fits_as_in_moodle(accepted: str, given: str, *, fits_it: bool) -> None:
    assert fits(Accepted(text=accepted, pattern=True), given, case_sensitive=False) is fits_it


@pytest.mark.parametrize(
    ("accepted", "given", "fits_it"),
    [("Paris", "paris", False), ("Paris", " Paris ", True), ("P*", "paris", False), ("É*", "É1", True)],
)
def test_fits_by_case(accepted: str, given: str, *, fits_it: bool) -> None:
    assert fits(Accepted(text=accepted, pattern=True), given, case_sensitive=True) is fits_it


@pytest.mark.parametrize(("given", "fits_it"), [("a*", True), ("A*", True), ("ab", False), (r"a\*", False)])
def test_star_without_a_pattern_is_a_star(given: str, *, fits_it: bool) -> None:
    assert fits(Accepted(text="a*"), given, case_sensitive=False) is fits_it


@examples(100)
@given(
    pattern=st.text(alphabet="ab*\n", max_size=8),
    text=st.text(alphabet="ab\n", max_size=10),
)
def test_fits_what_the_same_regular_expression_fits(pattern: str, text: str) -> None:
    pieces = (re.escape(piece) for piece in re.split(r"\*+", pattern.strip()))
    expected = re.fullmatch(".*".join(pieces), text.strip()) is not None

    assert fits(Accepted(text=pattern, pattern=True), text, case_sensitive=True) is expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("*" * 10_000, "a" * 10_000),
        ("*a" * 5_000, "a" * 10_000),
        ("a*" * 5_000 + "b", "a" * 10_000),
        ("*aab" * 2_500, "aa" * 5_000),
        ("*" + "a" * 4_999 + "b*", "a" * 10_000),
        ("ä*" * 5_000 + "b", "Ä" * 10_000),
    ],
    ids=["stars", "pairs", "no end", "near", "long", "folded"],
)
def test_fits_takes_no_time_with_ten_thousand_characters(pattern: str, text: str) -> None:
    started = time.process_time()
    fits(Accepted(text=pattern, pattern=True), text, case_sensitive=False)

    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Paris", "1.0000000"),
        ("paris, france", "0.8333333"),
        ("London", "0.3333333"),
        ("Rome", "0.0000000"),
        ("Berlin", "-0.5000000"),
        ("nowhere", "0.0000000"),
    ],
)
def test_mark_is_that_of_the_first_that_fits(text: str, mark: str) -> None:
    body = question(
        ("Paris", "1"),
        ("Paris*", "0.8333333"),
        ("London", "0.3333333"),
        ("Rome", "0"),
        ("Berlin", "-0.5"),
        ("rome", "1"),
    )

    assert f"{TYPE.mark(body, {'text': text}):f}" == mark


def test_mark_without_a_catch_all_and_with_one() -> None:
    assert TYPE.mark(question(("a", "1"), ("*", "0.1")), {"text": "b"}) == Decimal("0.1")
    assert TYPE.mark(question(("a", "1"), ("*", "0.1")), {}) == 0


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (question(("a", "1")), []),
        (question(("a", "0.5"), ("b", "1")), []),
        (question(("a*", "1"), ("ab", "0.5")), []),
        (ShortText(answers=()), ["Give at least one accepted answer."]),
        (question((" ", "1")), ["Give each accepted answer a text."]),
        (question(("a", "0.9")), ["Let at least one answer earn the full mark."]),
        (question(("a", "1.1")), ["An answer earns at most 100 % of the mark, and loses at most as much."]),
        (question(("a", "1"), ("b", "-2")), ["An answer earns at most 100 % of the mark, and loses at most as much."]),
        (
            question(("a", "1"), ("b", "1E+999999999")),
            ["An answer earns at most 100 % of the mark, and loses at most as much."],
        ),
        (
            question(("*", "0.5"), ("a", "1")),
            ["No answer can earn the full mark: an earlier accepted answer always fits first."],
        ),
        (
            question(("a", "0.5"), ("A", "1")),
            ["No answer can earn the full mark: an earlier accepted answer always fits first."],
        ),
        (question(("a", "0.5"), ("A", "1"), case_sensitive=True), []),
        (question(("a" * 1001, "1")), ["An accepted answer has at most 1000 characters."]),
        (question(*[("a", "1")] * 101), ["Give at most 100 accepted answers."]),
    ],
)
def test_problems_say_each_thing(body: ShortText, sentences: list[str]) -> None:
    assert TYPE.problems(body) == sentences


def test_advice_tells_what_is_never_used() -> None:
    body = question(("a*", "1"), ("ab", "0.5"))

    assert TYPE.advice(body) == ["“ab” is never used: an earlier accepted answer fits first."]
    assert TYPE.advice(question(("a", "1"), ("ab", "0.5"))) == []


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Write your answer."),
        ({"text": []}, "Write your answer."),
        ({"text": [" \n "]}, "Write your answer."),
        ({"text": ["a", "b"]}, "This page gave two answers in one place. Load it again, then answer."),
        ({"text": ["a" * 1001]}, "Write at most 1000 characters."),
        ({"text": ["a\0b"]}, "Your answer has a character that can't be stored. Write it again."),
        ({"text": ["a\ud800"]}, "Your answer has a character that can't be stored. Write it again."),
    ],
)
def test_parse_refuses(sent: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refused:
        TYPE.parse(question(("a", "1")), sent)

    assert str(refused.value) == sentence


def test_parse_keeps_what_was_written() -> None:
    assert TYPE.parse(question(("a", "1")), {"text": ["  New\r\nYork "]}) == {"text": "New\nYork"}


def test_review_tells_what_is_right_and_the_feedback_that_fits() -> None:
    body = ShortText(
        answers=(
            Accepted(text="Paris"),
            Accepted(text="Par*s", pattern=True),
            Accepted(text="Lyon", fraction=HALF, feedback=Rich("Near.")),
        )
    )
    (partly,) = TYPE.review(body, EMPTY, [], {"text": "lyon"})
    (none,) = TYPE.review(body, EMPTY, [], {})

    assert (partly.given, partly.right, partly.verdict) == ("lyon", "Paris / Par…s", Verdict.PARTLY)
    assert partly.feedback == Rich("Near.")
    assert (none.given, none.verdict, none.feedback) == ("", Verdict.NONE, EMPTY)


@pytest.mark.parametrize(
    ("answer", "response"),
    [({}, {}), ({"text": None}, {}), ({"text": " a "}, {"text": "a"}), ({"text": 7}, {"text": "7"})],
)
def test_from_outside(answer: dict[str, object], response: dict[str, str]) -> None:
    assert TYPE.from_outside(question(("a", "1")), EMPTY, answer) == response


@pytest.mark.parametrize("answer", [{"text": ["a"]}, {"text": True}, {"choice": "a"}])
def test_from_outside_refuses(answer: dict[str, object]) -> None:
    with pytest.raises(InvalidResponse):
        TYPE.from_outside(question(("a", "1")), EMPTY, answer)


def test_outline_has_each_answer() -> None:
    assert TYPE.outline(question(("a", "1"), ("b*", "0.5"))) == {
        "options": [{"text": "a", "fraction": Decimal(1)}, {"text": "b*", "fraction": HALF}]
    }
