"""Tokens that say what is not so, from a server that stands in front of the real provider and signs them anew."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.utils.html import strip_tags

from academy.people.models import SignInProvider
from academy.people.social.adapter import SocialAccountAdapter
from academy.people.social.outgoing import CannotReach, get_json
from tests.factories.people import SignInProviderFactory
from tests.support.providers import (
    CALLBACK,
    CLIENT_ID,
    CLIENT_SECRET,
    Forger,
    IdentityProvider,
    ask,
    come_back,
    forger,
    new_key,
    public_pem,
)

pytestmark = pytest.mark.django_db

NOT_BELIEVED = "Its answer could not be checked, so nobody was signed in."
TOO_LATE = "Its answer came too late, or its clock is wrong."


@pytest.fixture(scope="module")
def other_key() -> rsa.RSAPrivateKey:
    """A key that is not the provider's."""
    return new_key()


@pytest.fixture
def front(idp: IdentityProvider) -> Iterator[Forger]:
    """The server in front, and the academy that believes it to be the provider."""
    with forger(idp.address) as running:
        SignInProviderFactory(
            slug="front",
            issuer=running.address,
            client_id=CLIENT_ID,
            secret=CLIENT_SECRET,
            vouches_for_email=True,
        )
        yield running


def sign_in(client: Client, idp: IdentityProvider) -> Any:
    return come_back(client, idp.answer(ask(client, "front")))


def refusal(client: Client, idp: IdentityProvider) -> str:
    """Try to sign in, make sure that nobody was, and return what was said."""
    response = sign_in(client, idp)
    assert response.status_code in {403, 502}
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()
    return " ".join(strip_tags(response.text).split())


def unsigned(claims: dict[str, Any], algorithm: str) -> str:
    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': algorithm, 'kid': 'front'})}.{part(claims)}."


def test_server_in_front_signs_people_in_while_it_changes_nothing(
    client: Client, idp: IdentityProvider, front: Forger
) -> None:
    """So that the refusals below are for what each of them changes, and for nothing else."""
    assert sign_in(client, idp)["Location"] == "/en/my/"
    assert SocialAccount.objects.get().provider == front.address


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], str]] = {
    "expired": (lambda claims: {"exp": time.time() - 61}, TOO_LATE),
    "issued in the future": (lambda claims: {"iat": time.time() + 120}, TOO_LATE),
    "not valid yet": (lambda claims: {"nbf": time.time() + 120}, TOO_LATE),
    "for another client": (lambda claims: {"aud": "somebody-else"}, NOT_BELIEVED),
    "for several, without saying who asked": (lambda claims: {"aud": [CLIENT_ID, "other"]}, NOT_BELIEVED),
    "for several, asked by another": (lambda claims: {"aud": [CLIENT_ID, "other"], "azp": "other"}, NOT_BELIEVED),
    "for nobody": (lambda claims: {"aud": []}, NOT_BELIEVED),
    "by another issuer": (lambda claims: {"iss": "https://elsewhere.example"}, NOT_BELIEVED),
    "by an issuer that looks alike": (lambda claims: {"iss": claims["iss"] + "/"}, NOT_BELIEVED),
    "another question's answer": (lambda claims: {"nonce": "another"}, NOT_BELIEVED),
    "nobody's question": (lambda claims: {"nonce": ""}, NOT_BELIEVED),
    "about nobody": (lambda claims: {"sub": ""}, NOT_BELIEVED),
    "about a number": (lambda claims: {"sub": 7}, NOT_BELIEVED),
    "about somebody too long": (lambda claims: {"sub": "x" * 192}, NOT_BELIEVED),
    "with a time that is none": (lambda claims: {"exp": "tomorrow"}, NOT_BELIEVED),
    "with a time that is true": (lambda claims: {"exp": True}, NOT_BELIEVED),
}


@pytest.mark.parametrize("change", CHANGES)
def test_token_that_says_something_else_is_refused(
    client: Client, idp: IdentityProvider, front: Forger, change: str
) -> None:
    changed, expected = CHANGES[change]
    front.forge = lambda claims: front.sign({**claims, **changed(claims)})

    assert expected in refusal(client, idp)


