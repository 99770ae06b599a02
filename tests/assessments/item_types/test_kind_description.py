"""A text between questions."""

from __future__ import annotations

import pytest

from assessments.item_types import InvalidResponse
from assessments.item_types.bodies import Description
from assessments.item_types.description import TYPE
from assessments.item_types.rich import EMPTY

BODY = Description()


def test_description_asks_nothing_and_earns_nothing() -> None:
    assert (TYPE.asks, TYPE.counts, TYPE.marked_by_person) == (False, False, False)
    assert TYPE.mark(BODY, {}) is None
    assert TYPE.review(BODY, EMPTY, [], {}) == ()
    assert TYPE.present(BODY, EMPTY, [], {}) == {}
    assert (TYPE.dump(BODY), TYPE.load({}), TYPE.outline(BODY)) == ({}, BODY, {})


def test_parse_refuses_any_answer() -> None:
    with pytest.raises(InvalidResponse, match=r"^Nothing is asked here\.$"):
        TYPE.parse(BODY, {"text": ["a"]})


def test_from_outside_takes_no_answer_alone() -> None:
    assert TYPE.from_outside(BODY, EMPTY, {}) == {}
    with pytest.raises(InvalidResponse):
        TYPE.from_outside(BODY, EMPTY, {"text": "a"})
