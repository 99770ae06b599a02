"""What a provider says about itself and its people, read without a network. The forgeries are in tests/people."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from academy.standards.openid_connect import (
    Fault,
    NotAProvider,
    Reason,
    TokenRefused,
    discovery_address,
    is_safe,
    read_discovery,
    usable_keys,
    verify_token,
)

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ISSUER = "https://login.example"
DOCUMENT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}
CLAIMS = {
    "iss": ISSUER,
    "aud": "academy",
    "sub": "ann",
    "nonce": "n",
    "iat": AT.timestamp(),
    "exp": AT.timestamp() + 300,
}


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://login.example", True),
        ("https://login.example:8443/a?b=c", True),
        ("http://localhost:8000/", True),
        ("http://login.example", False),
        ("ftp://localhost/", False),
        ("https://ann@login.example", False),
        ("https://login.example/#x", False),
        ("https://", False),
        ("https://[login", False),
        ("https://login.example:99999/", False),
        ("https://login.example/\nX: y", False),
        ("https://login.example/ x", False),
        ("", False),
    ],
)
def test_address_is_safe(address: str, *, safe: bool) -> None:
    assert is_safe(address, http_hosts=["localhost"]) is safe


@pytest.mark.parametrize("issuer", ["https://login.example/realm", "https://login.example/realm/"])
def test_document_is_below_the_issuer(issuer: str) -> None:
    assert discovery_address(issuer) == "https://login.example/realm/.well-known/openid-configuration"


def test_smallest_document_is_enough_and_means_the_standard_defaults() -> None:
    discovery = read_discovery(DOCUMENT, issuer=ISSUER)

    assert discovery.token_endpoint == "https://login.example/token"
    assert discovery.userinfo_endpoint == ""
    assert discovery.secret_in_form is False


def test_secret_goes_into_the_form_where_that_is_known() -> None:
    document = {**DOCUMENT, "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"]}

    assert read_discovery(document, issuer=ISSUER).secret_in_form is True


@pytest.mark.parametrize("document", [None, [], "x", 7])
def test_what_is_no_document_is_refused(document: object) -> None:
    with pytest.raises(NotAProvider, match=r"^not_a_document$"):
        read_discovery(document, issuer=ISSUER)


def test_document_is_told_all_that_is_wrong_with_it() -> None:
    document = {"issuer": 7, "token_endpoint": ["x"], "jwks_uri": None, "response_types_supported": ["id_token"]}

    with pytest.raises(NotAProvider) as caught:
        read_discovery(document, issuer=ISSUER)

    assert [(finding.fault, finding.subject) for finding in caught.value.findings] == [
        (Fault.WRONG_ISSUER, "issuer"),
        (Fault.MISSING, "authorization_endpoint"),
        (Fault.NOT_SAFE, "token_endpoint"),
        (Fault.MISSING, "jwks_uri"),
        (Fault.NO_CODE_FLOW, "response_types_supported"),
    ]


# Tokens --------------------------------------------------------------------------------------------

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEYS = {
    "RS256": (RSA, jwt.algorithms.RSAAlgorithm),
    "PS512": (RSA, jwt.algorithms.RSAAlgorithm),
    "ES256": (ec.generate_private_key(ec.SECP256R1()), jwt.algorithms.ECAlgorithm),
    "EdDSA": (ed25519.Ed25519PrivateKey.generate(), jwt.algorithms.OKPAlgorithm),
}


def key_of(algorithm: str, **members: Any) -> dict[str, Any]:
    private, kind = KEYS[algorithm]
    public = kind.to_jwk(private.public_key(), as_dict=True)
    return {**{name: value for name, value in public.items() if name != "key_ops"}, "kid": algorithm, **members}


def token(algorithm: str = "RS256", *, header: dict[str, Any] | None = None, **changes: Any) -> str:
    headers = {"kid": algorithm} if header is None else header
    return jwt.encode({**CLAIMS, **changes}, KEYS[algorithm][0], algorithm=algorithm, headers=headers)


def verify(written: object, keys: list[dict[str, Any]], at: datetime = AT) -> dict[str, Any]:
    return verify_token(written, keys=keys, issuer=ISSUER, client_id="academy", nonce="n", at=at)


@pytest.mark.parametrize("algorithm", KEYS)
def test_token_is_believed_by_every_kind_of_key(algorithm: str) -> None:
    assert verify(token(algorithm), [key_of(name) for name in KEYS])["sub"] == "ann"


def test_token_without_the_name_of_a_key_is_believed_where_there_is_one_alone() -> None:
    assert verify(token(header={}), [key_of("RS256"), key_of("ES256")])["sub"] == "ann"
    with pytest.raises(TokenRefused, match="unknown_key"):
        verify(token(header={}), [key_of("RS256"), key_of("RS256", kid="other")])


@pytest.mark.parametrize(
    "members", [{"use": "enc"}, {"alg": "RS512"}, {"kid": "other"}, {"kty": "oct", "k": "c2VjcmV0"}, {"n": "!"}]
)
def test_key_that_is_for_something_else_is_not_used(members: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused, match="unknown_key"):
        verify(token(), [key_of("RS256", **members)])


def test_keys_that_can_sign_are_told_from_others() -> None:
    keys = [key_of("RS256"), key_of("ES256", use="enc"), {"kty": "oct"}, {}]

    assert usable_keys(keys) == [keys[0]]


@pytest.mark.parametrize(
    ("seconds", "reason"), [(359, None), (360, Reason.EXPIRED), (-60, None), (-61, Reason.NOT_YET)]
)
def test_token_is_believed_in_its_time_and_a_minute_around(seconds: int, reason: Reason | None) -> None:
    at = AT + timedelta(seconds=seconds)

    if reason is None:
        assert verify(token(), [key_of("RS256")], at=at)["sub"] == "ann"
    else:
        with pytest.raises(TokenRefused, match=f"^{reason.value}$"):
            verify(token(), [key_of("RS256")], at=at)


def test_empty_question_is_answered_by_nothing() -> None:
    """A state that has lost its nonce must not make a token without one good."""
    with pytest.raises(TokenRefused, match="nonce"):
        verify_token(token(nonce=""), keys=[key_of("RS256")], issuer=ISSUER, client_id="academy", nonce="", at=AT)


@pytest.mark.parametrize("written", [None, 7, b"a.b.c", "", json.dumps(CLAIMS)])
def test_what_is_no_token_is_refused(written: object) -> None:
    with pytest.raises(TokenRefused, match="malformed"):
        verify(written, [key_of("RS256")])