@pytest.mark.parametrize("claim", ["iss", "sub", "aud", "exp", "iat", "nonce"])
def test_token_that_leaves_something_out_is_refused(
    client: Client, idp: IdentityProvider, front: Forger, claim: str
) -> None:
    front.forge = lambda claims: front.sign({name: value for name, value in claims.items() if name != claim})

    assert NOT_BELIEVED in refusal(client, idp)


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", "", "RS256"])
def test_unsigned_token_is_refused(client: Client, idp: IdentityProvider, front: Forger, algorithm: str) -> None:
    front.forge = lambda claims: unsigned(claims, algorithm)

    assert NOT_BELIEVED in refusal(client, idp)


def test_token_signed_with_another_key_is_refused(
    client: Client, idp: IdentityProvider, front: Forger, other_key: rsa.RSAPrivateKey
) -> None:
    front.forge = lambda claims: front.sign(claims, key=other_key)

    assert NOT_BELIEVED in refusal(client, idp)


def test_token_that_brings_its_own_key_is_refused(
    client: Client, idp: IdentityProvider, front: Forger, other_key: rsa.RSAPrivateKey
) -> None:
    own = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(other_key.public_key()))
    front.forge = lambda claims: front.sign(claims, key=other_key, jwk=own, jku=f"{front.address}/keys", kid="own")

    assert NOT_BELIEVED in refusal(client, idp)


def test_token_of_a_key_that_is_not_in_the_set_is_refused(client: Client, idp: IdentityProvider, front: Forger) -> None:
    front.forge = lambda claims: front.sign(claims, kid="gone")

    assert NOT_BELIEVED in refusal(client, idp)


def test_public_key_is_no_secret_to_sign_with(client: Client, idp: IdentityProvider, front: Forger) -> None:
    """HS256 with the public key as its secret: who believes the token's own word on the algorithm is fooled."""
    secret = public_pem(front.key)

    def forge(claims: dict[str, Any]) -> str:
        import hashlib
        import hmac

        head = unsigned(claims, "HS256").rstrip(".")
        mark = hmac.new(secret, head.encode(), hashlib.sha256).digest()
        return f"{head}.{base64.urlsafe_b64encode(mark).rstrip(b'=').decode()}"

    front.forge = forge

    assert NOT_BELIEVED in refusal(client, idp)


def test_client_secret_is_no_key_either(client: Client, idp: IdentityProvider, front: Forger) -> None:
    front.forge = lambda claims: front.sign(claims, key=CLIENT_SECRET, algorithm="HS256")

    assert NOT_BELIEVED in refusal(client, idp)


def test_token_whose_claims_were_changed_after_signing_is_refused(
    client: Client, idp: IdentityProvider, front: Forger
) -> None:
    def forge(claims: dict[str, Any]) -> str:
        head, _body, mark = front.sign(claims).split(".")
        body = unsigned({**claims, "sub": "1000"}, "RS256").split(".")[1]
        return f"{head}.{body}.{mark}"

    front.forge = forge

    assert NOT_BELIEVED in refusal(client, idp)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é"])
def test_what_is_no_token_is_refused(client: Client, idp: IdentityProvider, front: Forger, token: str) -> None:
    front.forge = lambda claims: token

    assert NOT_BELIEVED in refusal(client, idp)


def test_token_for_several_that_says_that_we_asked_is_believed(
    client: Client, idp: IdentityProvider, front: Forger
) -> None:
    front.forge = lambda claims: front.sign({**claims, "aud": ["other", CLIENT_ID], "azp": CLIENT_ID})

    assert sign_in(client, idp).status_code == 302


def test_clocks_may_be_a_little_apart(client: Client, idp: IdentityProvider, front: Forger) -> None:
    front.forge = lambda claims: front.sign({**claims, "exp": time.time() - 30, "iat": time.time() + 30})

    assert sign_in(client, idp).status_code == 302


# Userinfo ------------------------------------------------------------------------------------------


def without(front: Forger, *names: str) -> None:
    """Let the token say less, so that userinfo is asked."""
    front.forge = lambda claims: front.sign({name: value for name, value in claims.items() if name not in names})


