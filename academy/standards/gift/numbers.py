"""Numbers as the format writes them: digits and a point, nothing else."""

from __future__ import annotations

import re
from decimal import Decimal

from academy.standards.gift.model import Broken, Fault

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?")
_COMMA = re.compile(r"[+-]?[0-9]{0,40},[0-9]{1,40}")
# A weight as Moodle sees one, and what somebody meant to be one.
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:\.[0-9]{0,20})?)%")
_NO_WEIGHT = re.compile(r"%[-+0-9., ]*[0-9][-+0-9., ]{0,20}%")
_EXCERPT = 60


def excerpt(text: str) -> str:
    """Return as much of a text as a sentence should quote."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"


def read_number(text: str) -> Decimal:
    """Return the number that ``text`` is. Raises Broken."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    if _COMMA.fullmatch(text):
        raise Broken(Fault.COMMA, text, text.replace(",", "."))
    raise Broken(Fault.NOT_A_NUMBER, excerpt(text))


def write_number(value: Decimal) -> str:
    """Return the number as it is written, or nothing when it is too long for the format's readers."""
    for text in (format(value, "f"), str(value)):
        if _NUMBER.fullmatch(text):
            return text
    return ""


def read_weight(masked: str) -> tuple[Decimal | None, str]:
    """Return the weight at the beginning of an answer in per cent, and what follows. Raises Broken."""
    found = _WEIGHT.match(masked)
    if found:
        return Decimal(found.group(1)), masked[found.end() :]
    if wrong := _NO_WEIGHT.match(masked[:80]):
        raise Broken(Fault.BAD_WEIGHT, wrong.group())
    return None, masked
