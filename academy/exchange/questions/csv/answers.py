"""Answers that are accepted, as one cell: a word or a pattern, a number with what it may be off."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from academy.exchange.questions.csv.cells import Unreadable, Unwritable, read_flags, read_number, write_number
from assessments.item_types.bodies import Accepted, AcceptedNumber, Tolerance
from assessments.item_types.rich import Rich

PATTERN, EXACT = "pattern", "exact"
ANY = "*"
RANGE = re.compile(r"\s*(.+?)\s*\.\.\s*(.+?)\s*")
AROUND = re.compile(r"\s*(.+?)\s*(?:±|\+/?-)\s*(.+?)\s*")


def read_accepted(cell: str, fraction: Decimal, feedback: Rich) -> Accepted:
    """Read a word, or a pattern: ``[pattern]gr*y``."""
    text, pattern = cell, False
    if cell.startswith((f"[{PATTERN}]", f"[{EXACT}]")):
        pattern = cell.startswith(f"[{PATTERN}]")
        text = cell.partition("]")[2]
    return Accepted(text=text, fraction=fraction, feedback=feedback, pattern=pattern)


def write_accepted(accepted: Accepted) -> str:
    """Write what ``read_accepted`` reads."""
    if accepted.pattern:
        return f"[{PATTERN}]{accepted.text}"
    if read_flags(accepted.text, (PATTERN, EXACT))[0]:
        return f"[{EXACT}]{accepted.text}"
    return accepted.text


def read_accepted_number(cell: str, fraction: Decimal, feedback: Rich) -> AcceptedNumber:
    """Read ``5``, ``5 ± 0.1``, ``5 ± 2%``, ``4 .. 6`` or ``*`` for any number. Raises Unreadable."""
    if cell.strip() == ANY:
        return AcceptedNumber(fraction=fraction, feedback=feedback)
    limits = RANGE.fullmatch(cell)
    if limits:
        low, high = read_number(limits[1]), read_number(limits[2])
        return AcceptedNumber(low=low, high=high, fraction=fraction, feedback=feedback)
    around = AROUND.fullmatch(cell)
    value, off = around.groups() if around else (cell, "0")
    if value.rstrip().endswith("%"):
        raise Unreadable(_("Write the number without a per cent sign."))
    return AcceptedNumber(
        value=read_number(value),
        tolerance=read_number(off),
        rule=Tolerance.RELATIVE if off.endswith("%") else Tolerance.ABSOLUTE,
        fraction=fraction,
        feedback=feedback,
    )


def write_accepted_number(accepted: AcceptedNumber) -> str:
    """Write what ``read_accepted_number`` reads. Raises Unwritable."""
    if accepted.value is None:
        if accepted.low is None and accepted.high is None:
            return ANY
        if accepted.low is None or accepted.high is None:
            raise Unwritable
        return f"{write_number(accepted.low)} .. {write_number(accepted.high)}"
    value = write_number(accepted.value)
    if accepted.rule == Tolerance.RELATIVE:
        return f"{value} ± {write_number(accepted.tolerance * 100)}%"
    return f"{value} ± {write_number(accepted.tolerance)}" if accepted.tolerance else value
