"""Signing in by SAML: assertions that are signed, for us, now, and in answer to our question, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.html import strip_tags

from academy.people.domain import providers
from academy.people.domain.providers import Claims, on_signed_in, organisation_codes
from academy.people.models import SignInProvider, User
from tests.factories.people import ProviderOrganisationFactory, SignInProviderFactory, UserFactory
from tests.support.saml import AUDIENCE, ENTITY, SSO, SamlProvider, request_id

pytestmark = pytest.mark.django_db

SUBJECT_ID = "urn:oasis:names:tc:SAML:attribute:subject-id"


@pytest.fixture(scope="module")
def idp() -> SamlProvider:
    return SamlProvider()


@pytest.fixture
def client() -> Client:
    """A browser at a host that the library takes for one."""
    return Client(SERVER_NAME="localhost")


@pytest.fixture(scope="module")
def stranger() -> SamlProvider:
    """Somebody with another key."""
    return SamlProvider()


@pytest.fixture
def ministry(idp: SamlProvider) -> SignInProvider:
    return SignInProviderFactory(
        kind="saml",
        name="Ministry of Finance",
        slug="ministry",
        issuer=ENTITY,
        client_id="",
        sso_url=SSO,
        certificate=idp.certificate(),
        organisation_claim="department",
        vouches_for_email=True,
    )


@pytest.fixture
def heard() -> Iterator[list[tuple[User, SignInProvider, Claims]]]:
    told: list[tuple[User, SignInProvider, Claims]] = []

    @on_signed_in
    def listen(user: User, provider: SignInProvider, claims: Claims, at: datetime) -> None:
        told.append((user, provider, claims))

    yield told
    providers._listeners.remove(listen)


def ask(client: Client, **sent: str) -> str:
    """Press the button, and return the ID of the question."""
    response = client.post(reverse("sign_in_with", args=["ministry"]), sent)
    address = response["Refresh"].removeprefix("0; url=")
    assert address.startswith(f"{SSO}?SAMLRequest=")
    return request_id(address)


def post(client: Client, answer: str) -> Any:
    """Post an answer as the provider's page does, and go on to where it is checked."""
    response = client.post(reverse("saml_acs", args=["ministry"]), {"SAMLResponse": answer})
    assert response["Location"] == reverse("saml_finish_acs", args=["ministry"])
    return client.get(response["Location"])


def words(response: Any) -> str:
    return " ".join(strip_tags(response.text).split())


def assert_refused(client: Client, response: Any) -> None:
    assert response.status_code == 403
    assert "Ministry of Finance could not sign you in" in words(response)
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()


def test_signed_assertion_opens_an_account_and_signs_in_again(
    client: Client,
    idp: SamlProvider,
    ministry: SignInProvider,
    heard: list[tuple[User, SignInProvider, Claims]],
) -> None:
    ProviderOrganisationFactory(provider=ministry)

    first = post(client, idp.answer(ask(client, next="/en/help/")))

    # SAML says nothing of whether an address is verified, so it is confirmed by a link.
    assert first["Location"] == reverse("account_email_verification_sent")
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid) == (ENTITY, "ann-7")
    assert account.extra_data == {"name": "Ann Atwater", "email": "ann@ministry.example", "department": "MOF"}
    assert (account.user.display_name, account.user.email) == ("Ann Atwater", "ann@ministry.example")
    EmailAddress.objects.update(verified=True)

    again = post(client, idp.answer(ask(client, next="/en/help/")))

    assert again["Location"] == "/en/help/"
    assert client.session["_auth_user_id"] == str(account.user_id)
    assert [(who, organisation_codes(provider=which, claims=claims)) for who, which, claims in heard] == [
        (account.user, ["ke-mof"])
    ]


def test_unsigned_assertion_is_refused(client: Client, idp: SamlProvider, ministry: SignInProvider) -> None:
    assert_refused(client, post(client, idp.answer(ask(client), signed=False)))


