"""Any question by chance: written and read, it is the same, or it was said what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.exchange.questions.moodle_xml import read, write
from assessments.item_types.bodies import Cloze
from assessments.item_types.questions import Hint, Picture, Question, Verdicts
from assessments.item_types.rich import Rich
from tests.support.bodies_of_questions import KINDS, questions
from tests.support.moodle_xml import JPEG, PNG
from tests.support.texts_of_questions import feedbacks, riches

PARTS = {"single_choice", "multiple_choice", "matching", "ordering", "gap_fill"}
WRITTEN = sorted(set(KINDS) - {"self_rating"})


@st.composite
def whole_questions(draw: st.DrawFn, kind: str) -> Question:
    """A question with everything beside its body."""
    question = draw(questions(kind))
    # What Moodle never holds would hide the rest.
    body = question.body
    if getattr(body, "all_or_nothing", False):
        body = replace(body, all_or_nothing=False)
    mark = question.mark
    if isinstance(body, Cloze):
        mark = type(mark)(sum(gap.weight for gap in body.gaps))
    hints: tuple[Hint, ...] = ()
    if kind not in {"open_text", "file_upload", "description"}:
        hint = st.builds(Hint, text=riches(), clear_wrong=st.booleans(), show_count=st.booleans())
        hints = tuple(draw(st.lists(hint, max_size=2)))
    verdicts = Verdicts()
    if kind in PARTS:
        verdicts = draw(st.builds(Verdicts, right=feedbacks(), partly=feedbacks(), wrong=feedbacks()))
    explanation, pictures = question.explanation, ()
    if draw(st.booleans()):
        pictures = (Picture(name="a b.png", data=PNG), Picture(name="ç.jpg", data=JPEG))
        explanation = Rich(f"{explanation.text} picture:%C3%A7.jpg".strip(), explanation.format)
    return replace(
        question, body=body, mark=mark, hints=hints, verdicts=verdicts, explanation=explanation, pictures=pictures
    )


@pytest.mark.parametrize("kind", WRITTEN)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_question_comes_back_as_it_was_or_it_is_said(kind: str, data: st.DataObject) -> None:
    question = data.draw(whole_questions(kind))

    writing = write([question])
    found = read(writing.data).found

    if not found:
        assert [note.message.startswith("Not written: ") for note in writing.lost] == [True]
        return
    assert found[0].problems == ()
    if not writing.lost:
        assert found[0].question == question
    assert found[0].question is not None
    # What was read is held whole: a second time, nothing changes and nothing new is said.
    again = write([found[0].question])
    assert again.data == writing.data
    assert set(again.lost) <= set(writing.lost)


@settings(max_examples=40, deadline=None)
@given(asked=st.lists(st.sampled_from(WRITTEN).flatmap(whole_questions), max_size=5))
def test_questions_come_back_in_their_order(asked: list[Question]) -> None:
    writing = write(asked)
    dropped = sum(note.message.startswith("Not written: ") for note in writing.lost)
    back = [found.question.name for found in read(writing.data).found if found.question]
    assert len(back) == len(asked) - dropped
    kept = iter(question.name for question in asked)
    assert all(name in kept for name in back)
