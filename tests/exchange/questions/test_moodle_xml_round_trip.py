"""Any question by chance: what Moodle holds comes back as it was; of any other it is said what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.exchange.questions.moodle_xml import read, write
from assessments.item_types.questions import Question
from tests.support.bodies_of_questions import KINDS, questions
from tests.support.held_by_moodle import held_questions
from tests.support.texts_of_questions import examples

WRITTEN = sorted(set(KINDS) - {"self_rating"})


@pytest.mark.parametrize("kind", WRITTEN)
@examples(40)
@given(data=st.data())
def test_question_that_moodle_holds_comes_back_as_it_was(kind: str, data: st.DataObject) -> None:
    question = data.draw(held_questions(kind))

    writing = write([question])

    assert writing.lost == ()
    (found,) = read(writing.data).found
    assert (found.question, found.problems, found.lost) == (question, (), ())


@pytest.mark.parametrize("kind", sorted(KINDS))
@examples(40)
@given(data=st.data())
def test_any_question_comes_back_as_it_was_or_it_is_said(kind: str, data: st.DataObject) -> None:
    question = data.draw(questions(kind))

    writing = write([question])
    found = read(writing.data).found

    if not found:
        assert [note.message.startswith("Not written: ") for note in writing.lost] == [True]
        return
    assert found[0].question is not None
    assert writing.lost or found[0].question == question
    # What was read is held whole: a second time, nothing changes and nothing new is said.
    again = write([found[0].question])
    assert again.data == writing.data
    assert set(again.lost) <= set(writing.lost)


@examples(30)
@given(asked=st.lists(st.sampled_from(WRITTEN).flatmap(held_questions), max_size=4))
def test_questions_come_back_in_their_order(asked: list[Question]) -> None:
    assert [found.question for found in read(write(asked).data).found] == asked
