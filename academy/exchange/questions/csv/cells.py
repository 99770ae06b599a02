"""What one cell says, both ways: texts, flags, numbers, lists. All of it exact: what was written is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.item_types.rich import Rich, TextFormat

FORMAT = re.compile(rf"\[({'|'.join(one.value for one in TextFormat)})\]")
NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
YES, NO = "yes", "no"
ANSWERS = {YES: True, "true": True, "1": True, NO: False, "false": False, "0": False}
LONGEST_NUMBER = 60
# One entry of a list: in quotes, which are doubled inside, or as it is.
ENTRY = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,"]*))\s*(,|\Z)')


class Unreadable(ValueError):
    """The cell does not say what it should; the message says how to mend it."""


class Unwritable(ValueError):
    """There is no cell that says this."""


def read_text(cell: str, default: TextFormat) -> Rich:
    """Read a text in the format of its row, or in the one that it names before it: ``[html]<p>Yes.</p>``."""
    own = FORMAT.match(cell)
    if own:
        return Rich(cell[own.end() :], TextFormat(own[1]))
    return Rich(cell, default) if cell else Rich()


def write_text(rich: Rich, default: TextFormat) -> str:
    """Write what ``read_text`` reads."""
    if rich == Rich():
        return ""
    if rich.format == default and rich.text and not FORMAT.match(rich.text):
        return rich.text
    return f"[{rich.format.value}]{rich.text}"


def read_flags(cell: str, flags: Sequence[str]) -> tuple[set[str], str]:
    """Take flags off the front of a cell: ``[pattern]gr*y``."""
    found: set[str] = set()
    while True:
        flag = next((one for one in flags if cell.startswith(f"[{one}]") and one not in found), None)
        if flag is None:
            return found, cell
        found.add(flag)
        cell = cell[len(flag) + 2 :]


def read_number(cell: str) -> Decimal:
    """Read a number with a decimal point or comma, or a percentage. Raises Unreadable."""
    text = cell.strip()
    percent = text.endswith("%")
    digits = text.removesuffix("%").rstrip()
    if len(digits) > LONGEST_NUMBER or not NUMBER.fullmatch(digits):
        raise Unreadable(_("“%(cell)s” is not a number. Write it like 0.5 or 50%%.") % {"cell": cell[:40]})
    number = Decimal(digits.replace(",", "."))
    return number / 100 if percent else number


def write_number(number: Decimal) -> str:
    """Write what ``read_number`` reads, without zeros that say nothing. Raises Unwritable."""
    if abs(number.adjusted()) > LONGEST_NUMBER or len(number.as_tuple().digits) > LONGEST_NUMBER:
        raise Unwritable
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if len(text) > LONGEST_NUMBER:
        raise Unwritable
    return text


def read_answer(cell: str) -> bool:
    """Read yes or no. Raises Unreadable."""
    answer = ANSWERS.get(cell.strip().lower())
    if answer is None:
        raise Unreadable(_("Write yes or no, not “%(cell)s”.") % {"cell": cell[:40]})
    return answer


def read_list(cell: str) -> tuple[str, ...]:
    """Read entries with commas between them. Raises Unreadable."""
    if not cell.strip():
        return ()
    entries, at = [], 0
    while True:
        entry = ENTRY.match(cell, at)
        if not entry:
            raise Unreadable(_("The quotation marks in “%(cell)s” do not fit together.") % {"cell": cell[:40]})
        quoted, bare, end = entry.groups()
        if quoted is not None or bare.strip():
            entries.append(quoted.replace('""', '"') if quoted is not None else bare.rstrip())
        at = entry.end()
        if not end:
            return tuple(entries)


def write_list(entries: Sequence[str]) -> str:
    """Write what ``read_list`` reads."""
    return ", ".join(_entry(one) for one in entries)


def _entry(text: str) -> str:
    if text and text == text.strip() and not set(text) & {",", '"'}:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
