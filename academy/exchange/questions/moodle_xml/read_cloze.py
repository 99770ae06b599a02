"""A text of Moodle with small questions in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.desk import Desk
from academy.exchange.questions.moodle_xml.read_answers import accepted, accepted_number, check_numbers, short_text
from academy.exchange.questions.moodle_xml.read_choices import (
    Read,
    Written,
    check_best,
    check_options,
    earned,
    single_options,
    weighed_options,
)
from academy.standards.moodle_xml import Item
from academy.standards.moodle_xml.cloze import Alternative, ClozeGap, split_cloze
from assessments.item_types.bodies import Cloze, Gap, MultipleChoice, MultipleRule, Numeric, SingleChoice
from assessments.item_types.rich import Rich, TextFormat
from assessments.item_types.shape import exact, seven_places

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), "100"
MARKER = re.compile(r"\{#[0-9]+\}")
MARKUP = re.compile(r"<[A-Za-z/!?]|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
LATE_SIGN = re.compile(r"\s+(?:=|%-?[0-9]+(?:[.,][0-9]*)?%)")
LAYOUTS = {"": "list", "V": "vertical", "H": "horizontal"}


def read_cloze(item: Item, desk: Desk) -> Read:
    """Read a cloze; ``{#1}`` takes the place of its first gap. Its mark is what its gaps weigh."""
    stem = desk.rich(item.text)
    if MARKER.search(stem.text):
        desk.refuse(_("Its text has “{#1}” or the like, which would be taken for a gap. Write it otherwise."))
    words: list[str] = []
    gaps: list[Gap] = []
    for part in split_cloze(stem.text):
        if isinstance(part, str):
            words.append(part)
        else:
            gaps.append(_gap(part, len(gaps) + 1, desk))
            words.append(f"{{#{len(gaps)}}}")
    if not gaps:
        desk.refuse(_("Its text has no gap like {1:SHORTANSWER:=tea}. Add one, or make it a description."))
    mark = Decimal(sum(gap.weight for gap in gaps))
    return Read(kind="cloze", body=Cloze(gaps=tuple(gaps)), stem=Rich("".join(words), stem.format), mark=mark)


@dataclass(frozen=True, slots=True)
class _Place:
    """Says what is wrong with one gap: its number stands before each sentence."""

    number: int
    desk: Desk

    def pass_on(self, problems: list[str]) -> None:
        for problem in problems:
            self.desk.refuse(_("Gap %(number)s: %(problem)s") % {"number": self.number, "problem": problem})


def _gap(written: ClozeGap, number: int, desk: Desk) -> Gap:
    inner = Desk(desk.item)
    place = _Place(number, desk)
    if not written.known:
        inner.refuse(_("“%(type)s” is no type of gap that Moodle knows.") % {"type": written.type[:60]})
        place.pass_on(inner.problems)
        return Gap()
    if not written.closed:
        inner.refuse(_("It has no end. Close it with }, and write \\} for a bracket within."))
    if any(not one.text.strip() for one in written.alternatives):
        inner.refuse(_("An answer is empty. Write it, or take out the ~ before it."))
    if any(not one.fraction and LATE_SIGN.match(one.text) for one in written.alternatives):
        inner.refuse(
            _("A blank or line break stands before an = or a per cent, which then marks nothing. Take it out.")
        )
    gap = READERS[written.type.partition("_")[0]](written, _weight(written.weight, inner), inner)
    place.pass_on(inner.problems)
    return gap


def _weight(text: str, desk: Desk) -> int:
    if len(text) > 4:
        desk.refuse(_("It weighs %(weight)s. Use a number up to 9999.") % {"weight": text[:60]})
        return 1
    return int(text or "1")


def _share(one: Alternative, desk: Desk, *, lowest: Decimal = -ONE) -> Decimal:
    percent = HUNDRED if one.fraction == "=" else one.fraction.replace(",", ".")
    return earned(percent, desk, lowest=lowest)


def gap_text(text: str) -> Rich:
    """Return a text of a gap: HTML, as far as it has any."""
    text = text.strip()
    return (Rich(text, TextFormat.HTML) if MARKUP.search(text) else Rich(text)) if text else Rich()


def _short_text(written: ClozeGap, weight: int, desk: Desk) -> Gap:
    given = (
        accepted(one.text, _share(one, desk, lowest=ZERO), gap_text(one.feedback), desk) for one in written.alternatives
    )
    body = short_text(tuple(one for one in given if one), desk, case=written.type.endswith("_C"))
    return Gap(short_text=body, weight=weight)


def _numeric(written: ClozeGap, weight: int, desk: Desk) -> Gap:
    given = (
        accepted_number(*_number_and_tolerance(one.text), _share(one, desk, lowest=ZERO), gap_text(one.feedback), desk)
        for one in written.alternatives
    )
    answers = tuple(one for one in given if one)
    check_numbers(answers, desk)
    return Gap(numeric=Numeric(answers=answers), weight=weight)


def _number_and_tolerance(text: str) -> tuple[str, str]:
    number, _colon, tolerance = text.partition(":")
    return number, tolerance


def _layout(written: ClozeGap) -> tuple[str, bool]:
    letters = written.type.partition("_")[2]
    return LAYOUTS[letters.removesuffix("S")], letters.endswith("S")


def _single_choice(written: ClozeGap, weight: int, desk: Desk) -> Gap:
    layout, shuffle = _layout(written)
    parts = [_share(one, desk) for one in written.alternatives]
    options = single_options(_options(written, parts))
    check_options(options, desk)
    check_best(parts, desk)
    return Gap(single_choice=SingleChoice(options=options, shuffle=shuffle), weight=weight, layout=layout)


def _options(written: ClozeGap, parts: Sequence[Decimal]) -> list[Written]:
    return [
        (gap_text(one.text), part, gap_text(one.feedback))
        for one, part in zip(written.alternatives, parts, strict=True)
    ]


def _multiple_choice(written: ClozeGap, weight: int, desk: Desk) -> Gap:
    """Read a gap of several right options: without per cent, a wrong one takes away what a right one earns."""
    layout, shuffle = _layout(written)
    parts = [_share(one, desk) for one in written.alternatives]
    total = sum((exact(part) for part in parts if part > ZERO), Fraction(0))
    if not total:
        desk.refuse(_("It has no right option. Write = or a per cent before those that are right."))
        total = Fraction(1)
    shared = [seven_places(exact(part) / total) if part > ZERO else part for part in parts]
    options = weighed_options(_options(written, shared))
    rule = MultipleRule.WEIGHTS
    if not any(one.fraction not in {"", "="} and part for one, part in zip(written.alternatives, parts, strict=True)):
        rule = MultipleRule.RIGHT_MINUS_WRONG
        options = tuple(replace(option, fraction=None) for option in options)
    check_options(options, desk)
    body = MultipleChoice(options=options, rule=rule, shuffle=shuffle)
    return Gap(multiple_choice=body, weight=weight, layout="vertical" if layout == "list" else layout)


READERS: dict[str, Callable[[ClozeGap, int, Desk], Gap]] = {
    "NUMERICAL": _numeric,
    "SHORTANSWER": _short_text,
    "MULTICHOICE": _single_choice,
    "MULTIRESPONSE": _multiple_choice,
}
