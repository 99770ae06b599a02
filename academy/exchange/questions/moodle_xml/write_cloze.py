"""A cloze of ours as Moodle writes it: its gaps stand within its text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.numbers import percent, written
from academy.exchange.questions.moodle_xml.pen import Unwritable
from academy.exchange.questions.moodle_xml.read_cloze import MARKER
from academy.exchange.questions.moodle_xml.write_bodies import key, number, share
from academy.standards.moodle_xml.cloze import Alternative, ClozeGap, join_cloze
from assessments.item_types.bodies import Gap, MultipleRule, Numeric, Option, ShortText
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich

ZERO, ONE = Decimal(0), Decimal(1)
LETTERS = {"list": "", "vertical": "V", "horizontal": "H"}


def with_gaps(question: Question) -> Rich:
    """Return the text of a cloze with its gaps, which are numbered in its order. Raises Unwritable."""
    words = MARKER.split(question.stem.text)
    parts: list[str | ClozeGap] = [words[0]]
    for gap, after in zip(question.body.gaps, words[1:], strict=True):
        parts += [_gap(gap), after]
    return Rich(join_cloze(parts), question.stem.format)


def _gap(gap: Gap) -> ClozeGap:
    if gap.short_text:
        kind, alternatives = "SHORTANSWER", _answers(gap.short_text)
        kind += "_C" if gap.short_text.case_sensitive else ""
    elif gap.numeric:
        kind, alternatives = "NUMERICAL", _numbers(gap.numeric)
    elif gap.single_choice:
        letters = LETTERS[gap.layout] + ("S" if gap.single_choice.shuffle else "")
        kind = f"MULTICHOICE_{letters}" if letters else "MULTICHOICE"
        alternatives = tuple(_option(one, _fraction(share(one))) for one in gap.single_choice.options)
    elif gap.multiple_choice:
        letters = LETTERS[gap.layout].removeprefix("V") + ("S" if gap.multiple_choice.shuffle else "")
        kind = f"MULTIRESPONSE_{letters}" if letters else "MULTIRESPONSE"
        weighed = gap.multiple_choice.rule == MultipleRule.WEIGHTS
        # A per cent anywhere tells Moodle that wrong options take nothing away by themselves.
        alternatives = tuple(
            _option(one, _percent(share(one)) if weighed else "=" if one.correct else "")
            for one in gap.multiple_choice.options
        )
    else:
        raise Unwritable(_("A gap asks for nothing."))
    return ClozeGap(type=kind, weight=str(gap.weight), alternatives=alternatives)


def _fraction(part: Decimal) -> str:
    return "=" if part == ONE else _percent(part)


def _percent(part: Decimal) -> str:
    return percent(part) if part else ""


def _option(option: Option, fraction: str) -> Alternative:
    return Alternative(text=option.text.text, fraction=fraction, feedback=option.feedback.text)


def _answers(body: ShortText) -> tuple[Alternative, ...]:
    if any("~" in one.text for one in body.answers):
        raise Unwritable(_("An accepted answer of a gap has a ~, which Moodle's gaps cannot hold."))
    return tuple(
        Alternative(text=key(one), fraction=_fraction(one.fraction), feedback=one.feedback.text) for one in body.answers
    )


def _numbers(body: Numeric) -> tuple[Alternative, ...]:
    return tuple(
        replace(
            Alternative(text=number(one), fraction=_fraction(one.fraction), feedback=one.feedback.text),
            text=f"{number(one)}:{written(one.tolerance)}" if one.tolerance else number(one),
        )
        for one in body.answers
    )
