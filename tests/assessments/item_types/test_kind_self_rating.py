"""How sure somebody is."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.item_types import InvalidResponse
from assessments.item_types.bodies import SelfRating
from assessments.item_types.rich import EMPTY
from assessments.item_types.self_rating import TYPE

BODY = SelfRating(levels=("Not at all", "Somewhat", "Very"))


def test_mark_is_none() -> None:
    assert not TYPE.counts
    assert [TYPE.mark(BODY, response) for response in ({}, {"rating": 2})] == [None, None]


def test_parse_and_present() -> None:
    response = TYPE.parse(BODY, {"rating": ["1"]})
    shown = TYPE.present(BODY, EMPTY, [], response)

    assert response == {"rating": 1}
    assert [(level["value"], level["text"], level["chosen"]) for level in shown["levels"]] == [
        ("0", "Not at all", False), ("1", "Somewhat", True), ("2", "Very", False),
    ]  # fmt: skip
    assert TYPE.spoken(BODY, EMPTY, [], response) == ("Somewhat",)
    assert TYPE.parse(BODY, {"rating": ["0"]}) == {"rating": 0}


@pytest.mark.parametrize("values", [[], [""], ["3"], ["-1"], ["01"], ["²"], ["Very"], ["9" * 900]])
def test_parse_refuses(values: list[str]) -> None:
    with pytest.raises(InvalidResponse, match=r"^Choose one of the levels\.$"):
        TYPE.parse(BODY, {"rating": values})


@pytest.mark.parametrize(
    ("levels", "sentences"),
    [
        (("a", "b"), []),
        (("a",), ["Give from 2 to 11 levels."]),
        (tuple(map(str, range(12))), ["Give from 2 to 11 levels."]),
        (("a", " "), ["Give each level a short text."]),
        (("a", "a "), ["Two levels have the same text: make them differ."]),
    ],
)
def test_problems_say_each_thing(levels: tuple[str, ...], sentences: list[str]) -> None:
    assert TYPE.problems(SelfRating(levels=levels)) == sentences


@pytest.mark.parametrize(("named", "response"), [({}, {}), ({"text": " Very"}, {"rating": 2})])
def test_from_outside(named: dict[str, Any], response: dict[str, int]) -> None:
    assert TYPE.from_outside(BODY, EMPTY, named) == response


@pytest.mark.parametrize("named", [{"text": "Quite"}, {"text": 1}, {"rating": 1}])
def test_from_outside_refuses(named: dict[str, Any]) -> None:
    with pytest.raises(InvalidResponse):
        TYPE.from_outside(BODY, EMPTY, named)


def test_outline_has_the_levels() -> None:
    assert TYPE.outline(BODY) == {"levels": ["Not at all", "Somewhat", "Very"]}
