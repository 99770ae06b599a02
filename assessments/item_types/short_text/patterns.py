"""Does an answer fit an accepted one? Patterns are matched in one walk: no length of either takes long.

As Moodle does: both sides are trimmed and brought to NFC; ``*``, and a run of them, stands for any characters of one
line; ``\\*`` is a star. A backslash before a backslash is no escape. Case is left out by Unicode's simple folding, one
character for one, as PCRE does under ``iu``: ``SS`` is not ``ß``, ``ẞ`` is.
"""

from __future__ import annotations

import re
import unicodedata

from assessments.item_types.bodies import Accepted

_STARS = re.compile(r"(?<!\\)\*+")


def fits(accepted: Accepted, given: str, *, case_sensitive: bool) -> bool:
    """Does the answer fit?"""
    wanted, given = (unicodedata.normalize("NFC", text.strip()) for text in (accepted.text, given))
    if not case_sensitive:
        wanted, given = folded(wanted), folded(given)
    if not accepted.pattern:
        return wanted == given
    return _matches(literals(wanted), given)


def folded(text: str) -> str:
    """Return the text without case, as long as it was."""
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def _fold(character: str) -> str:
    for simple in (character.casefold(), character.lower()):
        if len(simple) == 1:
            return simple
    return character


def literals(pattern: str) -> list[str]:
    """Return what stands between the stars, one piece more than there are runs of them."""
    return [piece.replace("\\*", "*") for piece in _STARS.split(pattern)]


def _matches(pieces: list[str], text: str) -> bool:
    """Walk from piece to piece, each at its first place.

    The first place is as good as any later one: what lies between may not break the line, so a later place is on the
    same line or out of reach.
    """
    first, *between = pieces
    if not between:
        return text == first
    last = between.pop()
    if not text.startswith(first):
        return False
    place = len(first)
    for piece in between:
        found = text.find(piece, place)
        if found < 0 or "\n" in text[place:found]:
            return False
        place = found + len(piece)
    end = len(text) - len(last)
    return end >= place and text.endswith(last) and "\n" not in text[place:end]


def example(accepted: Accepted, filling: str = "") -> str:
    """Return an answer that fits, with the filling for each run of stars."""
    return filling.join(literals(accepted.text)).strip() if accepted.pattern else accepted.text.strip()
