"""What is written is read again: exactly with our own file, and marked the same by the XML alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.exchange.questions.qti import read, write
from assessments.item_types import item_type
from assessments.item_types.bodies import Cloze, Gap, MultipleRule, OrderingRule, ShortText, Tolerance
from assessments.item_types.questions import Hint, Question, Verdicts
from assessments.item_types.rich import EMPTY, Rich, visible
from tests.support.bodies_of_questions import KINDS, numerics, questions, short_texts, single_choices
from tests.support.qti_answers import answers
from tests.support.qti_engine import Engine
from tests.support.qti_packages import only, question_of, unpacked, without_ours
from tests.support.texts_of_questions import feedbacks, riches

VERSIONS = ("2.1", "2.2", "3.0")
MARKED = (
    "single_choice", "multiple_choice", "true_false", "short_text", "numeric", "matching", "ordering", "gap_fill",
    "cloze",
)  # fmt: skip
ONE = Decimal(1)
NEAR = Fraction(1, 1_000_000)
EXAMPLES, MORE_EXAMPLES = (settings(max_examples=count, deadline=None) for count in (10, 40))


@st.composite
def whole(draw: st.DrawFn, kind: str) -> Question:
    """A question with all that may stand beside its body, and limits where they can be."""
    question = draw(questions(kind))
    body = question.body
    if kind == "multiple_choice":
        right = sum(option.correct for option in body.options)
        most = draw(st.sampled_from([0, right, len(body.options)]))
        lowest = draw(st.sampled_from([Decimal(0), Decimal("-0.5"), Decimal(-1)]))
        lowest = lowest if body.rule == MultipleRule.WEIGHTS else Decimal(0)
        body = dataclasses.replace(body, least=draw(st.integers(0, right)), most=most, lowest=lowest)
    return dataclasses.replace(
        question,
        body=body,
        code=draw(st.sampled_from(["", "buy-7", "Größe 1", "a.b_c", "../x"])),
        language=draw(st.sampled_from(["", "en", "es", "id", "pt-BR"])),
        difficulty=draw(st.integers(0, 5)),
        penalty=draw(st.sampled_from([Decimal("0.3333333"), Decimal(0)])),
        verdicts=draw(st.builds(Verdicts, right=feedbacks(), partly=feedbacks(), wrong=feedbacks())),
        hints=tuple(draw(st.lists(st.builds(Hint, text=riches(), show_count=st.booleans()), max_size=2))),
    )


def no_patterns(body: ShortText) -> ShortText:
    """Patterns have no like in QTI."""
    return dataclasses.replace(body, answers=tuple(one for one in body.answers if not one.pattern))


@st.composite
def clozes(draw: st.DrawFn) -> tuple[Cloze, Rich]:
    """Gaps of the kinds that stand within a text in QTI too."""
    gaps = draw(
        st.lists(
            st.one_of(
                single_choices().map(lambda body: Gap(single_choice=body)),
                short_texts().map(lambda body: Gap(short_text=no_patterns(body))),
                numerics(with_units=False).map(lambda body: Gap(numeric=body)),
            ),
            min_size=1,
            max_size=3,
        )
    )
    weighed = tuple(dataclasses.replace(gap, weight=draw(st.integers(1, 3))) for gap in gaps)
    markers = " and ".join(f"{{#{number}}}" for number in range(1, len(gaps) + 1))
    return Cloze(gaps=weighed, all_or_nothing=draw(st.booleans())), Rich(f"Gaps: {markers}.")


@st.composite
def writable(draw: st.DrawFn, kind: str) -> Question:
    """A question that QTI can hold, most of the time."""
    question = draw(whole(kind))
    body, stem = question.body, question.stem
    if kind == "numeric":
        body = draw(numerics(with_units=False))
        rule, tolerance = draw(st.sampled_from(Tolerance)), draw(st.sampled_from(["0", "0.1", "0.25", "2"]))
        first = dataclasses.replace(body.answers[0], rule=rule, tolerance=Decimal(tolerance))
        body = dataclasses.replace(body, answers=(first, *body.answers[1:]))
    if kind == "short_text":
        body = no_patterns(body)
    if kind == "ordering":
        rules = [OrderingRule.ALL_OR_NOTHING, OrderingRule.ABSOLUTE_POSITION]
        body = dataclasses.replace(body, rule=draw(st.sampled_from(rules)))
    if kind == "cloze":
        body, stem = draw(clozes())
    return dataclasses.replace(question, body=body, stem=stem)


def item_of(data: bytes) -> bytes:
    return next(content for name, content in unpacked(data).items() if name.startswith("items/"))


def responses_read(question: Question, read_again: Question, response: object) -> object:
    """A text with one typed gap comes back as the question that the gap is."""
    if question.kind != "cloze" or read_again.kind == "cloze" or not isinstance(response, dict):
        return renamed(question, response)
    gaps: Sequence[object] = response.get("gaps", [])
    return gaps[0] if gaps and gaps[0] else {}


def renamed(question: Question, response: object) -> object:
    """The keys of stems come back as QTI had to call them."""
    if question.kind == "matching" and isinstance(response, dict) and response:
        return {"pairs": {f"S-{key}": text for key, text in response["pairs"].items()}}
    return response


@pytest.mark.parametrize("kind", sorted(KINDS))
@EXAMPLES
@given(version=st.sampled_from(VERSIONS), data=st.data())
def test_what_is_written_comes_back_exactly_or_is_said_to_be_left_out(
    kind: str, version: str, data: st.DataObject
) -> None:
    question = data.draw(whole(kind))

    written = write([question], version)
    reading = read(written.data)

    if any(note.message.startswith("Left out") for note in written.lost):
        assert reading.found == ()
    else:
        assert only(reading).question == question
        assert only(reading).lost == ()


@pytest.mark.parametrize("kind", MARKED)
@MORE_EXAMPLES
@given(version=st.sampled_from(VERSIONS), data=st.data())
def test_item_alone_is_marked_the_same_elsewhere_and_here_again(version: str, kind: str, data: st.DataObject) -> None:
    question = data.draw(writable(kind))
    written = write([question], version).data
    if not read(written).found:
        return
    engine = Engine(item_of(written))
    again = question_of(read(without_ours(written)))
    marks, marks_again = item_type(kind).mark, item_type(again.kind).mark
    assert item_type(again.kind).problems(again.body) == []
    assert item_type(again.kind).stem_problems(again.body, again.stem) == []

    for response, elsewhere in answers(question, engine):
        here = marks(question.body, response)
        assert here is not None
        assert abs(engine.mark(elsewhere) - Fraction(here)) < NEAR, (response, elsewhere)
        here_again = marks_again(again.body, responses_read(question, again, response))
        assert here_again is not None
        assert abs(here_again - here) < Decimal(1) / 1_000_000, response
    assert again.mark == question.mark


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"self_rating"}))
@EXAMPLES
@given(version=st.sampled_from(VERSIONS), data=st.data())
def test_item_alone_keeps_its_words(kind: str, version: str, data: st.DataObject) -> None:
    question = data.draw(writable(kind))
    written = write([question], version).data
    if not read(written).found:
        return

    again = question_of(read(without_ours(written)))

    assert again.name == question.name
    assert again.tags == question.tags
    assert again.language == question.language
    assert question.code in {again.code, "", "Größe 1", "../x"}
    assert visible(again.explanation) == visible(question.explanation)
    if kind == again.kind and kind not in {"gap_fill", "cloze"}:
        assert visible(again.stem) == visible(question.stem)
    if kind == again.kind:
        assert shown(again) == shown(question)
        if kind in MARKED:
            assert said(again) == said(question)


def said(question: Question) -> list[str]:
    """Return what is said of an answer as a whole."""
    verdicts = question.verdicts
    return [visible(one) for one in (verdicts.right, verdicts.partly, verdicts.wrong)]


def shown(question: Question) -> list[str]:
    """Return what a learner can choose from, and what is said of it."""
    body = question.body
    if question.kind in {"single_choice", "multiple_choice"}:
        return [f"{visible(one.text)} / {visible(one.feedback)}" for one in body.options]
    if question.kind == "true_false":
        return [visible(body.feedback_true), visible(body.feedback_false)]
    if question.kind == "matching":
        return [visible(pair.stem) for pair in body.pairs]
    if question.kind == "ordering":
        return [visible(step.text) for step in body.steps]
    if question.kind == "short_text":
        return [visible(one.feedback) for one in body.answers]
    if question.kind == "numeric":
        # An answer that asks the same as one before it never counts, and is not written.
        first = {dataclasses.replace(one, fraction=ONE, feedback=EMPTY): one for one in reversed(body.answers)}
        return sorted(visible(one.feedback) for one in first.values())
    return []
