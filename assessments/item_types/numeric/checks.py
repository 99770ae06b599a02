"""What keeps a question for a number from being asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.item_types.amounts import fraction_problems, is_sane, told
from assessments.item_types.bodies import AcceptedNumber, Numeric, Unit, UnitRule
from assessments.item_types.numeric.numbers import read
from assessments.item_types.numeric.rules import reaches
from assessments.item_types.shape import ONE, ZERO

MOST_ANSWERS = 100
MOST_UNITS = 30
LONGEST_UNIT = 50
# A unit is read off behind, or before, either of these.
NUMBERS = ("1", "1.5")


def number_problems(body: Numeric) -> list[str]:
    """Say what is wrong with the body."""
    if not body.answers:
        return [_("Give at least one accepted number.")]
    if len(body.answers) > MOST_ANSWERS:
        return [_("Give at most %(count)d accepted numbers.") % {"count": MOST_ANSWERS}]
    found = [problem for accepted in body.answers if (problem := _answer_problem(accepted))]
    found += fraction_problems(accepted.fraction for accepted in body.answers)
    found += _unit_problems(body)
    if not found and not any(reaches(body, accepted) for accepted in body.answers if accepted.fraction == ONE):
        found.append(_("No answer can earn the full mark: an earlier accepted number always fits first."))
    return list(dict.fromkeys(found))


def _answer_problem(accepted: AcceptedNumber) -> str:
    numbers = (accepted.value, accepted.tolerance, accepted.low, accepted.high)
    if not all(is_sane(number) for number in numbers if number is not None):
        return _("Write numbers with fewer digits.")
    if (accepted.low is None) != (accepted.high is None) or None not in (accepted.value, accepted.low):
        return _("Accept a number, or numbers from one to another.")
    if accepted.low is not None and accepted.high is not None and accepted.low > accepted.high:
        return _("A range goes from the lower number to the higher: turn %(low)s and %(high)s round.") % {
            "low": told(accepted.low),
            "high": told(accepted.high),
        }
    if accepted.tolerance < ZERO:
        return _("A tolerance is zero or more.")
    return ""


def _unit_problems(body: Numeric) -> list[str]:
    names = [unit.name for unit in body.units]
    if len(names) > MOST_UNITS:
        return [_("Give at most %(count)d units.") % {"count": MOST_UNITS}]
    found = []
    if not all(name.strip() == name and 0 < len(name) <= LONGEST_UNIT for name in names):
        found.append(_("Give each unit a short name."))
    if len(set(names)) < len(names):
        found.append(_("Two units have the same name: make them differ."))
    if not all(is_sane(unit.multiplier) and unit.multiplier > ZERO for unit in body.units):
        found.append(_("Say of each unit how many of it make one of the first: a number above zero."))
    if not is_sane(body.unit_penalty) or not ZERO <= body.unit_penalty <= ONE:
        found.append(_("A missing unit costs between 0 % and 100 %."))
    if body.unit_rule != UnitRule.FREE and not names:
        found.append(_("Give the units, or let a missing unit cost nothing."))
    if not found and not body.unit_list:
        found += [
            _("Learners can't write “%(unit)s” behind or before a number: let them choose the unit from a list.")
            % {"unit": unit.name}
            for unit in body.units
            if not _can_be_written(unit, before=body.unit_before)
        ]
    return found


def _can_be_written(unit: Unit, *, before: bool) -> bool:
    written = [read(unit.name + number if before else number + unit.name, before=before) for number in NUMBERS]
    return written == [(number, unit.name) for number in NUMBERS]
