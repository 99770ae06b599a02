"""A number, perhaps with a unit.

A response is ``{"number", "unit"}``: the number with a decimal point, whatever it was written with, or from a file the
text that is no number; the unit as it was written or chosen, empty without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from assessments.item_types import bodies
from assessments.item_types.amounts import told, verdict
from assessments.item_types.bodies import AcceptedNumber
from assessments.item_types.numeric import numbers
from assessments.item_types.numeric.checks import number_problems
from assessments.item_types.numeric.rules import earned, judge, reaches
from assessments.item_types.rich import EMPTY, Rich
from assessments.item_types.sent import field_text, known_fields, text_of
from assessments.item_types.shape import (
    ONE,
    ZERO,
    InvalidResponse,
    ItemType,
    Part,
    Response,
    Sent,
    Verdict,
    seven_places,
)

Body = bodies.Numeric
FIELD, UNIT_FIELD = "number", "unit"
MOST_CHARACTERS = 200


def comma_is_decimal() -> bool:
    """Do people who read this page write 3,5?"""
    return bool(get_format("DECIMAL_SEPARATOR") == ",")


def judged(body: Body, response: Response) -> tuple[AcceptedNumber | None, Decimal]:
    """Return which accepted number fits and what the response earns."""
    given = numbers.value(response["number"]) if response else None
    if given is None:
        return None, seven_places(ZERO)
    accepted, unit_is_right = judge(body, given, response["unit"])
    if accepted is None:
        return None, seven_places(ZERO)
    return accepted, seven_places(earned(body, accepted, unit_is_right=unit_is_right))


class Numeric(ItemType[Body]):
    """The first accepted number that fits earns its fraction, less what a missing unit costs."""

    kind = "numeric"
    scheme = "numeric/1"
    body = Body
    # A unit is typed, and with it anything.
    own_words = True

    def problems(self, body: Body) -> list[str]:
        return number_problems(body)

    def advice(self, body: Body) -> list[str]:
        if number_problems(body):
            return []
        found = []
        if body.units and body.units[0].multiplier != ONE:
            found.append(_("The first unit is the one of the accepted numbers: let one of it make one."))
        if not all(reaches(body, accepted) for accepted in body.answers):
            found.append(_("An accepted number is never used: an earlier one fits first."))
        return found

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return tuple(accepted.feedback for accepted in body.answers)

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        number = response["number"] if response else ""
        return {
            "field": FIELD,
            "number": numbers.shown(number, comma=comma_is_decimal()),
            "unit_field": UNIT_FIELD if body.units else "",
            "unit": response["unit"] if response else "",
            # Units that are typed are part of what is asked.
            "units": [unit.name for unit in body.units] if body.unit_list else [],
            "unit_before": body.unit_before,
        }

    def parse(self, body: Body, sent: Sent) -> dict[str, str]:
        text = field_text(sent, FIELD, most=MOST_CHARACTERS)
        unit = _unit(body, field_text(sent, UNIT_FIELD, most=MOST_CHARACTERS))
        comma = comma_is_decimal()
        written = numbers.read(text, before=body.unit_before, comma=comma)
        if written is None:
            raise InvalidResponse(_("Write a number, such as %(example)s.") % {"example": "2,5" if comma else "2.5"})
        if numbers.is_doubtful(text, before=body.unit_before, comma=comma):
            raise InvalidResponse(
                _("“%(text)s” can be read as two numbers. Write thousands without a sign between them.")
                % {"text": text[:50]}
            )
        if numbers.value(written.number) is None:
            raise InvalidResponse(_("This number is too large or too small. Write it again."))
        if written.unit and (not body.units or body.unit_list):
            raise InvalidResponse(_("Write the number alone, without a unit."))
        if written.unit and unit not in {"", written.unit}:
            raise InvalidResponse(_("You gave two units. Write one."))
        return {"number": written.number, "unit": unit or written.unit}

    def mark(self, body: Body, response: Response) -> Decimal:
        return judged(body, response)[1]

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        accepted, share = judged(body, response)
        comma = comma_is_decimal()
        given = numbers.shown(response["number"], comma=comma) if response else ""
        best = next((one for one in body.answers if one.fraction == ONE), None)
        return (
            Part(
                label=EMPTY,
                chosen=bool(response),
                correct=share == ONE,
                given=_with_unit(body, given, response["unit"]) if response else "",
                right=_with_unit(body, _told(best, comma=comma), body.units[0].name if body.units else "")
                if best
                else "",
                verdict=verdict(share) if response else Verdict.NONE,
                feedback=accepted.feedback if accepted else EMPTY,
            ),
        )

    def outline(self, body: Body) -> dict[str, Any]:
        outline: dict[str, Any] = {"options": [_outlined(accepted) for accepted in body.answers]}
        if body.units:
            outline["units"] = [{"name": unit.name, "multiplier": unit.multiplier} for unit in body.units]
        return outline

    def from_outside(
        self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False
    ) -> dict[str, str]:
        known_fields(response, "number", "unit")
        text = text_of(response.get("number"), most=MOST_CHARACTERS)
        unit = _unit(body, text_of(response.get("unit"), most=MOST_CHARACTERS))
        if not text:
            return {}
        written = numbers.read(text, before=body.unit_before, comma=comma) or numbers.Written(text, "")
        return {"number": written.number, "unit": unit if unit or body.unit_list else written.unit}


def _unit(body: Body, unit: str) -> str:
    """Return a unit that was chosen or typed beside its number. Raises InvalidResponse."""
    if not body.unit_list:
        return "".join(unit.split())
    if unit and unit not in {one.name for one in body.units}:
        raise InvalidResponse(_("“%(unit)s” is not one of the units. Choose again.") % {"unit": unit[:50]})
    return unit


def _with_unit(body: Body, number: str, unit: str) -> str:
    return " ".join(filter(None, (unit, number) if body.unit_before else (number, unit)))


def _told(accepted: AcceptedNumber, *, comma: bool) -> str:
    if accepted.value is not None:
        return numbers.shown(told(accepted.value), comma=comma)
    if accepted.low is not None and accepted.high is not None:
        low, high = (numbers.shown(told(one), comma=comma) for one in (accepted.low, accepted.high))
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("any number")


def _outlined(accepted: AcceptedNumber) -> dict[str, Any]:
    text = "*"
    if accepted.value is not None:
        text = str(accepted.value)
    elif accepted.low is not None:
        text = f"{accepted.low}..{accepted.high}"
    return {
        "text": text,
        "fraction": accepted.fraction,
        "tolerance": accepted.tolerance,
        "rule": accepted.rule.value,
    }


TYPE = Numeric()
