"""The ID token: a signed statement of who somebody is, for us, now, and in answer to our question."""

from __future__ import annotations

import enum
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import jwt

# Signatures of which the reader cannot be the writer. Neither "none" nor HS256, for which a public key of the
# provider would do as the secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
FAMILIES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
# How far the clocks of two machines may be apart, in seconds.
LEEWAY = 60
SUBJECT_LENGTH = 191  # what allauth stores


class Reason(enum.Enum):
    """Why a token is refused."""

    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    NONCE = "nonce"
    SUBJECT = "subject"


class TokenRefused(Exception):
    """The token says nothing that we can believe."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def verify_token(
    token: object, *, keys: Iterable[Mapping[str, Any]], issuer: str, client_id: str, nonce: str, at: datetime
) -> dict[str, Any]:
    """Return the claims of a token that ``issuer`` signed for ``client_id`` in answer to ``nonce``.

    Raises TokenRefused. Keys are the members of the issuer's key set, as they came.
    """
    claims = _signed_claims(token, keys)
    if claims.get("iss") != issuer:
        raise TokenRefused(Reason.ISSUER)
    _check_audience(claims, client_id)
    _check_times(claims, at)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()) or not nonce:
        raise TokenRefused(Reason.NONCE)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LENGTH:
        raise TokenRefused(Reason.SUBJECT)
    return claims


def usable_keys(keys: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the keys that can have signed a token."""
    return [key for key in keys if key.get("kty") in FAMILIES.values() and key.get("use", "sig") == "sig"]


def _signed_claims(token: object, keys: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    if not isinstance(token, str):
        raise TokenRefused(Reason.MALFORMED)
    try:
        header = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError:
        raise TokenRefused(Reason.MALFORMED) from None
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise TokenRefused(Reason.ALGORITHM)
    key = _key_of(header, algorithm, keys)
    try:
        # Everything but the signature is checked by us, each for its own reason.
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            options={
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
                "verify_aud": False,
                "verify_iss": False,
                "verify_sub": False,
                "verify_jti": False,
            },
        )
    except jwt.InvalidSignatureError:
        raise TokenRefused(Reason.SIGNATURE) from None
    except jwt.InvalidTokenError:
        raise TokenRefused(Reason.MALFORMED) from None
    return claims


def _key_of(header: Mapping[str, Any], algorithm: str, keys: Iterable[Mapping[str, Any]]) -> jwt.PyJWK:
    """Return the one key that the header can mean."""
    fitting = [
        key
        for key in usable_keys(keys)
        if key["kty"] == FAMILIES[algorithm[:2]]
        and key.get("alg", algorithm) == algorithm
        and ("kid" not in header or key.get("kid") == header["kid"])
    ]
    # Without a name for its key, a token may come from a provider that has one key alone.
    if len(fitting) != 1:
        raise TokenRefused(Reason.UNKNOWN_KEY)
    try:
        return jwt.PyJWK(dict(fitting[0]), algorithm=algorithm)
    except jwt.PyJWTError:
        raise TokenRefused(Reason.UNKNOWN_KEY) from None


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience if isinstance(audience, list) else []
    # A token for several must say that it was us who asked.
    party = claims.get("azp", client_id if len(audiences) == 1 else None)
    if client_id not in audiences or party != client_id:
        raise TokenRefused(Reason.AUDIENCE)


def _check_times(claims: Mapping[str, Any], at: datetime) -> None:
    present = at.timestamp()
    expires, issued, not_before = map(_moment, (claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)))
    if expires + LEEWAY <= present:
        raise TokenRefused(Reason.EXPIRED)
    if max(issued, not_before) > present + LEEWAY:
        raise TokenRefused(Reason.NOT_YET)


def _moment(value: object) -> float:
    # In Python, true is a number.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRefused(Reason.MALFORMED)
    return value
