"""Keys for options and pairs of files that have none: a to z, then aa, ab and so on."""

from __future__ import annotations

from string import ascii_lowercase


def letter_key(number: int) -> str:
    """Return the key of the option that comes after ``number`` others."""
    before, last = divmod(number, len(ascii_lowercase))
    return (letter_key(before - 1) if before else "") + ascii_lowercase[last]
