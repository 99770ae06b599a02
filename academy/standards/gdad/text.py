"""The files' plain text, made clean: one kind of space, one kind of line end, no links."""

from __future__ import annotations

import re

# A no-break space is a space; line and paragraph separators are line ends; zero-width marks are nothing.
_CHARACTERS = str.maketrans(
    {"\u00a0": " ", "\u2028": "\n", "\u2029": "\n", "\u200b": None, "\ufeff": None, "\r": None},
)
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*\)")
_SPACES = re.compile(r"[ \t]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_BULLET = re.compile(r"^[-*•]\s+")
_LEAD_IN = re.compile(r"^you can:?$", re.IGNORECASE)

PLACEHOLDER = "NOT IN USE"
UNDEFINED = {"", "missing", "this skill level is currently not defined."}


def clean_name(text: str) -> str:
    """Return ``text`` on one line with single spaces and none at its ends."""
    return " ".join(text.translate(_CHARACTERS).split())


def clean_text(text: str) -> str:
    """Return ``text`` with paragraphs apart, bullets as ``- ``, links as their words; empty if it says nothing."""
    text = _LINK.sub(r"\1", text.translate(_CHARACTERS))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    cleaned = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    return "" if cleaned.casefold() in UNDEFINED else cleaned


def ability_lines(text: str) -> str:
    """Return what one can do at a level, a line each, without "You can:" and without bullets."""
    lines = (_BULLET.sub("", line) for line in clean_text(text).split("\n"))
    return "\n".join(line for line in lines if line and not _LEAD_IN.match(line))
