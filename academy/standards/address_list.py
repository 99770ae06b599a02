"""Lists of e-mail addresses as people paste them: by comma, semicolon or line, with names or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What stands between two addresses; not inside quotation marks or angle brackets.
PIECE = re.compile(r'(?:"[^"\n]*"|<[^<>\n]*>|[^,;\n"<]|["<])+|[,;\n]')
NAMED = re.compile(r"^(?P<name>[^<>]*?)\s*<\s*(?:mailto:)?(?P<email>[^<>]*?)\s*>$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One piece of the list: ``number`` counts from 1. ``email`` is what stands where an address should."""

    number: int
    email: str
    name: str = ""


def read_addresses(text: str) -> list[Entry]:
    """Return the pieces of a list. Whether an address can be one is for others to say; nothing is left out."""
    found = [_parted(piece) for piece in _pieces(text)]
    return [Entry(number=number, name=name, email=email) for number, (name, email) in enumerate(found, start=1)]


def _pieces(text: str) -> Iterator[str]:
    kept = ""
    for part in PIECE.findall(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")):
        if part in {";", "\n"} or (part == "," and "@" in kept):
            yield from _single(kept)
            kept = ""
        elif part == ",":
            # "Family, Given <address>": the comma is part of the name when brackets follow.
            kept = f"{kept}," if kept.strip() else ""
        elif kept.endswith(",") and "<" not in part:
            yield from _single(kept.rstrip(","))
            kept = part
        else:
            kept += part
    yield from _single(kept.rstrip(","))


def _single(piece: str) -> Iterator[str]:
    """Yield a piece, or each word of it where all of them are bare addresses."""
    words = piece.split()
    if len(words) > 1 and "<" not in piece and all("@" in word for word in words):
        yield from words
    elif words:
        yield " ".join(words)


def _parted(piece: str) -> tuple[str, str]:
    match = NAMED.match(piece)
    if match is None:
        return "", re.sub(r"^mailto:", "", piece, flags=re.IGNORECASE)
    return " ".join(match["name"].replace('"', "").split()), match["email"]
