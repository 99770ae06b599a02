"""The code in the link of an invitation.

It is made from the invitation's identity with the secret key of the site, so that it can be sent, sent again and
printed without being stored: the database holds a keyed hash of it, by which it is found.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from academy.lib.identifiers import ALPHABET, CODE_LENGTH, normalise_code
from academy.people.models import Invitation

MAKES, FINDS = "academy.people.invitation.code", "academy.people.invitation.hash"


def code_from(uuid: UUID, *, key: str | bytes | None = None) -> str:
    """Return the code of an invitation: 130 bits that nobody without the key can tell."""
    number = int.from_bytes(salted_hmac(MAKES, str(uuid), secret=key, algorithm="sha256").digest())
    letters = []
    for _place in range(CODE_LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def hash_of(code: str, *, key: str | bytes | None = None) -> str:
    """Return what is stored of a code."""
    return salted_hmac(FINDS, code, secret=key, algorithm="sha256").hexdigest()


def hashes_of(typed: str) -> list[str]:
    """Return the hashes under which what somebody typed may be stored: of the key of today, and of those before it."""
    code = normalise_code(typed)
    return [hash_of(code, key=key) for key in _keys()] if code else []


def code_of(invitation: Invitation) -> str | None:
    """Return the code in the invitation's link, or None when the key that made it is no longer known."""
    for key in _keys():
        code = code_from(invitation.uuid, key=key)
        if hash_of(code, key=key) == invitation.code_hash:
            return code
    return None


def _keys() -> list[str | bytes]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