def test_assertion_signed_by_somebody_else_is_refused(
    client: Client, idp: SamlProvider, stranger: SamlProvider, ministry: SignInProvider
) -> None:
    assert_refused(client, post(client, idp.answer(ask(client), signed_by=stranger)))


@pytest.mark.parametrize(
    "said",
    [
        {"audience": "http://localhost/sign-in/other/saml/metadata/"},
        {"issuer": "https://elsewhere.example"},
        {"recipient": "http://elsewhere.example/"},
        {"minutes": -5},
        {"name_format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
        {"name_format": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", "subject": "ann@ministry.example"},
        {"subject": ""},
        {"subject": "x" * 192},
    ],
    ids=lambda said: next(iter(said)),
)
def test_assertion_that_says_something_else_is_refused(
    client: Client, idp: SamlProvider, ministry: SignInProvider, said: dict[str, Any]
) -> None:
    assert_refused(client, post(client, idp.answer(ask(client), **said)))


def test_subject_id_is_a_lasting_name_whatever_the_name_id(
    client: Client, idp: SamlProvider, ministry: SignInProvider
) -> None:
    transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
    attributes = {SUBJECT_ID: "ann@ministry.example.lasting"}

    post(client, idp.answer(ask(client), name_format=transient, subject="_once", attributes=attributes))

    assert SocialAccount.objects.get().uid == "ann@ministry.example.lasting"


def test_answer_works_once(client: Client, idp: SamlProvider, ministry: SignInProvider) -> None:
    answer = idp.answer(ask(client))
    post(client, answer)
    SocialAccount.objects.all().delete()

    response = post(client, answer)

    assert_refused(client, response)
    assert "it was used already" in words(response)


def test_answer_to_another_browser_is_of_no_use(client: Client, idp: SamlProvider, ministry: SignInProvider) -> None:
    answer = idp.answer(ask(Client(SERVER_NAME="localhost")))

    assert_refused(client, post(client, answer))


def test_answer_that_nobody_asked_for_is_refused(client: Client, idp: SamlProvider, ministry: SignInProvider) -> None:
    assert_refused(client, post(client, idp.answer("")))


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        "PGE+",
        "!!!",
        "PGE+PC9hPg==",
        "/////w==",
        "PCFET0NUWVBFIGEgWzwhRU5USVRZIHggU1lTVEVNICJmaWxlOi8vL2V0Yy9wYXNzd2QiPl0+PGE+Jng7PC9hPg==",
    ],
)
def test_what_is_no_answer_is_refused(client: Client, ministry: SignInProvider, answer: str) -> None:
    assert_refused(client, post(client, answer))


def test_end_of_the_way_without_an_answer_is_refused(client: Client, ministry: SignInProvider) -> None:
    assert_refused(client, client.get(reverse("saml_finish_acs", args=["ministry"])))


def test_address_that_has_an_account_connects_nothing(
    client: Client, idp: SamlProvider, ministry: SignInProvider
) -> None:
    user = UserFactory(email="ann@ministry.example")

    response = post(client, idp.answer(ask(client)))

    assert response["Location"] == reverse("account_email_verification_sent")
    assert not SocialAccount.objects.filter(user=user).exists()
    assert "_auth_user_id" not in client.session


def test_provider_that_is_switched_off_signs_nobody_in(
    client: Client, idp: SamlProvider, ministry: SignInProvider
) -> None:
    answer = idp.answer(ask(client))
    kept = client.post(reverse("saml_acs", args=["ministry"]), {"SAMLResponse": answer})
    SignInProvider.objects.update(is_enabled=False)

    on_the_way = client.get(kept["Location"])
    later = client.post(reverse("saml_acs", args=["ministry"]), {"SAMLResponse": answer})

    for response in (on_the_way, later):
        assert_refused(client, response)
        assert "This way of signing in is switched off." in words(response)


