"""The pictures of one question: files in Moodle's texts, ``picture:`` names in ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote, unquote

from assessments.item_types.questions import Picture
from assessments.item_types.rich import PICTURE

THEIRS = "@@PLUGINFILE@@/"
SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
# In an address, blanks and brackets are written as %20 and the like; some authors write them as they are.
ADDRESS = r"[^\s\"'<>()\\]+"
ODD = re.compile(r"[\s\"'<>()\\]")
AFTER_AN_ADDRESS = ".,;:!?"
NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f/\\]+")


def is_picture(data: bytes) -> bool:
    """Judge by the first bytes: PNG, JPEG, GIF or WebP."""
    return data.startswith(SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


class Album:
    """Gathers the pictures of a question. The same name with other bytes gets another name."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, bytes], str] = {}
        self._bytes: dict[str, bytes] = {}
        self._next: dict[str, int] = {}

    def add(self, name: str, data: bytes) -> str:
        """Return the name under which the picture is known here."""
        name = NOT_IN_A_NAME.sub("-", name).strip("-") or "picture"
        known = self._names.get((name, data))
        if known is not None:
            return known
        free = name
        stem, dot, ending = name.rpartition(".")
        while free in self._bytes:
            self._next[name] = self._next.get(name, 1) + 1
            free = f"{stem}-{self._next[name]}{dot}{ending}" if dot else f"{name}-{self._next[name]}"
        self._names[name, data], self._bytes[free] = free, data
        return free

    def pictures(self) -> tuple[Picture, ...]:
        """Return all of them, by name."""
        return tuple(Picture(name=name, data=data) for name, data in sorted(self._bytes.items()))


def replaced(text: str, mark: str, names: Iterable[str], by: Callable[[str, str], str | None]) -> str:
    """Return the text with the addresses that start with ``mark`` replaced.

    ``by`` gets the name that an address means and how it is spelled, and returns what stands there instead; None
    leaves it.
    """
    if mark not in text:
        return text
    odd = sorted((name for name in names if ODD.search(name)), key=len, reverse=True)
    pattern = "|".join([*(re.escape(name) for name in odd[:100]), ADDRESS])

    def one(match: re.Match[str]) -> str:
        spelled: str = match[1]
        for end in (spelled, spelled.partition("?")[0], spelled.rstrip(AFTER_AN_ADDRESS)):
            for name in (unquote(end), end):
                found = by(name, end)
                if found is not None:
                    return found + spelled[len(end) :].removeprefix("?forcedownload=1")
        return str(match[0])

    return re.sub(f"{re.escape(mark)}({pattern})", one, text)


def address(name: str) -> str:
    """Return a name as it stands in an address."""
    return quote(name, safe="")


def named_here(name: str) -> str:
    """Return how our texts name a picture."""
    return PICTURE + address(name)
