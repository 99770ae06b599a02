"""Signs that mean something, and how a text says that it means none of it.

An escaped sign is masked while a question is taken apart: it becomes a character that no file can hold, a surrogate
without its partner, so that searching and splitting see only the signs that mean something.
"""

from __future__ import annotations

import re

from academy.standards.gift.model import Markup, Text
from academy.standards.text_file import BLANKS

_SIGNS = ":#={}~"
_MASK_BASE = 0xDC00
_ESCAPED = re.compile(r"\\([\\:#={}~n])")
_MASKED = {"n": chr(_MASK_BASE + ord("\n")), "\\": "\\"} | {sign: chr(_MASK_BASE + ord(sign)) for sign in _SIGNS}
_UNMASKED = {_MASK_BASE + ord(sign): sign for sign in _SIGNS + "\n"}
_WRITTEN = str.maketrans({sign: f"\\{sign}" for sign in _SIGNS} | {"\\": "\\\\", "\n": "\\n"})
_NAMES = {markup.value: markup for markup in Markup}
_LONGEST = max(len(name) for name in _NAMES)


def mask(text: str) -> str:
    """Return ``text`` with its escaped signs masked."""
    return _ESCAPED.sub(lambda found: _MASKED[found.group(1)], text)


def unmask(text: str) -> str:
    """Return what a masked text says, without blanks at its ends."""
    return text.translate(_UNMASKED).strip(BLANKS)


def read_text(masked: str, default: Markup) -> Text:
    """Return a masked text, which may name its markup: ``[html]…``."""
    masked = masked.strip(BLANKS)
    markup = default
    if masked.startswith("["):
        end = masked.find("]", 0, _LONGEST + 2)
        named = _NAMES.get(masked[1:end]) if end != -1 else None
        if named:
            markup, masked = named, masked[end + 1 :]
    text = unmask(masked)
    return Text(text=text, markup=markup) if text else Text()


def escape(text: str) -> str:
    """Return ``text`` on one line, with every sign that would mean something escaped."""
    return text.translate(_WRITTEN)


def write_text(text: Text, default: Markup) -> str:
    """Return a text that reads back as it is, with its markup named where that is not the default's.

    It is named too where the text begins like a markup, a weight, a comment or a match.
    """
    if not text.text:
        return ""
    named = text.markup != default or text.text.startswith(("[", "%", "//"))
    return (f"[{text.markup.value}]" if named else "") + escape(text.text)
