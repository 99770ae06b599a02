"""Steps in their order: the sums of Moodle's ordering question."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types import InvalidResponse
from assessments.item_types.bodies import Ordering, OrderingRule, Step
from assessments.item_types.ordering import TYPE
from assessments.item_types.ordering.rules import earned
from assessments.item_types.rich import EMPTY, Rich
from assessments.item_types.shape import Verdict
from tests.support.answers_of_questions import chance
from tests.support.bodies_of_questions import orderings
from tests.support.texts_of_questions import examples

RULES = {rule.value: rule for rule in OrderingRule}
SIX = "ABCDEF"


def question(keys: str = SIX, rule: OrderingRule = OrderingRule.ABSOLUTE_POSITION) -> Ordering:
    return Ordering(steps=tuple(Step(key=key, text=Rich(f"step {key}")) for key in keys), rule=rule)


def mark(rule: str, right: str, given: str) -> str:
    order = [None if key == "-" else key for key in given]
    return f"{TYPE.mark(question(right, RULES[rule]), {'order': order}):f}"


@pytest.mark.parametrize(
    ("rule", "given", "share"),
    [
        ("all_or_nothing", "ABCDEF", "1.0000000"),
        ("all_or_nothing", "ABCDFE", "0.0000000"),
        ("absolute_position", "FEDCBA", "0.0000000"),
        ("absolute_position", "FBCDEA", "0.6666667"),
        ("absolute_position", "CBDEFA", "0.1666667"),
        ("relative_next_exclude_last", "FEDCBA", "0.0000000"),
        ("relative_next_exclude_last", "FBCDEA", "0.6000000"),
        ("relative_next_exclude_last", "CBDEFA", "0.4000000"),
        ("relative_next_include_last", "FBCDEA", "0.5000000"),
        ("relative_next_include_last", "BACDEF", "0.6666667"),
        ("relative_one_previous_and_next", "FEDCBA", "0.0000000"),
        ("relative_one_previous_and_next", "CBDEFA", "0.3333333"),
        # A is first: one; AB, BC and EF from both sides: six. Of twelve.
        ("relative_one_previous_and_next", "ABCEFD", "0.5833333"),
        ("relative_all_previous_and_next", "FEDCBA", "0.0000000"),
        ("relative_all_previous_and_next", "CBDEFA", "0.6000000"),
        ("relative_all_previous_and_next", "BCDEFA", "0.6666667"),
        ("longest_ordered_subset", "FEDCBA", "0.0000000"),
        ("longest_ordered_subset", "BCDEFA", "0.8333333"),
        ("longest_ordered_subset", "ACEBDF", "0.6666667"),
        ("longest_contiguous_subset", "FEDCBA", "0.0000000"),
        ("longest_contiguous_subset", "BCDEFA", "0.8333333"),
        # A, B and C stand in this order, with D between them.
        ("longest_contiguous_subset", "ADBCFE", "0.5000000"),
        ("longest_contiguous_subset", "ACEBDF", "0.3333333"),
        ("relative_to_correct", "ABCDEF", "1.0000000"),
        # 5+3+1+1+3+5 away of 6 times 5.
        ("relative_to_correct", "FEDCBA", "0.4000000"),
        ("relative_to_correct", "FBCDEA", "0.6666667"),
        ("relative_to_correct", "BCDEFA", "0.6666667"),
    ],
)
def test_mark_by_each_rule(rule: str, given: str, share: str) -> None:
    assert mark(rule, SIX, given) == share


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        ("all_or_nothing", "0.0000000"),
        ("absolute_position", "0.5000000"),
        ("relative_next_exclude_last", "0.3333333"),
        ("relative_next_include_last", "0.2500000"),
        ("relative_one_previous_and_next", "0.3750000"),
        ("relative_all_previous_and_next", "0.1666667"),
        ("longest_ordered_subset", "0.5000000"),
        ("longest_contiguous_subset", "0.5000000"),
        ("relative_to_correct", "0.5000000"),
    ],
)
def test_mark_of_an_order_with_empty_places(rule: str, share: str) -> None:
    assert mark(rule, "ABCD", "AB--") == share


@pytest.mark.parametrize("rule", OrderingRule)
def test_mark_of_two_steps(rule: OrderingRule) -> None:
    wrong = earned(rule, "AB", "BA")

    assert earned(rule, "AB", "AB") == 1
    assert wrong == 0


@pytest.mark.parametrize("rule", OrderingRule)
def test_mark_is_full_for_the_right_order_alone(rule: OrderingRule) -> None:
    shares = {given: earned(rule, "ABCDE", given) for given in permutations("ABCDE")}

    assert [given for given, share in shares.items() if share == 1] == [tuple("ABCDE")]
    assert all(0 <= share <= 1 for share in shares.values())


@pytest.mark.parametrize("given", list(permutations("ABCDE"))[::7], ids="".join)
def test_longest_subsets_are_those_found_by_trying_all(given: tuple[str, ...]) -> None:
    chosen = [subset for size in range(2, 6) for subset in combinations(given, size)]
    ordered = [subset for subset in chosen if list(subset) == sorted(subset)]
    without_gap = [subset for subset in ordered if "".join(subset) in "ABCDE"]
    longest, contiguous = (max(map(len, found), default=0) for found in (ordered, without_gap))

    assert earned(OrderingRule.LONGEST_ORDERED_SUBSET, "ABCDE", given) == Fraction(longest, 5)
    assert earned(OrderingRule.LONGEST_CONTIGUOUS_SUBSET, "ABCDE", given) == Fraction(contiguous, 5)


@examples(50)
@given(body=orderings(), seed=st.integers(0, 1000))
def test_arrange_is_never_the_right_order(body: Ordering, seed: int) -> None:
    right = [step.key for step in body.steps]
    arrangement = TYPE.arrange(body, chance(seed))

    assert sorted(arrangement) == sorted(right)
    assert arrangement != right


def test_names_of_fields_and_the_order_without_an_arrangement_tell_nothing() -> None:
    body = Ordering(
        steps=(Step(key="1", text=Rich("plan")), Step(key="2", text=Rich("buy")), Step(key="3", text=Rich("pay")))
    )
    shown = TYPE.present(body, EMPTY, [], {"order": ["1", None, "2"]})

    assert [(step["field"], str(step["text"]), step["place"]) for step in shown["steps"]] == [
        ("place-1", "buy", 3), ("place-2", "pay", ""), ("place-3", "plan", 1),
    ]  # fmt: skip
    assert TYPE.parse(body, {"place-1": ["3"], "place-2": [""], "place-3": ["1"]}) == {"order": ["1", None, "2"]}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Give at least one step its place."),
        ({"place-1": ["1"], "place-2": ["1"]}, "Two steps have place 1. Give each its own."),
        ({"place-1": ["0"]}, "A place is a number from 1 to 3."),
        ({"place-1": ["4"]}, "A place is a number from 1 to 3."),
        ({"place-1": ["-1"]}, "A place is a number from 1 to 3."),
        ({"place-1": ["²"]}, "A place is a number from 1 to 3."),
        ({"place-1": ["9" * 900]}, "A place is a number from 1 to 3."),
        ({"place-1": ["1", "2"]}, "This page gave two answers in one place. Load it again, then answer."),
    ],
)
def test_parse_refuses(sent: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refused:
        TYPE.parse(question("ABC"), sent)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (question("AB"), []),
        (question("A"), ["Give at least two steps."]),
        (question("A" * 51), ["Give at most 50 steps."]),
        (question("AA"), ["Two steps have the same text: make them differ.", "Each step needs a key of its own."]),
        (Ordering(steps=(Step(key="a", text=EMPTY), Step(key="b", text=Rich("b")))), ["Give each step a text."]),
    ],
)
def test_problems_say_each_thing(body: Ordering, sentences: list[str]) -> None:
    assert TYPE.problems(body) == sentences


def test_review_and_spoken() -> None:
    response = {"order": ["B", None, "C"]}
    parts = TYPE.review(question("ABC"), EMPTY, [], response)

    assert [(str(part.label), part.given, part.right, part.verdict) for part in parts] == [
        ("step A", "", "1", Verdict.WRONG),
        ("step B", "1", "2", Verdict.WRONG),
        ("step C", "3", "3", Verdict.RIGHT),
    ]
    assert TYPE.spoken(question("ABC"), EMPTY, [], response) == ("1. step B", "3. step C")


def test_outline_has_the_right_order() -> None:
    assert TYPE.outline(question("AB")) == {"order": ["step A", "step B"], "rule": "absolute_position"}


@pytest.mark.parametrize(
    ("named", "response"),
    [
        ({}, {}),
        ({"order": []}, {}),
        ({"order": ["step B", " step  A", "step C"]}, {"order": ["B", "A", "C"]}),
        ({"order": ["step B"]}, {"order": ["B", None, None]}),
        ({"order": ["step B", None, "step A"]}, {"order": ["B", None, "A"]}),
    ],
)
def test_from_outside(named: dict[str, Any], response: dict[str, Any]) -> None:
    assert TYPE.from_outside(question("ABC"), EMPTY, named) == response


@pytest.mark.parametrize(
    "named",
    [
        {"order": "step A"},
        {"order": ["step A", "step A"]},
        {"order": ["step X"]},
        {"order": ["step A"] * 4},
        {"text": "a"},
    ],
)
def test_from_outside_refuses(named: dict[str, Any]) -> None:
    with pytest.raises(InvalidResponse):
        TYPE.from_outside(question("ABC"), EMPTY, named)
