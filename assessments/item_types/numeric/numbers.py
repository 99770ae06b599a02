"""Numbers as people write them, with a unit or without.

As Moodle reads them: blanks are left out, ``1e3``, ``1x10^3``, ``1×10^3`` and ``1*10**3`` are the same, a sign may stand
before, and what follows the number (or precedes it) is its unit. Where the point is decimal, every comma separates
thousands. Where the comma is decimal, one comma and no point is one; several commas separate thousands; a point is
decimal unless a comma follows it, or there are several. Moodle reads 1.234,5 as 1.2345 there; people mean 1234.5.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

FARTHEST_EXPONENT = 300
MINUS = "\u2212"

_SIGN = rf"[+\-{MINUS}]?"
_EXPONENT = re.compile(rf"(?:e|E|(?:x|\*|×)10(?:\^|\*\*))({_SIGN}[0-9]+)")
_BODY = rf"{_SIGN}(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e{_SIGN}[0-9]+)?"
_AT_START, _AT_END = re.compile(rf"^{_BODY}"), re.compile(rf"{_BODY}$")
_GROUPS_AT_START = re.compile(rf"^{_SIGN}[0-9.,]*")
_GROUPS_AT_END = re.compile(rf"{_SIGN}[0-9.,]*(?=(?:e{_SIGN}[0-9]+)?$)")
_ONE_COMMA = re.compile(rf"{_SIGN}[0-9]*,[0-9]*")
_THOUSANDS = re.compile(rf"{_SIGN}[1-9][0-9]{{0,2}}[.,][0-9]{{3}}")
_CANONICAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e([+-]?[0-9]+))?")


class Written(NamedTuple):
    """A number in one form, with a decimal point and no groups, and the unit that was written with it."""

    number: str
    unit: str


def read(text: str, *, before: bool = False, comma: bool = False) -> Written | None:
    """Return the number and the unit of a text; None when it holds no number where it should."""
    text = _EXPONENT.sub(r"e\1", "".join(text.split()))
    groups = _groups(text, before=before)
    text = text[: groups.start()] + _without_groups(groups.group(), comma=comma) + text[groups.end() :]
    found = (_AT_END if before else _AT_START).search(text)
    if not found:
        return None
    unit = text[: found.start()] if before else text[found.end() :]
    return Written(found.group().replace(MINUS, "-"), unit)


def _groups(text: str, *, before: bool) -> re.Match[str]:
    """Return the digits, points and commas of the number: those of the unit are its own."""
    found = (_GROUPS_AT_END if before else _GROUPS_AT_START).search(text)
    assert found is not None, "both match the empty text"
    return found


def _without_groups(digits: str, *, comma: bool) -> str:
    if not comma:
        return digits.replace(",", "")
    if digits.count(",") == 1 and digits.rfind(".") < digits.index(","):
        return digits.replace(".", "").replace(",", ".")
    if "," not in digits and digits.count(".") > 1:
        return digits.replace(".", "")
    return digits.replace(",", "")


def is_doubtful(text: str, *, before: bool = False, comma: bool = False) -> bool:
    """Could whoever wrote it have meant another number: 3,5 among decimal points, 1.234 among decimal commas?"""
    digits = _groups(_EXPONENT.sub(r"e\1", "".join(text.split())), before=before).group()
    if comma:
        return "," not in digits and bool(_THOUSANDS.fullmatch(digits))
    return bool(_ONE_COMMA.fullmatch(digits)) and not _THOUSANDS.fullmatch(digits)


def value(number: str) -> Fraction | None:
    """Return the exact value of a number in one form; None for any other text, and beyond all measure."""
    found = _CANONICAL.fullmatch(number)
    if not found or len(found[1] or "") > len(str(FARTHEST_EXPONENT)) + 1:
        return None
    if abs(int(found[1] or 0)) > FARTHEST_EXPONENT:
        return None
    return Fraction(Decimal(number))


def shown(number: str, *, comma: bool) -> str:
    """Return a number in one form as a form shows it, so that it is read back as the same."""
    return number.replace(".", ",") if comma else number
