"""Secrets of others that we must be able to read again: sealed with a key made of ``SECRET_KEY``.

A copy of the database alone does not give them away. An older key in ``SECRET_KEY_FALLBACKS`` still opens what it
sealed.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


class CannotUnseal(Exception):
    """This was sealed with another key or for another purpose, or somebody changed it."""


def seal(text: str, *, purpose: str) -> str:
    """Return ``text`` as nobody can read it without the key. What is sealed for one purpose opens for no other."""
    return _locks(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return what was sealed. Raises CannotUnseal."""
    try:
        return _locks(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotUnseal(f"A secret for {purpose} cannot be read: was SECRET_KEY changed?") from None


def _locks(purpose: str) -> MultiFernet:
    """Return the locks of the present key and of older ones; the first one seals."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key, purpose)) for key in keys])


def _derived(key: str | bytes, purpose: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"academy.sealing:{purpose}".encode())
    return base64.urlsafe_b64encode(derive.derive(force_bytes(key)))
