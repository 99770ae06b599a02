"""Sign-in providers in the CMS: who may, what is refused, and that the secret never comes out again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import ModelLogEntry

from academy.people.domain.providers import IssuerIsInUse, amend_provider, open_secret
from academy.people.models import ProviderOrganisation, SignInProvider, User
from tests.factories.people import ProviderOrganisationFactory, SignInProviderFactory, StaffFactory, UserFactory
from tests.support.moment import AT
from tests.support.providers import CLIENT_ID, Forger, IdentityProvider, forger

pytestmark = pytest.mark.django_db

CANARY = "canary-of-a-client-secret"
INDEX, ADD = "/cms/sign-in-providers/", "/cms/sign-in-providers/new/"


@pytest.fixture
def cms(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "openid_connect",
        "name": "Ministry of Finance",
        "slug": "finance",
        "issuer": "https://login.finance.example/realm",
        "client_id": "academy",
        "secret": CANARY,
        "scopes": "openid profile email",
        "sso_url": "",
        "certificate": "",
        "organisation_claim": "department",
        "organisations": "MOF = ke-mof\r\n\r\n CN=Health,O=Gov = ke-moh \r\n",
        "is_enabled": "on",
        **changes,
    }


def edit(provider: SignInProvider) -> str:
    return reverse("sign_in_providers:edit", args=[provider.pk])


def words(response: Any) -> str:
    return " ".join(strip_tags(response.text).split())


def test_provider_is_added_with_its_secret_sealed_and_its_organisations(cms: Client, admin: User) -> None:
    response = cms.post(ADD, typed())

    assert response.status_code == 302
    provider = SignInProvider.objects.get()
    assert (provider.name, provider.slug, provider.is_enabled, provider.vouches_for_email, provider.created_by) == (
        "Ministry of Finance",
        "finance",
        True,
        False,
        admin,
    )
    assert CANARY not in provider.sealed_secret
    assert open_secret(provider.sealed_secret) == CANARY
    assert list(ProviderOrganisation.objects.values_list("claim_value", "organisation_code")) == [
        ("CN=Health,O=Gov", "ke-moh"),
        ("MOF", "ke-mof"),
    ]
    assert [entry.action for entry in ModelLogEntry.objects.for_instance(provider)] == ["wagtail.create"]


def test_secret_never_comes_out_again_and_stays_when_nothing_is_typed(cms: Client) -> None:
    cms.post(ADD, typed())
    provider = SignInProvider.objects.get()
    history = reverse("sign_in_providers:history", args=[provider.pk])

    pages = [cms.get(address).text for address in (INDEX, edit(provider), history)]
    refused = cms.post(edit(provider), typed(name="", secret="another"))
    cms.post(edit(provider), typed(name="Finance", secret=""))

    assert not any(CANARY in page or provider.sealed_secret in page for page in pages)
    assert "another" not in refused.text
    provider.refresh_from_db()
    assert provider.name == "Finance"
    assert open_secret(provider.sealed_secret) == CANARY
    assert CANARY not in str(list(ModelLogEntry.objects.values_list("data", flat=True)))
    cms.post(edit(provider), typed(secret="next"))
    provider.refresh_from_db()
    assert open_secret(provider.sealed_secret) == "next"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"issuer": "http://login.example"}, "The issuer must be an address that starts with https://"),
        ({"issuer": "login.example"}, "The issuer must be an address that starts with https://"),
        ({"issuer": "https://a@login.example"}, "The issuer must be an address that starts with https://"),
        ({"issuer": "https://login.example/?a=b"}, "The issuer must be an address that starts with https://"),
        ({"issuer": "https://[login"}, "The issuer must be an address that starts with https://"),
        ({"issuer": ""}, "This field is required."),
        ({"client_id": ""}, "This kind of provider needs it."),
        ({"name": "MINISTRY OF HEALTH"}, "There is a provider of this name already."),
        ({"slug": "health"}, "with this Short name already exists."),
        ({"slug": "saml"}, "this one is taken by the program itself."),
        ({"issuer": "https://login.health.example"}, "with this Issuer already exists."),
        ({"organisations": "MOF"}, "Line 1 is not like “MOF = ke-mof”."),
        ({"organisations": "a = b\nMOF ="}, "Line 2 is not like “MOF = ke-mof”."),
        ({"organisations": "a = b\n\na = c"}, "Line 3: “a” stands above already."),
        ({"organisations": f"{'v' * 201} = c"}, "Line 1 is not like “MOF = ke-mof”."),
        ({"kind": "telepathy"}, "Select a valid choice."),
    ],
)
@override_settings(SIGN_IN_HTTP_HOSTS=[])
def test_what_cannot_be_is_refused_in_words_and_nothing_is_lost(
    cms: Client, changes: dict[str, str], sentence: str
) -> None:
    SignInProviderFactory(name="Ministry of Health", slug="health", issuer="https://login.health.example")

    response = cms.post(ADD, typed(**changes))

    assert response.status_code == 200
    assert sentence in words(response)
    assert 'value="department"' in response.text
    assert SignInProvider.objects.count() == 1


def test_issuer_can_be_mended_until_somebody_has_signed_in_with_it(cms: Client) -> None:
    provider = SignInProviderFactory(issuer="https://login.finance.example")

    cms.post(edit(provider), typed(issuer="https://login.finance.example/realm"))
    provider.refresh_from_db()
    assert provider.issuer == "https://login.finance.example/realm"

    SocialAccount.objects.create(user=UserFactory(), provider=provider.issuer, uid="1")
    cms.post(edit(provider), typed(issuer="https://elsewhere.example", name="Treasury"))
    provider.refresh_from_db()
    assert (provider.issuer, provider.name) == ("https://login.finance.example/realm", "Treasury")


@pytest.mark.parametrize("changes", [{"issuer": "https://elsewhere.example"}, {"kind": "saml"}])
def test_domain_refuses_another_issuer_once_it_is_used(admin: User, changes: dict[str, str]) -> None:
    provider = SignInProviderFactory(sso_url="https://sso.example", certificate="x")
    SocialAccount.objects.create(user=UserFactory(), provider=provider.issuer, uid="1")
    for name, value in changes.items():
        setattr(provider, name, value)

    with pytest.raises(IssuerIsInUse, match="People have signed in with"):
        amend_provider(provider, secret="", organisations={}, by=admin, at=AT)


def test_form_shows_what_the_domain_refuses_when_somebody_signs_in_meanwhile(
    cms: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = SignInProviderFactory()
    SocialAccount.objects.create(user=UserFactory(), provider=provider.issuer, uid="1")
    # The form looked a moment before.
    monkeypatch.setattr("academy.people.forms.providers.is_in_use", lambda provider: False)

    response = cms.post(edit(provider), typed(issuer="https://elsewhere.example"))

    assert response.status_code == 200
    assert "Another issuer knows other people" in words(response)
    assert SignInProvider.objects.get().issuer == provider.issuer


def test_provider_is_never_deleted(cms: Client) -> None:
    provider = SignInProviderFactory()

    response = cms.post(reverse("sign_in_providers:delete", args=[provider.pk]))

    assert response.status_code == 404
    assert SignInProvider.objects.get() == provider
    assert "sign-in-providers/delete/" not in cms.get(edit(provider)).text


def test_staff_without_the_permission_see_nothing_of_providers(client: Client) -> None:
    provider = SignInProviderFactory(name="Ministry of Secrets")
    client.force_login(StaffFactory())

    for address in (INDEX, ADD, edit(provider)):
        response = client.get(address, follow=True)
        assert "Ministry of Secrets" not in response.text
    assert client.post(ADD, typed()).status_code == 302
    assert client.post(reverse("sign_in_providers:test", args=[provider.pk])).status_code == 404
    assert SignInProvider.objects.count() == 1


def test_permission_opens_what_it_names(client: Client) -> None:
    staff = StaffFactory()
    staff.user_permissions.set(Permission.objects.filter(codename="change_signinprovider"))
    provider = SignInProviderFactory()
    client.force_login(staff)

    assert client.get(edit(provider)).status_code == 200
    assert client.get(ADD).status_code == 302
    assert {permission.codename for permission in Permission.objects.filter(content_type__model="signinprovider")} == {
        "add_signinprovider",
        "change_signinprovider",
        "view_signinprovider",
    }


@pytest.mark.parametrize("count", [1, 3])
def test_list_has_a_fixed_number_of_queries(cms: Client, django_assert_num_queries: Any, count: int) -> None:
    for _number in range(count):
        SignInProviderFactory()
    cms.get(INDEX)

    with django_assert_num_queries(9):
        response = cms.get(INDEX)

    assert words(response).count("Switched on") == 1
    assert response.text.count("ministry.example") == count


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"slug": ""}, {"issuer": ""}, {"client_id": ""}, {"kind": "saml"}, {"kind": "x"}]
)
def test_database_refuses_half_a_provider(fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInProviderFactory(**fields)


@pytest.mark.parametrize("fields", [{"claim_value": ""}, {"organisation_code": ""}])
def test_database_refuses_half_an_organisation(fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProviderOrganisationFactory(**fields)


# Testing the connection ----------------------------------------------------------------------------


@pytest.fixture
def front(idp: IdentityProvider) -> Iterator[Forger]:
    with forger(idp.address) as running:
        yield running


def press_test(cms: Client, **fields: Any) -> str:
    provider = SignInProviderFactory(client_id=CLIENT_ID, name="Finance", **fields)
    return words(cms.post(reverse("sign_in_providers:test", args=[provider.pk]), follow=True))


def test_connection_to_a_real_provider_is_well(cms: Client, idp: IdentityProvider) -> None:
    page = press_test(cms, issuer=idp.address, slug="finance")

    assert "All is well with Finance. Now sign in with it once yourself." in page
    assert "http://testserver/sign-in/finance/callback/" in page


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (
            {"issuer": "https://elsewhere.example"},
            "It calls itself “https://elsewhere.example”, here stands “http://127.0.0.1:",
        ),
        ({"token_endpoint": None}, "Its discovery document does not name its “token_endpoint”."),
        (
            {"jwks_uri": "http://elsewhere.example/keys"},
            "Its “jwks_uri” is “http://elsewhere.example/keys”: it must be",
        ),
        ({"userinfo_endpoint": "ftp://x"}, "Its “userinfo_endpoint” is “ftp://x”: it must be"),
        ({"response_types_supported": ["token"]}, "It does not offer the authorization code flow"),
        ({"code_challenge_methods_supported": ["plain"]}, "It does not know the proof S256 (PKCE)"),
        ({"id_token_signing_alg_values_supported": ["HS256"]}, "It signs with HS256: nothing that we accept."),
        (
            {"token_endpoint_auth_methods_supported": ["private_key_jwt"]},
            "It takes no client secret, but only private_key_jwt",
        ),
        ({"jwks_uri": "https://127.0.0.1:9/keys"}, "https://127.0.0.1:9/keys can't be read"),
    ],
)
def test_connection_says_in_words_what_is_wrong(
    cms: Client, front: Forger, document: dict[str, Any], sentence: str
) -> None:
    front.document = document

    page = press_test(cms, issuer=front.address)

    assert sentence in page.replace("&#x27;", "'")
    assert "All is well" not in page


def test_connection_says_all_that_is_wrong_at_once(cms: Client, front: Forger) -> None:
    front.document = {"issuer": "x", "token_endpoint": "", "response_types_supported": []}

    page = press_test(cms, issuer=front.address)

    assert "It calls itself “x”" in page
    assert "“token_endpoint”" in page
    assert "authorization code flow" in page


def test_connection_without_usable_keys_is_not_well(
    cms: Client, front: Forger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "keys", lambda: {"keys": [{"kty": "oct", "k": "c2VjcmV0"}, "nonsense"]}, raising=False)

    assert "There is no key at" in press_test(cms, issuer=front.address)


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9", "https://127.0.0.1:9"])
def test_connection_to_nobody_says_so(cms: Client, issuer: str) -> None:
    page = press_test(cms, issuer=issuer).replace("&#x27;", "'")

    assert f"{issuer}/.well-known/openid-configuration can't be read" in page


@override_settings(SIGN_IN_HTTP_HOSTS=[])
def test_connection_without_tls_is_not_even_tried(cms: Client, idp: IdentityProvider) -> None:
    assert "The issuer must be an address that starts with https://." in press_test(cms, issuer=idp.address)


def test_connection_is_tested_by_a_press_alone(cms: Client) -> None:
    assert cms.get(reverse("sign_in_providers:test", args=[SignInProviderFactory().pk])).status_code == 405


@override_settings(SAML_ENABLED=False)
def test_form_offers_only_what_is_installed(cms: Client) -> None:
    refused = cms.post(ADD, typed(kind="saml", sso_url="http://sso.example", certificate="x"))

    assert "Select a valid choice. saml is not one of the available choices." in words(refused)
    assert "The sign-in address must start with https://." in words(refused)
    saml = SignInProviderFactory(kind="saml", client_id="", sso_url="https://sso.example", certificate="x")
    page = words(cms.post(reverse("sign_in_providers:test", args=[saml.pk]), follow=True))
    assert "SAML is not installed or not switched on here" in page
    assert "The provider must know this of us" not in page
