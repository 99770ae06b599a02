"""The form of each kind: what it shows of a body, it says again, whatever the body."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.item_types import all_types
from assessments.item_types.editors import editor_of
from tests.support.bodies_of_questions import bodies_with_stems
from tests.support.question_forms import sent_by

KINDS = sorted(all_types())


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_form_says_what_the_body_said(kind: str, data: st.DataObject) -> None:
    body, stem = data.draw(bodies_with_stems(kind))
    shown = editor_of(kind)(writing=stem.format, body=body)

    again = editor_of(kind)(writing=stem.format, data=sent_by(shown))

    assert again.is_valid()
    assert again.body(stem) == body
