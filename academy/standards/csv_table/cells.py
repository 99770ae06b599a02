"""Cells that a spreadsheet program would run as a formula, and how they are kept from that."""

from __future__ import annotations

import re

GUARD = "'"
# Also in the wide forms that East Asian keyboards give, and behind blanks, which some programs skip.
FORMULA = re.compile(r"[\s\x00]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00]")


def guarded(text: str) -> str:
    """Return text for a cell: an apostrophe in front keeps what looks like a formula from being one.

    What has apostrophes before a formula already gets one more, so that ``unguarded`` takes none of its own.
    """
    return f"{GUARD}{text}" if FORMULA.match(text.lstrip(GUARD)) else text


def unguarded(text: str) -> str:
    """Return what was meant: without the apostrophe that ``guarded`` put there."""
    return text[1:] if text.startswith(GUARD) and FORMULA.match(text.lstrip(GUARD)) else text
