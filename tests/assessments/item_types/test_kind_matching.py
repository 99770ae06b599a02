"""Stems with matches."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types import InvalidResponse
from assessments.item_types.bodies import Matching, Pair
from assessments.item_types.matching import TYPE
from assessments.item_types.rich import EMPTY, Rich, TextFormat
from assessments.item_types.shape import Verdict
from tests.support.answers_of_questions import chance
from tests.support.bodies_of_questions import matchings
from tests.support.texts_of_questions import examples


def question(*matches: str, weights: tuple[str, ...] = (), **fields: Any) -> Matching:
    return Matching(
        pairs=tuple(
            Pair(
                key=f"k{number}",
                stem=Rich(f"stem {number}"),
                match=match,
                weight=Decimal(weights[number]) if weights else Decimal(1),
            )
            for number, match in enumerate(matches)
        ),
        **fields,
    )


def answer(*matches: str) -> dict[str, dict[str, str]]:
    return {"pairs": {f"k{number}": match for number, match in enumerate(matches) if match}}


@pytest.mark.parametrize(
    ("body", "given", "earned"),
    [
        (question("a", "b", "c"), ("a", "b", "c"), "1.0000000"),
        (question("a", "b", "c"), ("a", "c", "b"), "0.3333333"),
        (question("a", "b", "c"), ("a", "b", ""), "0.6666667"),
        (question("a", "b", "c"), ("b", "c", "a"), "0.0000000"),
        (question("a", "b", "c"), ("a", "a", "a"), "0.3333333"),
        # Equal texts are one match.
        (question("a", "a", "b"), ("a", "a", "b"), "1.0000000"),
        (question("a", " a ", "b"), ("a", "a", "b"), "1.0000000"),
        (question("a", "b", distractors=("c",)), ("a", "c"), "0.5000000"),
        (question("a", "b", "c", all_or_nothing=True), ("a", "b", "c"), "1.0000000"),
        (question("a", "b", "c", all_or_nothing=True), ("a", "b", ""), "0.0000000"),
        (question("a", "b", "c", weights=("1", "2", "4")), ("a", "", "c"), "0.7142857"),
        (question("a", "b", weights=("0.5", "1.5")), ("a", ""), "0.2500000"),
    ],
)
def test_mark_is_the_share_of_right_stems(body: Matching, given: tuple[str, ...], earned: str) -> None:
    assert f"{TYPE.mark(body, answer(*given)):f}" == earned


@examples(50)
@given(body=matchings(), data=st.data())
def test_mark_is_full_for_the_right_pairs_alone(body: Matching, data: st.DataObject) -> None:
    texts = sorted({pair.match for pair in body.pairs} | set(body.distractors))
    pairs = {pair.key: data.draw(st.sampled_from(texts)) for pair in body.pairs}
    right = all(pairs[pair.key] == pair.match for pair in body.pairs)

    assert (TYPE.mark(body, {"pairs": pairs}) == 1) == right


@examples(50)
@given(body=matchings(), seed=st.integers(0, 1000))
def test_arrange_mixes_the_matches_and_the_stems_where_wished(body: Matching, seed: int) -> None:
    arrangement = TYPE.arrange(body, chance(seed))

    assert sorted(arrangement["matches"]) == sorted({*(pair.match for pair in body.pairs), *body.distractors})
    assert sorted(arrangement["pairs"]) == [pair.key for pair in body.pairs]
    if not body.shuffle:
        assert arrangement["pairs"] == [pair.key for pair in body.pairs]


def test_present_shows_each_match_once_in_an_order_that_tells_nothing() -> None:
    body = question("z", "a", "z", distractors=("m", "a"))
    shown = TYPE.present(body, EMPTY, [], answer("m"))

    assert shown["matches"] == ["a", "m", "z"]
    assert [(pair["field"], pair["chosen"]) for pair in shown["pairs"]] == [
        ("match-k0", "m"), ("match-k1", ""), ("match-k2", ""),
    ]  # fmt: skip


def test_parse_keeps_the_texts_of_what_was_chosen() -> None:
    body = question("a b", "c")

    assert TYPE.parse(body, {"match-k0": ["a \n b"], "match-k1": [""]}) == answer("a b")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a match for at least one stem."),
        ({"match-k0": [" "]}, "Choose a match for at least one stem."),
        ({"match-k0": ["x"]}, "“x” is not one of the matches. Choose again."),
        ({"match-k0": ["a", "b"]}, "This page gave two answers in one place. Load it again, then answer."),
    ],
)
def test_parse_refuses(sent: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refused:
        TYPE.parse(question("a", "b"), sent)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (question("a", "b"), []),
        (question("a", distractors=("b",)), []),
        (question(), ["Give at least one pair."]),
        (question("a", "a"), ["Give at least two different matches."]),
        (question("a", " "), ["Give each stem and each match a text."]),
        (question("a", "b", distractors=("",)), ["Give each stem and each match a text."]),
        (question("a", "b" * 1001), ["A match has at most 1000 characters."]),
        (question("a", "b", weights=("0", "1")), ["A weight is above zero and at most 1000."]),
        (question("a", "b", weights=("1E+999999999", "1")), ["A weight is above zero and at most 1000."]),
        (
            question(*"ab" * 26),
            ["Give at most 50 pairs, and 100 matches with those that belong to none."],
        ),
        (
            Matching(
                pairs=(
                    Pair(key="", stem=Rich("<p>same</p>", TextFormat.HTML), match="a"),
                    Pair(key="", stem=Rich(" same "), match="b"),
                )
            ),
            ["Two stems have the same text: make them differ.", "Each pair needs a key of its own."],
        ),
    ],
)
def test_problems_say_each_thing(body: Matching, sentences: list[str]) -> None:
    assert TYPE.problems(body) == sentences


def test_advice_wants_a_match_too_many() -> None:
    assert len(TYPE.advice(question("a", "b"))) == 1
    assert TYPE.advice(question("a", "b", distractors=("c",))) == []
    assert TYPE.advice(question("a", "b", "a")) == []


def test_review_and_spoken() -> None:
    body = question("a", "b")
    parts = TYPE.review(body, EMPTY, {"pairs": ["k1", "k0"], "matches": ["a", "b"]}, answer("b"))

    assert [(str(part.label), part.given, part.right, part.verdict) for part in parts] == [
        ("stem 1", "", "b", Verdict.WRONG),
        ("stem 0", "b", "a", Verdict.WRONG),
    ]
    assert TYPE.spoken(body, EMPTY, [], answer("b")) == ("stem 0 → b",)


def test_outline_has_pairs_by_stem() -> None:
    assert TYPE.outline(question("a", "b", distractors=("c",))) == {
        "pairs": {"stem 0": "a", "stem 1": "b"},
        "distractors": ["c"],
    }


@pytest.mark.parametrize(
    ("named", "response"),
    [
        ({}, {}),
        ({"pairs": {}}, {}),
        ({"pairs": {"stem 0": None, "stem 1": ""}}, {}),
        ({"pairs": {" stem  0": "b", "stem 1": None}}, answer("b")),
    ],
)
def test_from_outside(named: dict[str, Any], response: dict[str, Any]) -> None:
    assert TYPE.from_outside(question("a", "b"), EMPTY, named) == response


@pytest.mark.parametrize(
    "named", [{"pairs": ["a"]}, {"pairs": {"stem 9": "a"}}, {"pairs": {"stem 0": "x"}}, {"text": "a"}]
)
def test_from_outside_refuses(named: dict[str, Any]) -> None:
    with pytest.raises(InvalidResponse):
        TYPE.from_outside(question("a", "b"), EMPTY, named)
