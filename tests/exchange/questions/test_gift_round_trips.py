"""What GIFT holds survives writing and reading; what it does not hold is said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from academy.exchange.questions import gift
from assessments.item_types import bodies
from assessments.item_types.multiple_choice import MultipleChoice
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich
from tests.support import bodies_of_questions, gift_questions

# A question has many texts, and the machine that draws them may have other work.
UNHURRIED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
LEFT_OUT = "The question is left out."
HELD = (
    "single_choice",
    "multiple_choice",
    "true_false",
    "short_text",
    "numeric",
    "matching",
    "open_text",
    "description",
)


def back(questions: list[Question]) -> list[Question | None]:
    reading = gift.read(gift.write(questions).data)
    assert reading.problems == ()
    return [found.question for found in reading.found]


@pytest.mark.parametrize("kind", HELD)
@settings(max_examples=80, **UNHURRIED)
@given(data=st.data())
def test_question_survives_unchanged(kind: str, data: st.DataObject) -> None:
    question = data.draw(gift_questions.questions(kind))
    writing = gift.write([question])
    assert writing.lost == ()
    reading = gift.read(writing.data)
    assert [(found.question, found.problems) for found in reading.found] == [(question, ())]


@settings(max_examples=40, **UNHURRIED)
@given(questions=st.lists(gift_questions.questions(), min_size=2, max_size=4))
def test_questions_of_a_file_survive_in_their_order(questions: list[Question]) -> None:
    assert back(questions) == questions


def implied(question: Question) -> Question:
    """Return the question as GIFT says it, with other words for the same marks."""
    match question.body:
        case bodies.SingleChoice(options=options):
            told = tuple(replace(one, fraction=None) if one.fraction in {0, 1} else one for one in options)
            return replace(question, body=replace(question.body, options=told))
        case bodies.MultipleChoice(options=options, rule=bodies.MultipleRule.RIGHT_MINUS_WRONG):
            share = (Decimal(1) / sum(one.correct for one in options)).quantize(Decimal("0.0000001"))
            told = tuple(replace(one, fraction=share if one.correct else -share) for one in options)
            return replace(question, body=replace(question.body, options=told, rule=bodies.MultipleRule.WEIGHTS))
    return question


def without(question: Question) -> Question:
    """Return the question without what GIFT leaves out."""
    body: Any = question.body
    explanation = question.explanation
    match body:
        case bodies.SingleChoice() | bodies.MultipleChoice() | bodies.Matching():
            body = replace(body, shuffle=True)
        case bodies.ShortText():
            body = replace(body, case_sensitive=False)
        case bodies.OpenText():
            body = bodies.OpenText()
        case bodies.Description():
            explanation = Rich()
    return replace(question, body=body, explanation=explanation, mark=Decimal(1))


def number_of_losses(question: Question) -> int:
    body: Any = question.body
    of_kind: list[bool] = []
    match body:
        case bodies.SingleChoice() | bodies.MultipleChoice() | bodies.Matching():
            of_kind = [not body.shuffle]
        case bodies.ShortText():
            of_kind = [body.case_sensitive]
        case bodies.OpenText():
            size = (body.editor, body.lines, body.least_words, body.most_words)
            of_kind = [bool(part) for part in (body.rubric, body.marker_notes, body.template)]
            of_kind.append(size != (bodies.Editor.PLAIN, 10, 0, 0))
        case bodies.Description():
            of_kind = [bool(question.explanation)]
    return sum([question.mark != 1, *of_kind])


@settings(max_examples=150, **UNHURRIED)
@given(question=bodies_of_questions.questions(*HELD))
def test_question_of_any_kind_is_held_or_its_losses_are_told(question: Question) -> None:
    writing = gift.write([question])
    if any(note.message.startswith(LEFT_OUT) for note in writing.lost):
        assert writing.data == b""
        return
    expected = without(implied(question))
    assert len(writing.lost) == number_of_losses(question)
    assert back([question]) == [expected]


@settings(max_examples=100, **UNHURRIED)
@given(question=bodies_of_questions.questions("multiple_choice"))
def test_choice_by_several_marks_as_before(question: Question) -> None:
    writing = gift.write([question])
    if not writing.data:
        return
    marker = MultipleChoice()
    (found,) = gift.read(writing.data).found
    assert found.question is not None
    keys = [option.key for option in question.body.options]
    for chosen in chain.from_iterable(combinations(keys, number) for number in range(len(keys) + 1)):
        assert marker.mark(found.question.body, list(chosen)) == marker.mark(question.body, list(chosen))
