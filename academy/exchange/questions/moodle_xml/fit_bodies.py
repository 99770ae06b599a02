"""What of a body Moodle can hold. What it would mark otherwise raises Unwritable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.numbers import is_grade, percent, written
from academy.exchange.questions.moodle_xml.pen import Pen, Unwritable
from academy.exchange.questions.moodle_xml.read_answers import WILD, in_order
from academy.exchange.questions.untypable import untypable
from assessments.item_types.bodies import (
    Accepted,
    AcceptedNumber,
    FileUpload,
    GapFill,
    Matching,
    MultipleChoice,
    MultipleRule,
    Numeric,
    OpenText,
    Option,
    ShortText,
    SingleChoice,
    Tolerance,
    UnitRule,
)
from assessments.item_types.shape import seven_places

ZERO, ONE = Decimal(0), Decimal(1)
BLANKS = " \t\r\n"
# More digits than these are rounded where numbers are counted with in binary.
DIGITS = 15


def single(body: SingleChoice, pen: Pen) -> SingleChoice:
    parts = [_own(option) for option in body.options]
    weighed = any(part not in {ZERO, ONE} for part in parts)
    options = tuple(
        replace(option, correct=part == ONE, fraction=part if weighed else None)
        for option, part in zip(body.options, parts, strict=True)
    )
    _note_grades(parts, pen)
    return replace(body, options=options)


def _own(option: Option) -> Decimal:
    own = option.fraction if option.fraction is not None else ONE if option.correct else ZERO
    return seven_places(own)


def _note_grades(parts: list[Decimal], pen: Pen) -> None:
    for part in parts:
        if not is_grade(part):
            pen.note(
                _("Moodle has no grade of %(percent)s %%: its import stops there, unless it may take the nearest.")
                % {"percent": percent(part)}
            )


def multiple(body: MultipleChoice, pen: Pen) -> MultipleChoice:
    body = within_limits(body, pen)
    if body.rule == MultipleRule.RIGHT_MINUS_WRONG:
        many = sum(option.correct for option in body.options)
        if not many:
            raise Unwritable(_("It has no right option."))
        part = seven_places(Fraction(1, many))
        if not is_grade(part):
            raise Unwritable(
                _("It has %(many)s right options, and Moodle has no grade for one of so many.") % {"many": many}
            )
        pen.note(
            _("A right option is written as %(percent)s %%, a wrong one as -%(percent)s %%: the marks are the same.")
            % {"percent": percent(part)}
        )
        options = tuple(replace(one, fraction=part if one.correct else -part) for one in body.options)
        return replace(body, options=options, rule=MultipleRule.WEIGHTS)
    body = weighed(body)
    _note_grades([option.fraction or ZERO for option in body.options], pen)
    return body


def weighed(body: MultipleChoice) -> MultipleChoice:
    parts = [_own(option) for option in body.options]
    options = tuple(
        replace(option, correct=part > ZERO, fraction=part) for option, part in zip(body.options, parts, strict=True)
    )
    return replace(body, options=options)


def within_limits(body: MultipleChoice, pen: Pen) -> MultipleChoice:
    if body.rule == MultipleRule.ALL_OR_NOTHING:
        raise Unwritable(_("Only exactly the right options earn the mark, which Moodle's question does not know."))
    if body.rule == MultipleRule.WEIGHTS and body.lowest < ZERO:
        raise Unwritable(_("It may earn less than nothing, which Moodle's question does not know."))
    if body.least or body.most:
        pen.note(_("How many options may be chosen is not held."))
    return replace(body, least=0, most=0, lowest=ZERO)


def short_text(body: ShortText, pen: Pen) -> ShortText:
    for problem in filter(None, (untypable(one.text) for one in body.answers)):
        raise Unwritable(problem)
    _note_grades([one.fraction for one in body.answers], pen)
    return replace(body, answers=tuple(_accepted(one) for one in body.answers))


def _accepted(one: Accepted) -> Accepted:
    """Return an answer that is a pattern only where it has a star that stands for something."""
    one = replace(one, fraction=seven_places(one.fraction))
    if one.pattern and not WILD.search(one.text):
        return replace(one, text=one.text.replace("\\*", "*"), pattern=False)
    return one


def numeric(body: Numeric, pen: Pen) -> Numeric:
    answers = tuple(_number(one, pen) for one in body.answers)
    _note_grades([one.fraction for one in answers], pen)
    if not body.units:
        body = replace(body, unit_list=False)
    penalty = ZERO if body.unit_rule == UnitRule.FREE else body.unit_penalty
    return replace(body, answers=answers, units=in_order(body.units), unit_penalty=penalty)


def _number(one: AcceptedNumber, pen: Pen) -> AcceptedNumber:
    one = replace(one, fraction=seven_places(one.fraction))
    if one.value is None and one.low is None and one.high is None:
        return replace(one, tolerance=ZERO, rule=Tolerance.ABSOLUTE)
    if one.value is None:
        one = _middle(one, pen)
    elif one.rule != Tolerance.ABSOLUTE and one.tolerance:
        raise Unwritable(_("A tolerance is relative to its number, which Moodle's question does not know."))
    for number in (one.value, one.tolerance):
        if number is not None and len(number.as_tuple().digits) > DIGITS:
            pen.note(_("Moodle rounds %(number)s to about 15 digits.") % {"number": written(number)})
    return replace(one, rule=Tolerance.ABSOLUTE)


def _middle(one: AcceptedNumber, pen: Pen) -> AcceptedNumber:
    if one.low is None or one.high is None or one.low > one.high:
        raise Unwritable(_("A range has no end, which Moodle's question does not know."))
    middle, half = (one.low + one.high) / 2, (one.high - one.low) / 2
    if Fraction(middle) - Fraction(half) != Fraction(one.low) or Fraction(middle) + Fraction(half) != Fraction(
        one.high
    ):
        raise Unwritable(_("A range has too many digits to be written as its middle and a tolerance."))
    pen.note(
        _("The range from %(low)s to %(high)s is written as %(middle)s with a tolerance of %(half)s.")
        % {"low": written(one.low), "high": written(one.high), "middle": written(middle), "half": written(half)}
    )
    return replace(one, value=middle, tolerance=half, low=None, high=None)


def matching(body: Matching, pen: Pen) -> Matching:
    if body.all_or_nothing:
        raise Unwritable(_("Only all pairs together earn the mark, which Moodle's question does not know."))
    if any(pair.weight != ONE for pair in body.pairs):
        raise Unwritable(_("Its pairs weigh differently, which Moodle's question does not know."))
    return replace(body, distractors=tuple(dict.fromkeys(word.strip(BLANKS) for word in body.distractors)))


def gap_fill(body: GapFill, pen: Pen) -> GapFill:
    if body.all_or_nothing:
        raise Unwritable(_("Only all gaps together earn the mark, which Moodle's question does not know."))
    return body


def open_text(body: OpenText, pen: Pen) -> OpenText:
    if body.rubric:
        pen.note(_("Its rubric is not held. Copy it into the notes for markers."))
    return replace(body, rubric=())


def file_upload(body: FileUpload, pen: Pen) -> FileUpload:
    if body.rubric:
        pen.note(_("Its rubric is not held. Copy it into the notes for markers."))
    return replace(body, rubric=())


BODIES: dict[type[Any], Callable[[Any, Pen], Any]] = {
    SingleChoice: single,
    MultipleChoice: multiple,
    ShortText: short_text,
    Numeric: numeric,
    Matching: matching,
    GapFill: gap_fill,
    OpenText: open_text,
    FileUpload: file_upload,
}
