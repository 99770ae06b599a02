"""What holds for a question of any kind, whatever is in it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types import ItemType, all_types, codec
from assessments.item_types.rich import Rich
from tests.support.answers_of_questions import chance, forms, right_form, tried
from tests.support.bodies_of_questions import KINDS, bodies_with_stems
from tests.support.texts_of_questions import examples

ASKING = sorted(kind for kind, functions in all_types().items() if functions.asks)
MARKED = sorted(kind for kind in ASKING if all_types()[kind].counts and not all_types()[kind].marked_by_person)
CANARY = "kanarienvogel"


def bodies_of(*kinds: str) -> st.SearchStrategy[tuple[ItemType[Any], Any, Rich]]:
    return st.sampled_from(kinds).flatmap(
        lambda kind: bodies_with_stems(kind).map(lambda pair: (all_types()[kind], *pair))
    )


def test_every_kind_has_its_strategy() -> None:
    assert set(KINDS) == set(all_types())


@pytest.mark.parametrize("kind", sorted(KINDS))
@examples(40)
@given(data=st.data())
def test_what_is_made_by_chance_is_valid_and_stored_as_it_is(kind: str, data: st.DataObject) -> None:
    functions = all_types()[kind]
    body, stem = data.draw(bodies_with_stems(kind))
    stored = json.loads(json.dumps(functions.dump(body)))

    assert functions.problems(body) == []
    assert functions.stem_problems(body, stem) == []
    assert functions.load(stored) == body
    assert json.loads(json.dumps(functions.outline(body), default=str)) is not None


@pytest.mark.parametrize("kind", MARKED)
@examples(40)
@given(data=st.data())
def test_right_answer_earns_the_full_mark_and_none_earns_nothing(kind: str, data: st.DataObject) -> None:
    functions = all_types()[kind]
    body, stem = data.draw(bodies_with_stems(kind))
    response = functions.parse(body, right_form(body))

    assert functions.mark(body, response) == 1
    assert all(part.correct for part in functions.review(body, stem, (), response) if part.right)
    assert {functions.mark(body, empty) for empty in ({}, [])} == {Decimal(0)}


@examples(200)
@given(data=st.data(), made=bodies_of(*ASKING))
def test_any_form_is_refused_with_a_sentence_or_marked_in_range(
    data: st.DataObject, made: tuple[ItemType[Any], Any, Rich]
) -> None:
    functions, body, stem = made
    response = tried(functions.parse, body, data.draw(forms(body)))
    if isinstance(response, str):
        assert response.strip()
        return
    mark = functions.mark(body, response)
    arrangement = json.loads(json.dumps(functions.arrange(body, chance(1))))

    assert response
    assert json.loads(json.dumps(response)) == response
    assert mark is None or (-1 <= mark <= 1 and mark.as_tuple().exponent == -7)
    assert mark == functions.mark(body, json.loads(json.dumps(response)))
    assert functions.review(body, stem, arrangement, response)
    assert functions.spoken(body, stem, arrangement, response)
    assert functions.present(body, stem, arrangement, response)


@examples(100)
@given(made=bodies_of(*KINDS), seed=st.integers(0, 50))
def test_arrange_is_the_same_for_the_same_chance(made: tuple[ItemType[Any], Any, Rich], seed: int) -> None:
    functions, body, _stem = made

    assert functions.arrange(body, chance(seed)) == functions.arrange(body, chance(seed))


@examples(200)
@given(made=bodies_of(*KINDS))
def test_what_a_learner_is_shown_tells_no_feedback_and_no_fraction(made: tuple[ItemType[Any], Any, Rich]) -> None:
    functions, body, stem = made
    planted = functions.load(_planted(functions.dump(body)))
    fields = dict(functions.present(planted, stem, functions.arrange(planted, chance(1)), {}))
    fields.pop("rubric", None)  # what earns points is for learners to read, before they write
    shown = json.dumps(fields, default=told)

    assert CANARY not in shown
    assert not {"feedback", "fraction", "correct", "tolerance", "multiplier", "weight", "points"} & set(
        _names(json.loads(shown))
    )


def told(value: Any) -> Any:
    return codec.dump(value)


def _planted(stored: Any) -> Any:
    """Put a canary into whatever only a marker or a result may tell."""
    secrets = {"feedback", "feedback_true", "feedback_false", "marker_notes", "answers", "rubric"}
    if isinstance(stored, list):
        return [_planted(one) for one in stored]
    if not isinstance(stored, dict):
        return stored
    return {name: _with_canary(value) if name in secrets else _planted(value) for name, value in stored.items()}


def _with_canary(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_canary(one) for one in value]
    if isinstance(value, str):
        return value if _is_number(value) or value in {"relative", "geometric"} else CANARY
    if isinstance(value, dict) and "format" in value:
        return {**value, "text": CANARY}
    if isinstance(value, dict):
        return {name: _with_canary(one) for name, one in value.items()}
    return value


def _is_number(text: str) -> bool:
    return all(character in "0123456789.-" for character in text)


def _names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for one in value.values() for name in _names(one)}
    return {name for one in value for name in _names(one)} if isinstance(value, list) else set()


@pytest.mark.parametrize("kind", sorted(KINDS))
@examples(30)
@given(
    data=st.data(),
    answer=st.dictionaries(
        st.sampled_from(["choice", "choices", "text", "number", "unit", "pairs", "order", "gaps", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
            max_leaves=5,
        ),
        max_size=2,
    ),
)
def test_from_outside_takes_anything_or_says_why_not(kind: str, data: st.DataObject, answer: dict[str, Any]) -> None:
    functions = all_types()[kind]
    body, stem = data.draw(bodies_with_stems(kind))
    response = tried(functions.from_outside, body, stem, answer)
    mark = None if isinstance(response, str) else functions.mark(body, response)

    assert response != ""
    assert mark is None or -1 <= mark <= 1
    assert not functions.from_outside(body, stem, {})
