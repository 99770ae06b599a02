"""Secrets that the program must read again, encrypted before they are stored.

The keys come from ``SECRET_KEY``, one for each purpose, so that a copy of the database alone opens nothing. After
a change of key, what was stored is read with ``SECRET_KEY_FALLBACKS``.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(Exception):
    """What was stored was encrypted with a key that is neither SECRET_KEY nor one of its fallbacks."""


def encrypt(text: str, *, purpose: str) -> str:
    """Return ``text`` encrypted and signed with the present key."""
    return _keys(purpose).encrypt(text.encode()).decode()


def decrypt(token: str, *, purpose: str) -> str:
    """Return the text again. Raises Unreadable for another key, another purpose or a damaged token."""
    try:
        return _keys(purpose).decrypt(token.encode()).decode()
    except InvalidToken:
        raise Unreadable(f"A secret of {purpose} cannot be read: is its key in SECRET_KEY_FALLBACKS?") from None


def _keys(purpose: str) -> MultiFernet:
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(salted_hmac(purpose, "key", secret=secret, algorithm="sha256").digest()))
            for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        ]
    )
