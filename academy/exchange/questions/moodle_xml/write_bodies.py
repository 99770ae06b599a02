"""Bodies of ours as the elements of Moodle. They fit already: see :mod:`fit`."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from academy.exchange.questions.moodle_xml.numbers import percent, written
from academy.exchange.questions.moodle_xml.pen import Pen
from academy.exchange.questions.moodle_xml.read_answers import LIST, NONE, TYPED
from academy.exchange.questions.moodle_xml.read_open import MEGABYTE
from academy.standards.moodle_xml import Answer, Item, Subquestion, Text, Unit, Word
from assessments.item_types import bodies
from assessments.item_types.bodies import Accepted, AcceptedNumber, Editor, Option, UnitRule

ONE, ZERO = Decimal(1), Decimal(0)
EDITORS = {Editor.RICH: "editor", Editor.PLAIN: "plain", Editor.MONOSPACED: "monospaced"}
RULES = {UnitRule.FREE: "0", UnitRule.OF_MARK: "1", UnitRule.OF_FULL: "2"}
# Moodle's own for a question that takes nothing off for units.
USUAL_UNIT_PENALTY = "0.1"


def yes(value: bool) -> str:  # noqa: FBT001 - the one thing that it is about
    """Return a yes or no as Moodle writes it."""
    return "true" if value else "false"


def key(answer: Accepted) -> str:
    """Return an accepted answer, in which a star that is meant as one has a backslash."""
    return answer.text if answer.pattern else answer.text.replace("*", "\\*")


def number(answer: AcceptedNumber) -> str:
    """Return an accepted number; a star for any."""
    return "*" if answer.value is None else written(answer.value)


def share(option: Option) -> Decimal:
    """Return what an option earns."""
    return option.fraction if option.fraction is not None else ONE if option.correct else ZERO


def _options(options: tuple[Option, ...], pen: Pen) -> tuple[Answer, ...]:
    return tuple(
        Answer(text=pen.text(one.text), fraction=percent(share(one)), feedback=pen.text(one.feedback))
        for one in options
    )


def _choice(body: bodies.SingleChoice | bodies.MultipleChoice, item: Item, pen: Pen) -> Item:
    single = isinstance(body, bodies.SingleChoice)
    settings = {"single": yes(single), "shuffleanswers": yes(body.shuffle), "answernumbering": "abc"}
    return replace(
        item, type="multichoice", settings={**item.settings, **settings}, answers=_options(body.options, pen)
    )


def _true_false(body: bodies.TrueFalse, item: Item, pen: Pen) -> Item:
    answers = tuple(
        Answer(
            text=Text(text=word, format="moodle_auto_format"),
            fraction="100" if body.answer is right else "0",
            feedback=pen.text(feedback),
        )
        for word, right, feedback in (("true", True, body.feedback_true), ("false", False, body.feedback_false))
    )
    return replace(item, type="truefalse", answers=answers)


def _short(body: bodies.ShortText, item: Item, pen: Pen) -> Item:
    answers = tuple(
        Answer(
            text=Text(text=key(one), format="moodle_auto_format"),
            fraction=percent(one.fraction),
            feedback=pen.text(one.feedback),
        )
        for one in body.answers
    )
    settings = {**item.settings, "usecase": "1" if body.case_sensitive else "0"}
    return replace(item, type="shortanswer", settings=settings, answers=answers)


def _numeric(body: bodies.Numeric, item: Item, pen: Pen) -> Item:
    answers = tuple(
        Answer(
            text=Text(text=number(one), format="moodle_auto_format"),
            fraction=percent(one.fraction),
            feedback=pen.text(one.feedback),
            tolerance=written(one.tolerance),
        )
        for one in body.answers
    )
    settings = {
        "unitgradingtype": RULES[body.unit_rule],
        "unitpenalty": USUAL_UNIT_PENALTY if body.unit_rule == UnitRule.FREE else written(body.unit_penalty),
        "showunits": NONE if not body.units else LIST if body.unit_list else TYPED,
        "unitsleft": "1" if body.unit_before else "0",
    }
    units = tuple(Unit(name=one.name, multiplier=written(one.multiplier)) for one in body.units)
    return replace(item, type="numerical", settings={**item.settings, **settings}, answers=answers, units=units)


def _matching(body: bodies.Matching, item: Item, pen: Pen) -> Item:
    subquestions = (
        *(Subquestion(stem=pen.text(pair.stem), answer=pair.match) for pair in body.pairs),
        *(Subquestion(stem=Text(format="html"), answer=word) for word in body.distractors),
    )
    settings = {**item.settings, "shuffleanswers": yes(body.shuffle)}
    return replace(item, type="matching", settings=settings, subquestions=subquestions)


def _ordering(body: bodies.Ordering, item: Item, pen: Pen) -> Item:
    settings = {
        "layouttype": "HORIZONTAL" if body.horizontal else "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": body.rule.value.upper(),
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    answers = tuple(
        Answer(text=pen.text(step.text), fraction=str(place)) for place, step in enumerate(body.steps, start=1)
    )
    return replace(item, type="ordering", settings={**item.settings, **settings}, answers=answers)


def _gap_fill(body: bodies.GapFill, item: Item, pen: Pen) -> Item:
    """Words that may all be used again are chosen from lists; others are dragged."""
    listed = all(word.reuse for word in body.words)
    words = tuple(
        Word(
            text=html.escape(one.text, quote=False) if "<" in one.text or "&" in one.text else one.text,
            group=str(one.group),
            infinite=one.reuse and not listed,
        )
        for one in body.words
    )
    settings = {**item.settings, "shuffleanswers": "1" if body.shuffle else "0"}
    return replace(item, type="gapselect" if listed else "ddwtos", settings=settings, words=words)


def _open(body: bodies.OpenText, item: Item, pen: Pen) -> Item:
    settings = {
        "responseformat": EDITORS[body.editor],
        "responserequired": "1",
        "responsefieldlines": str(body.lines),
        "minwordlimit": str(body.least_words or ""),
        "maxwordlimit": str(body.most_words or ""),
        "attachments": "0",
        "attachmentsrequired": "0",
        "maxbytes": "0",
        "filetypeslist": "",
    }
    return replace(
        item,
        type="essay",
        settings={**item.settings, **settings},
        grader_info=pen.text(body.marker_notes),
        response_template=pen.text(body.template),
    )


def _files(body: bodies.FileUpload, item: Item, pen: Pen) -> Item:
    settings = {
        "responseformat": "noinline",
        "responserequired": "0",
        "responsefieldlines": "15",
        "attachments": str(body.most),
        "attachmentsrequired": str(body.least),
        "maxbytes": str(body.megabytes * MEGABYTE),
        "filetypeslist": ",".join(body.types),
    }
    return replace(item, type="essay", settings={**item.settings, **settings}, grader_info=pen.text(body.marker_notes))


def _description(body: bodies.Description, item: Item, pen: Pen) -> Item:
    return replace(item, type="description")


BODIES: dict[type[Any], Callable[[Any, Item, Pen], Item]] = {
    bodies.SingleChoice: _choice,
    bodies.MultipleChoice: _choice,
    bodies.TrueFalse: _true_false,
    bodies.ShortText: _short,
    bodies.Numeric: _numeric,
    bodies.Matching: _matching,
    bodies.Ordering: _ordering,
    bodies.GapFill: _gap_fill,
    bodies.OpenText: _open,
    bodies.FileUpload: _files,
    bodies.Description: _description,
}
