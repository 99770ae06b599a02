"""Single choice, multiple choice, true or false: what authors are told, what learners may send, and what it earns."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import ItemKind
from assessments.item_types import InvalidResponse, all_types, codec, item_type
from assessments.item_types.bodies import MultipleChoice, MultipleRule, Option, SingleChoice, TrueFalse
from assessments.item_types.multiple_choice import TYPE as MULTIPLE
from assessments.item_types.rich import EMPTY, Rich, TextFormat
from assessments.item_types.shape import Verdict, exact, fraction
from assessments.item_types.single_choice import TYPE as SINGLE
from assessments.item_types.true_false import TYPE as TRUE_FALSE
from tests.support.answers_of_questions import chance
from tests.support.texts_of_questions import examples

KEYS = "abcdef"
OUT_OF_RANGE = "An option earns at most the whole mark, and costs at most as much."


def options(right: str = "a", count: int = 3, fractions: str = "") -> tuple[Option, ...]:
    """Return options a, b, c …; those in ``right`` are right, and ``fractions`` are theirs, in turn, "-" for none."""
    shares = fractions.split() or ["-"] * count
    return tuple(
        Option(
            key=key,
            text=Rich(f"Option {key}"),
            correct=key in right,
            feedback=Rich(f"Because {key}"),
            fraction=None if share == "-" else Decimal(share),
        )
        for key, share in zip(KEYS[: len(shares)], shares, strict=True)
    )


def single(right: str = "a", count: int = 3, fractions: str = "") -> SingleChoice:
    return SingleChoice(options=options(right, count, fractions))


def multiple(right: str = "ab", count: int = 4, fractions: str = "", **fields: Any) -> MultipleChoice:
    return MultipleChoice(options=options(right, count, fractions), **fields)


def weighted(right: str, fractions: str, **fields: Any) -> MultipleChoice:
    return multiple(right, fractions=fractions, rule=MultipleRule.WEIGHTS, **fields)


def changed(number: int, **fields: Any) -> tuple[Option, ...]:
    found = list(options())
    found[number] = codec.load(Option, {**codec.dump(found[number]), **fields})
    return tuple(found)


def test_every_kind_has_a_folder_and_a_scheme_of_its_own() -> None:
    assert sorted(all_types()) == sorted(ItemKind.values)
    assert len({functions.scheme for functions in all_types().values()}) == len(ItemKind)


def test_kind_without_a_folder_is_a_fault() -> None:
    with pytest.raises(KeyError):
        item_type("essay")


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (options(), []),
        ((), ["Give at least two options."]),
        (options(count=1), ["Give at least two options."]),
        (options()[:1] * 51, ["Give at most 50 options."]),
        (changed(1, text="  "), ["Give each option a text."]),
        (changed(1, text="Option a"), ["Two options have the same text: make them differ."]),
        (
            changed(1, text={"text": "<b>Option a</b>", "format": "html"}),
            ["Two options have the same text: make them differ."],
        ),
        (changed(1, key="a"), ["Each option needs a key of its own."]),
        (changed(1, key=""), ["Each option needs a key of its own."]),
        (changed(0, correct=False), ["Mark at least one option as right."]),
        (changed(1, fraction="1.1"), [OUT_OF_RANGE]),
        (changed(1, fraction="-1.1"), [OUT_OF_RANGE]),
    ],
    ids=lambda value: None if isinstance(value, list) else f"{len(value)}-options",
)
def test_options_say_each_thing_that_is_wrong(body: tuple[Option, ...], sentences: list[str]) -> None:
    assert SINGLE.problems(SingleChoice(options=body)) == sentences
    assert MULTIPLE.problems(MultipleChoice(options=body)) == sentences


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (single("a", fractions="0.5 0 0"), "The right option earns the full mark, and no other does."),
        (single("a", fractions="1 1 0"), "The right option earns the full mark, and no other does."),
        (single("b", fractions="1 - -"), "The right option earns the full mark, and no other does."),
    ],
)
def test_single_choice_has_one_full_answer(body: SingleChoice, sentence: str) -> None:
    assert SINGLE.problems(body) == [sentence]


def test_either_of_two_right_options_earns_the_full_mark_and_authors_are_told() -> None:
    body = single("ab")

    assert SINGLE.problems(body) == []
    assert "A single choice has one right option: mark one, or make it a multiple choice." in SINGLE.advice(body)
    assert [SINGLE.mark(body, [key]) for key in "abc"] == [1, 1, 0]


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (weighted("ab", "0.5 0.5 -0.5 0"), []),
        (weighted("abc", "0.3333333 0.3333333 0.3333333 -1"), []),
        (weighted("abc", "0.33333 0.33333 0.33333 -1"), []),
        (weighted("ab", "0.5 0.4 0 0"), ["The options that earn something must earn 100 % together."]),
        (weighted("ab", "1 0.5 0 0"), ["The options that earn something must earn 100 % together."]),
        (weighted("a", "0.5 0.5 0 0"), ["An option is right if it earns something, and only then."]),
        (weighted("abc", "0.5 0.5 0 0"), ["An option is right if it earns something, and only then."]),
        (multiple(most=1), ["Let learners choose at least as many options as are right."]),
        (multiple(least=3, most=2), ["Let learners choose at least as many options as are right."]),
        (multiple(lowest=Decimal("0.1")), ["The lowest mark is zero or below."]),
        (multiple(lowest=Decimal(-10)), ["The lowest mark is zero or below."]),
        (multiple(lowest=Decimal(-1), least=2, most=2), []),
    ],
)
def test_multiple_choice_says_what_its_rule_needs(body: MultipleChoice, sentences: list[str]) -> None:
    assert MULTIPLE.problems(body) == sentences


def test_advice_is_for_options_without_feedback() -> None:
    silent = changed(2, feedback=" ")

    advice = ["Give each option feedback that says why."]
    assert SINGLE.advice(SingleChoice(options=silent)) == MULTIPLE.advice(MultipleChoice(options=silent)) == advice
    assert SINGLE.advice(single()) == []
    assert TRUE_FALSE.advice(TrueFalse(answer=True)) == advice
    assert TRUE_FALSE.problems(TrueFalse(answer=True)) == []


NO_OPTION = "That is not one of the options. Choose again."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ([], "Choose one answer."),
        (["a", "b"], "Choose one answer."),
        (["z"], NO_OPTION),
        (["a", "z"], NO_OPTION),
        (["A"], NO_OPTION),
        ([""], NO_OPTION),
        (["a" * 1_000_000], NO_OPTION),
        (["<script>alert(1)</script>"], NO_OPTION),
    ],
    ids=range(8),
)
def test_single_choice_refuses_what_cannot_be_an_answer(sent: list[str], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refusal:
        SINGLE.parse(single(), {"option": sent})

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("body", "sent", "sentence"),
    [
        (multiple(), [], "Choose at least one answer."),
        (multiple(), ["a", "z"], NO_OPTION),
        (multiple(), ["a" * 1_000_000], NO_OPTION),
        (multiple(least=2), ["a"], "Choose at least 2 answers."),
        (multiple(most=2), ["a", "b", "c"], "Choose at most 2 answers."),
    ],
    ids=range(5),
)
def test_multiple_choice_refuses_what_cannot_be_an_answer(body: MultipleChoice, sent: list[str], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refusal:
        MULTIPLE.parse(body, {"option": sent})

    assert str(refusal.value) == sentence


def test_parse_stores_the_keys_in_the_authors_order_once() -> None:
    assert SINGLE.parse(single(), {"option": ["b", "b"]}) == ["b"]
    assert MULTIPLE.parse(multiple(), {"option": ["c", "a", "c"]}) == ["a", "c"]
    assert MULTIPLE.parse(multiple(least=1, most=2), {"option": ["b"]}) == ["b"]
    assert TRUE_FALSE.parse(TrueFalse(answer=True), {"option": ["false"]}) == ["false"]
    with pytest.raises(InvalidResponse):
        TRUE_FALSE.parse(TrueFalse(answer=True), {"option": ["true", "false"]})


@pytest.mark.parametrize(
    ("body", "earned"),
    [
        (single("a"), ["1", "0", "0", "0"]),
        (single("a", fractions="1 0.5 -0.3333333"), ["1", "0.5", "-0.3333333", "0"]),
        (single("c", fractions="- -1 -"), ["0", "-1", "1", "0"]),
    ],
)
def test_mark_single_choice_is_the_fraction_of_what_was_chosen(body: SingleChoice, earned: list[str]) -> None:
    marks = [SINGLE.mark(body, response) for response in (["a"], ["b"], ["c"], [])]

    assert marks == [Decimal(share) for share in earned]
    assert {mark.as_tuple().exponent for mark in marks} == {-7}


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
        ("ab", "ac", "0.0000000"),
        ("ab", "abc", "0.5000000"),
        ("a", "abcdef", "0.0000000"),
        ("abcdef", "abcde", "0.8333333"),
    ],
)
def test_mark_right_minus_wrong_to_seven_places(right: str, response: str, earned: str) -> None:
    assert f"{MULTIPLE.mark(multiple(right, count=6), list(response)):.7f}" == earned


@pytest.mark.parametrize(
    ("body", "response", "earned"),
    [
        # The sum of what was chosen, as Moodle does it: between nothing and the full mark.
        (weighted("ab", "0.5 0.5 -0.5 -1"), "ab", "1"),
        (weighted("ab", "0.5 0.5 -0.5 -1"), "a", "0.5"),
        (weighted("ab", "0.5 0.5 -0.5 -1"), "abc", "0.5"),
        (weighted("ab", "0.5 0.5 -0.5 -1"), "abd", "0"),
        (weighted("ab", "0.5 0.5 -0.5 -1"), "d", "0"),
        (weighted("ab", "0.5 0.5 -0.5 -1", lowest=Decimal(-1)), "d", "-1"),
        (weighted("ab", "0.5 0.5 -0.5 -1", lowest=Decimal(-1)), "cd", "-1"),
        (weighted("ab", "0.5 0.5 -0.5 -1", lowest=Decimal(-9)), "cd", "-1.5"),
        (weighted("abc", "0.3333333 0.3333333 0.3333333 0"), "abc", "1"),
        (weighted("abc", "0.3333333 0.3333333 0.3333333 0"), "abcd", "1"),
        (weighted("abc", "0.33333 0.33333 0.33333 0"), "abc", "1"),
        (weighted("abc", "0.3333333 0.3333333 0.3333333 0"), "ab", "0.6666667"),
        # Without a weight a right option has an equal share, and a wrong one costs nothing.
        (weighted("ab", "- - - -"), "abc", "1"),
        (weighted("ab", "- - - -"), "b", "0.5"),
        (multiple(rule=MultipleRule.ALL_OR_NOTHING), "ab", "1"),
        (multiple(rule=MultipleRule.ALL_OR_NOTHING), "a", "0"),
        (multiple(rule=MultipleRule.ALL_OR_NOTHING), "abc", "0"),
        (multiple(rule=MultipleRule.ALL_OR_NOTHING), "", "0"),
        (weighted("ab", "0.5 0.5 -0.5 -1", lowest=Decimal(-1)), "", "0"),
    ],
)
def test_mark_by_weights_and_all_or_nothing(body: MultipleChoice, response: str, earned: str) -> None:
    assert MULTIPLE.mark(body, list(response)) == Decimal(earned)


sets = st.sets(st.sampled_from(KEYS))


@examples(200)
@given(right=sets.filter(len), response=sets)
def test_right_minus_wrong_stays_in_range_and_is_full_for_the_right_set_alone(
    right: set[str], response: set[str]
) -> None:
    mark = MULTIPLE.mark(multiple("".join(right), count=6), sorted(response))

    assert 0 <= mark <= 1
    assert (mark == 1) == (response == right)
    if response <= right:
        assert abs(mark - Decimal(len(response)) / len(right)) <= Decimal("0.00000005")


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


def test_mark_true_or_false() -> None:
    for answer in (True, False):
        marks = [TRUE_FALSE.mark(TrueFalse(answer=answer), response) for response in (["true"], ["false"], [])]
        assert marks == [Decimal(answer), Decimal(not answer), Decimal(0)]


@pytest.mark.parametrize("kind", [SINGLE, MULTIPLE], ids=lambda kind: kind.kind)
def test_present_holds_no_key_and_no_feedback(kind: Any) -> None:
    body = kind.load(codec.dump(MultipleChoice(options=options("ab", fractions="0.5 0.5 -1"))))
    fields = kind.present(body, EMPTY, ["c", "a", "b"], ["a"])

    assert fields["choices"] == [
        {"key": "c", "text": Rich("Option c"), "chosen": False},
        {"key": "a", "text": Rich("Option a"), "chosen": True},
        {"key": "b", "text": Rich("Option b"), "chosen": False},
    ]
    assert sorted(fields) == (["choices", "field"] if kind is SINGLE else ["choices", "field", "least", "most", "rule"])


def test_arrange_mixes_only_where_the_author_wishes() -> None:
    orders = {tuple(SINGLE.arrange(single(count=6), chance(seed))) for seed in range(20)}

    assert len(orders) > 10
    assert {tuple(sorted(order)) for order in orders} == {tuple(KEYS)}
    assert SINGLE.arrange(SingleChoice(options=options(), shuffle=False), chance(1)) == ["a", "b", "c"]
    assert MULTIPLE.arrange(MultipleChoice(options=options(), shuffle=False), chance(1)) == ["a", "b", "c"]
    assert TRUE_FALSE.arrange(TrueFalse(answer=True), chance(1)) == []


def test_review_says_of_each_option_whether_it_was_chosen_and_right() -> None:
    parts = MULTIPLE.review(multiple("ab", count=3), EMPTY, ["c", "b", "a"], ["a", "c"])

    assert [(str(part.label), part.chosen, part.correct, part.verdict) for part in parts] == [
        ("Option c", True, False, Verdict.WRONG),
        ("Option b", False, True, Verdict.NONE),
        ("Option a", True, True, Verdict.RIGHT),
    ]
    assert MULTIPLE.spoken(multiple("ab", count=3), EMPTY, ["c", "b", "a"], ["a", "c"]) == ("Option c", "Option a")


def test_without_wrong_keeps_what_is_right() -> None:
    assert MULTIPLE.without_wrong(multiple(), ["a", "c"]) == ["a"]
    assert SINGLE.without_wrong(single(), ["b"]) == []


def test_outline_tells_what_each_option_earns() -> None:
    assert SINGLE.outline(single(fractions="1 0.5 -0.25")) == {
        "options": [
            {"text": "Option a", "fraction": Decimal(1)},
            {"text": "Option b", "fraction": Decimal("0.5")},
            {"text": "Option c", "fraction": Decimal("-0.25")},
        ]
    }
    assert MULTIPLE.outline(multiple(count=3)) == {
        "rule": "right_minus_wrong",
        "options": [
            {"text": "Option a", "fraction": Decimal("0.5")},
            {"text": "Option b", "fraction": Decimal("0.5")},
            {"text": "Option c", "fraction": Decimal("-0.5")},
        ],
    }
    assert TRUE_FALSE.outline(TrueFalse(answer=False)) == {
        "options": [{"text": "True", "fraction": Decimal(0)}, {"text": "False", "fraction": Decimal(1)}]
    }


def test_from_outside_names_options_by_their_visible_text() -> None:
    bold = SingleChoice(
        options=(*options()[:2], Option(key="x", text=Rich("<b>Bold</b>", TextFormat.HTML), correct=False))
    )

    assert SINGLE.from_outside(bold, EMPTY, {"choice": " Bold "}) == ["x"]
    assert MULTIPLE.from_outside(multiple(), EMPTY, {"choices": ["Option c", "Option a"]}) == ["a", "c"]
    assert MULTIPLE.from_outside(multiple(), EMPTY, {"choices": []}) == []
    assert TRUE_FALSE.from_outside(TrueFalse(answer=True), EMPTY, {"boolean": False}) == ["false"]
    assert [kind.from_outside(None, EMPTY, {}) for kind in (SINGLE, MULTIPLE, TRUE_FALSE)] == [[], [], []]


@pytest.mark.parametrize(
    ("kind", "body", "response", "sentence"),
    [
        (SINGLE, single(), {"choice": "Option z"}, "No option reads “Option z”."),
        (SINGLE, single(), {"choice": 7}, "An option is named by its text."),
        (SINGLE, single(), {"choices": ["Option a"]}, "This question is answered by one choice."),
        (MULTIPLE, multiple(), {"choices": "Option a"}, "This question is answered by a list of choices."),
        (MULTIPLE, multiple(), {"choice": "Option a"}, "This question is answered by a list of choices."),
        (MULTIPLE, multiple(), {"choices": ["Option a", None]}, "An option is named by its text."),
        (TRUE_FALSE, TrueFalse(answer=True), {"boolean": "true"}, "This question is answered by true or false."),
        (TRUE_FALSE, TrueFalse(answer=True), {"text": "true"}, "This question is answered by true or false."),
    ],
    ids=range(8),
)
def test_from_outside_refuses_with_a_sentence(kind: Any, body: Any, response: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refusal:
        kind.from_outside(body, EMPTY, response)

    assert str(refusal.value) == sentence