def test_certificate_that_is_none_is_told_in_words(client: Client, idp: SamlProvider) -> None:
    SignInProviderFactory(
        kind="saml", slug="ministry", issuer=ENTITY, client_id="", sso_url="nonsense", certificate="x"
    )

    response = client.post(reverse("sign_in_with", args=["ministry"]))

    assert response.status_code == 502
    assert "Its server does not answer as it should." in words(response)


def test_metadata_says_what_a_provider_must_know(client: Client, ministry: SignInProvider) -> None:
    response = client.get(reverse("saml_metadata", args=["ministry"]))

    assert response.status_code == 200
    assert f'entityID="{AUDIENCE}"' in response.text
    assert 'Location="http://localhost/sign-in/ministry/saml/"' in response.text
    assert 'WantAssertionsSigned="true"' in response.text


def test_openid_provider_has_no_saml_addresses(client: Client) -> None:
    SignInProviderFactory(slug="other")

    for name in ("saml_sls", "saml_acs", "saml_finish_acs", "saml_metadata"):
        address = reverse(name, args=["other"])
        assert client.get(address, follow=True).status_code in {404, 405}
        assert client.post(address, {"SAMLResponse": "x"}, follow=True).status_code in {404, 405}


def test_metadata_of_half_a_configuration_is_no_fault_of_ours(client: Client) -> None:
    SignInProviderFactory(
        kind="saml", slug="ministry", issuer=ENTITY, client_id="", sso_url="nonsense", certificate="x"
    )

    kept = client.post(reverse("saml_acs", args=["ministry"]), {"SAMLResponse": "x"})

    assert client.get(kept["Location"]).status_code == 502
    assert client.get(reverse("saml_metadata", args=["ministry"])).status_code == 200
    # A host that the library takes for none.
    assert Client().get(reverse("saml_metadata", args=["ministry"])).status_code == 502


def test_answers_have_a_limit(client: Client, ministry: SignInProvider) -> None:
    with override_settings(ACCOUNT_RATE_LIMITS={"sign_in_with": "1/m/ip"}):
        statuses = [client.post(reverse("saml_acs", args=["ministry"])).status_code for _number in range(2)]

    assert statuses == [302, 429]


def test_address_is_only_posted_to(client: Client, ministry: SignInProvider) -> None:
    assert client.get(reverse("saml_acs", args=["ministry"])).status_code == 405


# In the CMS ----------------------------------------------------------------------------------------


@pytest.fixture
def cms(admin: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(admin)
    return client


def press_test(cms: Client, **fields: Any) -> str:
    provider = SignInProviderFactory(kind="saml", slug="saml-1", client_id="", issuer=ENTITY, **fields)
    return words(cms.post(reverse("sign_in_providers:test", args=[provider.pk]), follow=True)).replace("&#x27;", "'")


def test_connection_is_well(cms: Client, idp: SamlProvider) -> None:
    page = press_test(cms, sso_url=SSO, certificate=idp.certificate())

    assert "All is well with Ministry" in page
    assert "http://localhost/sign-in/saml-1/saml/http://localhost/sign-in/saml-1/saml/metadata/" in page


def test_certificate_may_come_without_the_lines_around_it(cms: Client, idp: SamlProvider) -> None:
    bare = "".join(idp.certificate().splitlines()[1:-1])

    assert "All is well" in press_test(cms, sso_url=SSO, certificate=bare)


@pytest.mark.parametrize(
    ("sso_url", "days", "sentence"),
    [
        (SSO, -1, "The certificate has expired."),
        (SSO, None, "The certificate can't be read."),
        ("http://idp.example", 30, "The sign-in address must start with https://."),
    ],
)
def test_connection_says_what_is_wrong(
    cms: Client, idp: SamlProvider, sso_url: str, days: int | None, sentence: str
) -> None:
    certificate = idp.certificate(days=days) if days else "nonsense"

    assert sentence in press_test(cms, sso_url=sso_url, certificate=certificate)
