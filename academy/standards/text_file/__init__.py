"""Files of plain text that people save on all kinds of machines: their encoding and their lines.

``decode(data)`` returns the text, or None when it is neither UTF-8 nor UTF-16; ``lines(text)`` its lines with numbers.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

MEGABYTE = 1024 * 1024
# Blank at the ends of a line or a text, as Moodle's own language trims them.
BLANKS = " \t\n\r\x0b\x0c"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In UTF-16 every sign of ASCII has a zero, always on the same side of its pair.
_LEAST_ZEROS, _LEAST_SHARE = 3, 0.05
_ONE_SIDED = 0.9
_LINE = re.compile(r"[^\n]+")
_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")


def decode(data: bytes) -> str | None:
    """Return the text with plain line ends, or None when its encoding is neither UTF-8 nor UTF-16."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    return _decoded(data, _guess(data))


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Return each line with its number, counted from 1, without blanks at its ends. A run of empty ones is one."""
    number, end = 1, 0
    for found in _LINE.finditer(text):
        breaks = found.start() - end
        number += breaks
        if breaks > 1:
            yield number - 1, ""
        yield number, found.group().strip(BLANKS)
        end = found.end()


def strange_character(text: str) -> str:
    """Return the first character that is no text, such as a zero, or nothing."""
    found = _STRANGE.search(text)
    return found.group() if found else ""


def without_strange(text: str) -> str:
    """Return the text with a blank for each character that is no text."""
    return _STRANGE.sub(" ", text)


def _guess(data: bytes) -> str:
    zeros = data.count(0)
    if zeros < max(_LEAST_ZEROS, _LEAST_SHARE * len(data) / 2):
        return "utf-8"
    even = data[::2].count(0)
    if even >= _ONE_SIDED * zeros:
        return "utf-16-be"
    return "utf-16-le" if zeros - even >= _ONE_SIDED * zeros else "utf-8"


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
