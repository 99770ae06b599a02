"""Questions of Moodle that are answered in a few words or with a number."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.desk import Desk
from academy.exchange.questions.moodle_xml.numbers import number, tidy
from academy.exchange.questions.moodle_xml.read_choices import Read, check_best, earned, is_true
from academy.exchange.questions.untypable import untypable
from academy.standards.moodle_xml import Item
from assessments.item_types.bodies import Accepted, AcceptedNumber, Numeric, ShortText, Unit, UnitRule
from assessments.item_types.rich import Rich

ZERO, ONE = Decimal(0), Decimal(1)
WILD = re.compile(r"(?<!\\)\*")
# What Moodle calls its ways of giving a unit: typed, from buttons, from a list, not at all.
TYPED, BUTTONS, LIST, NONE = "0", "1", "2", "3"
RULES = {"0": UnitRule.FREE, "1": UnitRule.OF_MARK, "2": UnitRule.OF_FULL}


def read_short_text(item: Item, desk: Desk) -> Read:
    """Read a shortanswer question."""
    given = (
        accepted(answer.text.text, earned(answer.fraction, desk, lowest=ZERO), desk.rich(answer.feedback), desk)
        for answer in item.answers
    )
    body = short_text(tuple(one for one in given if one), desk, case=is_true(item.setting("usecase", "0")))
    return Read(kind="short_text", body=body)


def short_text(answers: tuple[Accepted, ...], desk: Desk, *, case: bool) -> ShortText:
    """Return the body, having looked at what its answers earn."""
    check_best([one.fraction for one in answers], desk)
    if any(one.pattern and one.fraction == ONE and not one.text.strip("*") for one in answers):
        desk.refuse(_("“*” earns 100 %, so every answer would be right. Write the answer that is, or give it less."))
    return ShortText(answers=answers, case_sensitive=case)


def accepted(text: str, part: Decimal, feedback: Rich, desk: Desk) -> Accepted | None:
    """Return an accepted answer; None for an empty line of Moodle's form."""
    text = text.strip()
    if not text:
        if part or feedback:
            desk.refuse(_("An accepted answer has no text. Write one, or take the line out."))
        return None
    if problem := untypable(text):
        desk.refuse(problem)
    if WILD.search(text):
        return Accepted(text=text, fraction=part, feedback=feedback, pattern=True)
    return Accepted(text=text.replace("\\*", "*"), fraction=part, feedback=feedback)


def read_numeric(item: Item, desk: Desk) -> Read:
    """Read a numerical question."""
    given = (
        accepted_number(
            answer.text.text,
            answer.tolerance,
            earned(answer.fraction, desk, lowest=ZERO),
            desk.rich(answer.feedback),
            desk,
        )
        for answer in item.answers
    )
    answers = tuple(one for one in given if one)
    check_numbers(answers, desk)
    if item.instructions.text:
        desk.lose(_("Its instructions about the unit are not kept. Put them into the question's text."))
    return Read(kind="numeric", body=_with_units(item, answers, desk))


def check_numbers(answers: tuple[AcceptedNumber, ...], desk: Desk) -> None:
    """Refuse answers of which none earns the whole mark, or any number does."""
    check_best([one.fraction for one in answers], desk)
    if any(one.value is None and one.fraction == ONE for one in answers):
        desk.refuse(_("“*” earns 100 %, so every number would be right. Write the number that is, or give it less."))


def accepted_number(key: str, tolerance: str, part: Decimal, feedback: Rich, desk: Desk) -> AcceptedNumber | None:
    """Return an accepted number; None for an empty line of Moodle's form, or one that was refused."""
    key = key.strip()
    if key == "*":
        return AcceptedNumber(fraction=part, feedback=feedback)
    if not key and not part and not feedback:
        return None
    value, off = _key(key, desk), _tolerance(tolerance.strip(), desk)
    # A refused key stands as 0, so that the other checks have something to look at.
    return AcceptedNumber(value=value or ZERO, tolerance=off, fraction=part, feedback=feedback)


def _key(key: str, desk: Desk) -> Decimal | None:
    value = number(key)
    if value is None:
        _refuse_number(key, desk, _("“%(text)s” is no number. Write one like 3.5, and units as units."))
    return value


def _tolerance(text: str, desk: Desk) -> Decimal:
    off = number(text or "0")
    if off is None:
        _refuse_number(text, desk, _("“%(text)s” is no tolerance. Write a number like 0.5, or nothing."))
    elif off < ZERO:
        desk.refuse(_("The tolerance %(text)s is below zero. Write how far a number may be off: 0 or more.")
                    % {"text": text})  # fmt: skip
    return off or ZERO


def _refuse_number(text: str, desk: Desk, sentence: str) -> None:
    if "," in text and number(text.replace(",", ".")) is not None:
        sentence = _("“%(text)s” has a comma, which Moodle may read as a thousands separator. Write %(mended)s.")
        desk.refuse(sentence % {"text": text[:60], "mended": text.replace(",", ".")[:60]})
    else:
        desk.refuse(sentence % {"text": text[:60]})


def _with_units(item: Item, answers: tuple[AcceptedNumber, ...], desk: Desk) -> Numeric:
    units = tuple(_unit(one.name, one.multiplier, desk) for one in item.units)
    for name, many in Counter(unit.name for unit in units).items():
        if many > 1:
            desk.refuse(_("The unit “%(name)s” is there twice. Take one out.") % {"name": name})
    shown = item.setting("showunits") or (TYPED if units else NONE)
    rule = RULES.get(item.setting("unitgradingtype") or "0")
    if rule is None or shown not in {TYPED, BUTTONS, LIST, NONE}:
        desk.refuse(_("How it treats units is not known. Open it in Moodle, save it and export it again."))
        rule = UnitRule.FREE
    if rule is not UnitRule.FREE and (not units or shown == NONE):
        desk.refuse(_("It takes marks off for a missing unit, and no unit can be given. Add units, or stop that."))
    if units and shown == NONE:
        desk.lose(_("It has units and asks for none. They are left out."))
        units = ()
    if units and shown == BUTTONS:
        desk.lose(_("Its units are chosen with buttons in Moodle, and from a list here."))
    return Numeric(
        answers=answers,
        units=in_order(units),
        unit_rule=rule,
        unit_penalty=ZERO if rule is UnitRule.FREE else _unit_penalty(item.setting("unitpenalty") or "0.1", desk),
        unit_list=bool(units) and shown in {BUTTONS, LIST},
        unit_before=is_true(item.setting("unitsleft", "0")),
    )


def in_order(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Return units, first the one in which the numbers of the answers are."""
    first = next((unit for unit in units if unit.multiplier == ONE), None)
    return units if first is None else (first, *(unit for unit in units if unit is not first))


def _unit(name: str, multiplier: str, desk: Desk) -> Unit:
    found = number(multiplier)
    if not name:
        desk.refuse(_("A unit has no name. Name it, or take it out."))
    if found is None:
        _refuse_number(multiplier, desk, _("“%(text)s” is no multiplier of a unit. Write a number like 0.01."))
    elif found <= ZERO:
        desk.refuse(_("The unit “%(name)s” has the multiplier %(number)s. Write how many of it make one: more than 0.")
                    % {"name": name, "number": multiplier})  # fmt: skip
    return Unit(name=name, multiplier=tidy(found) if found else ONE)


def _unit_penalty(text: str, desk: Desk) -> Decimal:
    found = number(text)
    if found is None or not ZERO <= found <= ONE:
        desk.refuse(_("The penalty for a missing unit is “%(text)s”. Write a share from 0 to 1.") % {"text": text[:60]})
        return ZERO
    return tidy(found)
