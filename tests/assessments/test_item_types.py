"""Kinds of question: what authors are told, what learners may send, and what it earns."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import ItemKind
from assessments.item_types import InvalidResponse, item_type
from assessments.item_types.base import exact, fraction
from tests.support.courses import choices

SINGLE = item_type(ItemKind.SINGLE_CHOICE)
MULTIPLE = item_type(ItemKind.MULTIPLE_CHOICE)


def changed(number: int, **fields: Any) -> dict[str, Any]:
    content = choices()
    content["options"][number] = {**content["options"][number], **fields}
    return content


def test_item_type_exists_for_every_kind() -> None:
    assert [item_type(kind).scheme for kind in ItemKind] == ["single-choice/1", "multiple-choice/1"]


def test_item_type_of_an_unknown_kind_is_a_fault() -> None:
    with pytest.raises(KeyError):
        item_type("essay")


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (choices(), []),
        ({}, ["Give at least two options."]),
        ({"options": "abc"}, ["Give at least two options."]),
        (choices(count=1), ["Give at least two options."]),
        (changed(1, text="  "), ["Give each option a text."]),
        (changed(1, text="Option a"), ["Two options have the same text: make them differ."]),
        (changed(1, key="a"), ["Each option needs a key of its own."]),
        (changed(1, key=""), ["Each option needs a key of its own."]),
        (changed(1, key=7), ["Each option needs a key of its own."]),
        (changed(0, correct=False), ["Mark at least one option as right."]),
        (changed(2, feedback=" "), ["Give each option feedback that says why."]),
        (
            {"options": [{"key": "a"}, {"key": "a"}]},
            [
                "Give each option a text.",
                "Two options have the same text: make them differ.",
                "Each option needs a key of its own.",
                "Mark at least one option as right.",
                "Give each option feedback that says why.",
            ],
        ),
    ],
)
@pytest.mark.parametrize("kind", ItemKind)
def test_validate_says_each_thing_that_is_wrong(kind: str, content: dict[str, Any], sentences: list[str]) -> None:
    assert item_type(kind).validate(content) == sentences


def test_validate_single_choice_with_two_right_options() -> None:
    content = choices(right="ab")

    assert SINGLE.validate(content) == ["A single choice has one right option: mark one, or make it a multiple choice."]
    assert MULTIPLE.validate(content) == []


@pytest.mark.parametrize(
    ("kind", "sent", "sentence"),
    [
        (ItemKind.SINGLE_CHOICE, [], "Choose one answer."),
        (ItemKind.SINGLE_CHOICE, ["a", "b"], "Choose one answer."),
        (ItemKind.SINGLE_CHOICE, ["z"], "That is not one of the options. Choose again."),
        (ItemKind.SINGLE_CHOICE, ["a", "z"], "That is not one of the options. Choose again."),
        (ItemKind.SINGLE_CHOICE, ["A"], "That is not one of the options. Choose again."),
        (ItemKind.SINGLE_CHOICE, [""], "That is not one of the options. Choose again."),
        (ItemKind.SINGLE_CHOICE, ["a" * 1_000_000], "That is not one of the options. Choose again."),
        (ItemKind.SINGLE_CHOICE, ["<script>alert(1)</script>"], "That is not one of the options. Choose again."),
        (ItemKind.MULTIPLE_CHOICE, [], "Choose at least one answer."),
        (ItemKind.MULTIPLE_CHOICE, ["a", "b", "c", "d"], "That is not one of the options. Choose again."),
        (ItemKind.MULTIPLE_CHOICE, ["a" * 1_000_000], "That is not one of the options. Choose again."),
    ],
)
def test_parse_refuses_what_cannot_be_an_answer(kind: str, sent: list[str], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refusal:
        item_type(kind).parse(choices(right="a"), sent)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("kind", "sent", "stored"),
    [
        (ItemKind.SINGLE_CHOICE, ["b"], ["b"]),
        (ItemKind.SINGLE_CHOICE, ["b", "b"], ["b"]),
        (ItemKind.MULTIPLE_CHOICE, ["c", "a"], ["a", "c"]),
        (ItemKind.MULTIPLE_CHOICE, ["c", "a", "c"], ["a", "c"]),
    ],
)
def test_parse_stores_the_keys_in_the_authors_order_once(kind: str, sent: list[str], stored: list[str]) -> None:
    assert item_type(kind).parse(choices(), sent) == stored


@pytest.mark.parametrize(
    ("response", "earned"),
    [(["a"], Decimal(1)), (["b"], Decimal(0)), (["c"], Decimal(0)), ([], Decimal(0))],
)
def test_mark_single_choice(response: list[str], earned: Decimal) -> None:
    assert SINGLE.mark(choices(), response) == earned


@pytest.mark.parametrize(
    ("right", "response", "earned"),
    [
        ("abc", "abc", "1.0000000"),
        ("abc", "ab", "0.6666667"),
        ("abc", "a", "0.3333333"),
        ("abc", "", "0.0000000"),
        ("abc", "abcd", "0.6666667"),
        ("abc", "abde", "0.0000000"),
        ("abc", "def", "0.0000000"),
        ("ab", "ab", "1.0000000"),
        ("ab", "ac", "0.0000000"),
        ("ab", "abc", "0.5000000"),
        ("a", "a", "1.0000000"),
        ("a", "abcdef", "0.0000000"),
        ("abcdef", "abcde", "0.8333333"),
    ],
)
def test_mark_multiple_choice_to_seven_places(right: str, response: str, earned: str) -> None:
    mark = MULTIPLE.mark(choices(right=right, count=6), list(response))

    assert str(mark) == earned or (mark == 0 and earned == "0.0000000")


KEYS = "abcdef"
sets = st.sets(st.sampled_from(KEYS))


@given(right=sets.filter(len), response=sets)
def test_mark_multiple_choice_stays_in_range_and_is_full_for_the_right_set_alone(
    right: set[str], response: set[str]
) -> None:
    mark = MULTIPLE.mark(choices(right="".join(right), count=6), sorted(response))

    assert 0 <= mark <= 1
    assert (mark == 1) == (response == right)
    assert -mark.as_tuple().exponent <= 7
    if response <= right:
        assert abs(mark - Decimal(len(response)) / len(right)) <= Decimal("0.00000005")


@given(right=st.sampled_from(KEYS), response=sets)
def test_mark_single_choice_is_all_or_nothing(right: str, response: set[str]) -> None:
    mark = SINGLE.mark(choices(right=right, count=6), sorted(response))

    assert mark == (1 if response == {right} else 0)


@given(part=st.integers(-12, 12), whole=st.integers(1, 12))
def test_fraction_is_never_negative_and_exact_to_seven_places(part: int, whole: int) -> None:
    share = fraction(part, whole)

    assert share.as_tuple().exponent == -7
    assert abs(share - max(Decimal(0), Decimal(part) / whole)) <= Decimal("0.00000005")


@given(part=st.integers(0, 300), whole=st.integers(1, 300))
def test_exact_is_the_fraction_that_was_stored(part: int, whole: int) -> None:
    assert exact(fraction(part, whole)) == Fraction(part, whole)


@pytest.mark.parametrize(("share", "number"), [("0.9996", "0.9996"), ("0.3333", "0.3333"), ("0.6666667", "2/3")])
def test_exact_leaves_what_is_no_simple_fraction(share: str, number: str) -> None:
    assert exact(Decimal(share)) == Fraction(number)