def test_userinfo_adds_what_the_token_left_out(client: Client, idp: IdentityProvider, front: Forger) -> None:
    without(front, "name", "email", "email_verified")

    assert sign_in(client, idp)["Location"] == "/en/my/"
    user = SocialAccount.objects.get().user
    assert (user.display_name, user.email) == ("Ann Atwater", "ann@ministry.example")


def test_userinfo_about_somebody_else_is_refused(client: Client, idp: IdentityProvider, front: Forger) -> None:
    without(front, "name")
    front.userinfo = {"sub": "1000"}

    assert NOT_BELIEVED in refusal(client, idp)


def test_userinfo_does_not_confirm_the_address_of_the_token(
    client: Client, idp: IdentityProvider, front: Forger
) -> None:
    without(front, "name", "email_verified")
    front.userinfo = {"email": "other@ministry.example", "email_verified": True}

    assert sign_in(client, idp)["Location"] == "/en/account/confirm-email/"


def test_userinfo_never_goes_before_the_token(client: Client, idp: IdentityProvider, front: Forger) -> None:
    without(front, "name")
    front.userinfo = {"email": "boss@ministry.example"}

    sign_in(client, idp)

    assert SocialAccount.objects.get().user.email == "ann@ministry.example"


# How we show who we are ----------------------------------------------------------------------------


@pytest.mark.parametrize("methods", [["client_secret_basic"], ["client_secret_post"], []])
def test_secret_is_shown_as_the_provider_wants_it(
    client: Client, idp: IdentityProvider, front: Forger, methods: list[str]
) -> None:
    front.document = {"token_endpoint_auth_methods_supported": methods or None}

    assert sign_in(client, idp)["Location"] == "/en/my/"


def test_client_without_a_secret_signs_in_by_its_proof(client: Client, idp: IdentityProvider) -> None:
    idp.tell("client", id="public", secret="", redirect_uris=[CALLBACK.format("public")])
    SignInProviderFactory(slug="public", issuer=idp.address, client_id="public", vouches_for_email=True)

    assert come_back(client, idp.answer(ask(client, "public")))["Location"] == "/en/my/"


def test_answer_that_is_no_object_is_refused(
    client: Client, idp: IdentityProvider, front: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "token", lambda form, headers: (200, ["id_token"]), raising=False)

    assert NOT_BELIEVED in refusal(client, idp)


def test_no_request_to_a_provider_follows_a_redirect(idp: IdentityProvider) -> None:
    """Neither ours nor one that allauth might make: a redirect could lead to a machine inside."""
    asking = f"{idp.address}/identity/o/authorize"

    with pytest.raises(CannotReach, match=r"answered 302\.$"):
        get_json(asking)
    with SocialAccountAdapter().get_requests_session() as session, pytest.raises(requests.TooManyRedirects):
        session.get(asking)


# Discovery -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": ""},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"userinfo_endpoint": "http://169.254.169.254/"},
        {"code_challenge_methods_supported": ["plain"]},
    ],
    ids=str,
)
def test_provider_that_is_not_what_was_configured_is_not_gone_to(
    client: Client, front: Forger, document: dict[str, Any]
) -> None:
    front.document = document

    response = client.post("/en/account/with/front/")

    assert response.status_code == 502
    assert "Refresh" not in response


def test_document_that_changes_on_the_way_back_signs_nobody_in(
    client: Client, idp: IdentityProvider, front: Forger
) -> None:
    back = idp.answer(ask(client, "front"))
    front.document = {"issuer": "https://elsewhere.example"}

    assert come_back(client, back).status_code == 502
    assert "_auth_user_id" not in client.session


def test_key_that_was_withdrawn_signs_nobody_in(
    client: Client, idp: IdentityProvider, front: Forger, other_key: rsa.RSAPrivateKey
) -> None:
    back = idp.answer(ask(client, "front"))
    stale = front.key
    front.key = other_key
    front.forge = lambda claims: front.sign(claims, key=stale)

    assert come_back(client, back).status_code == 403
    assert SignInProvider.objects.count() == 1
