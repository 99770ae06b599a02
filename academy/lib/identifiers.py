"""Identifiers that leave the house."""

from __future__ import annotations

import secrets

# Crockford's base 32: no I, L, O or U, so that a code read aloud or from paper is not misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 26


def random_code() -> str:
    """Return 26 characters of :data:`ALPHABET`: 130 random bits, not to be guessed or counted through."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def normalise_code(text: str) -> str | None:
    """Return the code as stored, or None when ``text`` can't be one.

    Spaces, hyphens and small letters are forgiven, and so are the letters that look like digits.
    """
    code = text.upper().replace("-", "").replace(" ", "")
    code = code.translate(str.maketrans("ILO", "110"))
    if len(code) != CODE_LENGTH or set(code) - set(ALPHABET):
        return None
    return code
