"""Questions by chance as Moodle XML holds them whole: what it never holds is turned into what it does.

Thought out from the format alone, not from what our writer says.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import singledispatch
from typing import Any

from hypothesis import strategies as st

from assessments.item_types import bodies
from assessments.item_types.questions import Hint, Picture, Question, Verdicts
from assessments.item_types.rich import Rich, TextFormat
from assessments.item_types.shape import seven_places
from tests.support.bodies_of_questions import questions
from tests.support.moodle_xml import JPEG, PNG
from tests.support.texts_of_questions import feedbacks, riches

ZERO, ONE = Decimal(0), Decimal(1)
WITH_VERDICTS = {"single_choice", "multiple_choice", "matching", "ordering", "gap_fill"}
WITHOUT_HINTS = {"open_text", "file_upload", "description"}
# A gap of a cloze has no sure way to write these.
IN_A_GAP = str.maketrans({"~": "÷", "\\": "¦"})
# In a gap, a plain text has nothing that could be markup.
PLAIN_IN_A_GAP = str.maketrans({"~": "÷", "\\": "¦", "<": "§", "&": "¶"})


@singledispatch
def held(body: Any) -> Any:
    """Return a body that Moodle holds."""
    return body


@held.register
def _(body: bodies.SingleChoice) -> bodies.SingleChoice:
    if all(option.fraction in {ZERO, ONE} for option in body.options):
        return replace(body, options=tuple(replace(option, fraction=None) for option in body.options))
    return body


@held.register
def _(body: bodies.MultipleChoice) -> bodies.MultipleChoice:
    if body.rule == bodies.MultipleRule.WEIGHTS:
        return body
    share = seven_places(ONE / sum(option.correct for option in body.options))
    options = tuple(replace(option, fraction=share if option.correct else ZERO) for option in body.options)
    return replace(body, rule=bodies.MultipleRule.WEIGHTS, options=options)


@held.register
def _(body: bodies.Numeric) -> bodies.Numeric:
    return replace(
        body,
        answers=tuple(
            replace(one, rule=bodies.Tolerance.ABSOLUTE)
            if one.low is None
            else bodies.AcceptedNumber(value=one.low, fraction=one.fraction, feedback=one.feedback)
            for one in body.answers
        ),
    )


@held.register
def _(body: bodies.Matching) -> bodies.Matching:
    return replace(body, all_or_nothing=False, pairs=tuple(replace(pair, weight=ONE) for pair in body.pairs))


@held.register
def _(body: bodies.GapFill) -> bodies.GapFill:
    return replace(body, all_or_nothing=False)


@held.register(bodies.OpenText)
@held.register(bodies.FileUpload)
def _(body: Any) -> Any:
    return replace(body, rubric=())


@held.register
def _(body: bodies.Cloze) -> bodies.Cloze:
    return replace(body, all_or_nothing=False, gaps=tuple(_gap(gap) for gap in body.gaps))


def _gap(gap: bodies.Gap) -> bodies.Gap:
    if gap.single_choice:
        return replace(gap, single_choice=_in_a_gap(held(gap.single_choice)))
    if gap.multiple_choice:
        several = gap.multiple_choice
        # What a gap without per cent says.
        kept = several.rule == bodies.MultipleRule.RIGHT_MINUS_WRONG
        return replace(gap, multiple_choice=_in_a_gap(several if kept else held(several)))
    if gap.numeric:
        return replace(gap, numeric=_in_a_gap(held(gap.numeric)))
    return replace(gap, short_text=_in_a_gap(gap.short_text))


def _in_a_gap(body: Any) -> Any:
    if isinstance(body, bodies.SingleChoice | bodies.MultipleChoice):
        return replace(
            body,
            options=tuple(replace(one, text=_text(one.text), feedback=_text(one.feedback)) for one in body.options),
        )
    answers = tuple(replace(one, feedback=_text(one.feedback)) for one in body.answers)
    if isinstance(body, bodies.ShortText):
        answers = tuple(
            replace(one, text=one.text.replace("~", "÷") if one.pattern else one.text.translate(IN_A_GAP))
            for one in answers
        )
    return replace(body, answers=answers)


def _text(rich: Rich) -> Rich:
    if rich.format == TextFormat.PLAIN:
        return Rich(rich.text.translate(PLAIN_IN_A_GAP))
    return Rich(rich.text.translate(IN_A_GAP), TextFormat.HTML)


@st.composite
def held_questions(draw: st.DrawFn, kind: str) -> Question:
    """A question with everything beside its body, all of which Moodle holds."""
    question = draw(questions(kind))
    body = held(question.body)
    hints: tuple[Hint, ...] = ()
    if kind not in WITHOUT_HINTS:
        hint = st.builds(Hint, text=riches(), clear_wrong=st.booleans(), show_count=st.booleans())
        hints = tuple(draw(st.lists(hint, max_size=2)))
    verdicts = Verdicts()
    if kind in WITH_VERDICTS:
        verdicts = draw(st.builds(Verdicts, right=feedbacks(), partly=feedbacks(), wrong=feedbacks()))
    explanation, pictures = question.explanation, ()
    if draw(st.booleans()):
        pictures = (Picture(name="a b.png", data=PNG), Picture(name="ç.jpg", data=JPEG))
        line = draw(st.sampled_from(["\r\n", "\n", "\r"]))
        explanation = Rich(f"{explanation.text}{line}picture:%C3%A7.jpg".strip(), explanation.format)
    return replace(
        question,
        body=body,
        mark=Decimal(sum(gap.weight for gap in body.gaps)) if isinstance(body, bodies.Cloze) else question.mark,
        hints=hints,
        verdicts=verdicts,
        explanation=explanation,
        pictures=pictures,
    )
