"""Which accepted number fits, and what it earns: exactly, in fractions."""

from __future__ import annotations

from fractions import Fraction

from assessments.item_types.bodies import AcceptedNumber, Numeric, Tolerance, UnitRule


def fits(accepted: AcceptedNumber, given: Fraction) -> bool:
    """Is the number near enough? Every limit belongs to what is accepted."""
    if accepted.value is not None:
        low, high = limits(Fraction(accepted.value), Fraction(accepted.tolerance), accepted.rule)
        return low <= given <= high
    if accepted.low is not None and accepted.high is not None:
        return Fraction(accepted.low) <= given <= Fraction(accepted.high)
    return True


def limits(wanted: Fraction, tolerance: Fraction, rule: Tolerance) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest number that are near enough."""
    if rule == Tolerance.GEOMETRIC:
        low, high = sorted((wanted / (1 + tolerance), wanted * (1 + tolerance)))
        return low, high
    room = tolerance * abs(wanted) if rule == Tolerance.RELATIVE else tolerance
    return wanted - room, wanted + room


def judge(body: Numeric, given: Fraction, unit: str) -> tuple[AcceptedNumber | None, bool]:
    """Return the first accepted number that fits, and whether the unit is right.

    In a known unit the number is tried as that unit says, then as it stands: right number, wrong unit.
    """
    known = next((one for one in body.units if one.name == unit), None)
    scaled = given / Fraction(known.multiplier) if known else given
    for accepted in body.answers:
        if fits(accepted, scaled):
            return accepted, known is not None
        if fits(accepted, given):
            return accepted, False
    return None, False


def earned(body: Numeric, accepted: AcceptedNumber, *, unit_is_right: bool) -> Fraction:
    """Return what it earns, less what a missing or unknown unit costs; then never below zero, as in Moodle."""
    share = Fraction(accepted.fraction)
    if unit_is_right:
        return share
    if body.unit_rule == UnitRule.OF_MARK:
        share -= Fraction(body.unit_penalty) * share
    elif body.unit_rule == UnitRule.OF_FULL:
        share -= Fraction(body.unit_penalty)
    return max(share, Fraction(0))


def reaches(body: Numeric, accepted: AcceptedNumber) -> bool:
    """Is there a number for which this one counts? Tried where it begins, ends and is."""
    return any(judge(body, number, "")[0] is accepted for number in _examples(accepted))


def _examples(accepted: AcceptedNumber) -> list[Fraction]:
    if accepted.value is not None:
        wanted = Fraction(accepted.value)
        return [wanted, *limits(wanted, Fraction(accepted.tolerance), accepted.rule)]
    if accepted.low is not None and accepted.high is not None:
        low, high = Fraction(accepted.low), Fraction(accepted.high)
        return [low, (low + high) / 2, high]
    # Nobody accepts these by a value.
    return [Fraction(10**301), -Fraction(10**301)]
