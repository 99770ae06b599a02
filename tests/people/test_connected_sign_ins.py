"""Sign-ins from elsewhere in one's own settings: connected on purpose, and never the last way in taken away."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.html import strip_tags

from academy.people.enums import ActKind
from academy.people.models import AuditEvent, SignInProvider, User
from tests.factories.people import PASSWORD, SignInProviderFactory, UserFactory
from tests.support.providers import CLIENT_ID, CLIENT_SECRET, IdentityProvider, ask, come_back

pytestmark = pytest.mark.django_db

CONNECTIONS = "/en/account/connected/"


@pytest.fixture
def ministry(idp: IdentityProvider) -> SignInProvider:
    return SignInProviderFactory(
        name="Ministry of Finance",
        slug="ministry",
        issuer=idp.address,
        client_id=CLIENT_ID,
        secret=CLIENT_SECRET,
        vouches_for_email=True,
    )


@pytest.fixture
def ann() -> User:
    return UserFactory(email="ann@ministry.example", display_name="Ann")


@pytest.fixture
def at_home(client: Client, ann: User) -> Client:
    """Ann's browser, signed in just now by her password."""
    client.post(reverse("account_login"), {"login": ann.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def words(response: Any) -> str:
    return " ".join(strip_tags(response.text).split())


def connect(client: Client, idp: IdentityProvider) -> Any:
    return come_back(client, idp.answer(ask(client, process="connect")))


def stored(user: User, issuer: str, **more: Any) -> SocialAccount:
    return SocialAccount.objects.create(user=user, provider=issuer, uid="1", **more)


# Connecting ----------------------------------------------------------------------------------------


def test_account_with_the_same_address_is_connected_from_its_settings(
    at_home: Client, ann: User, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    response = connect(at_home, idp)

    assert response["Location"] == CONNECTIONS
    assert SocialAccount.objects.get().user == ann
    page = words(at_home.get(CONNECTIONS))
    assert "Connected. You can sign in with it from now on." in page
    assert "Ministry of Finance ann@ministry.example Disconnect Ministry of Finance" in page
    assert mail.outbox[-1].subject == "Procurement Academy: Ministry of Finance was connected to your account"
    entry = AuditEvent.objects.get(kind=ActKind.PROVIDER_LINKED)
    assert (entry.actor_id, entry.object_id, entry.after) == (ann.pk, str(ann.pk), {"provider": idp.address})
    at_home.post(reverse("account_logout"))
    assert come_back(at_home, idp.answer(ask(at_home)))["Location"] == reverse("my")
    assert at_home.session["_auth_user_id"] == str(ann.pk)


def test_connecting_brings_no_other_address(
    at_home: Client, ann: User, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    idp.person("ann", email="other@ministry.example")

    connect(at_home, idp)

    assert [address.email for address in EmailAddress.objects.filter(user=ann)] == ["ann@ministry.example"]


def test_connecting_asks_for_the_password_first(
    client: Client, ann: User, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    client.force_login(ann)

    response = client.post(reverse("sign_in_with", args=["ministry"]), {"process": "connect"})
    onward = client.post(response["Location"], {"password": PASSWORD})

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert onward.status_code == 200
    come_back(client, idp.answer(onward["Refresh"].removeprefix("0; url=")))
    assert SocialAccount.objects.get().user == ann


def test_connecting_that_took_too_long_asks_again_and_then_connects(
    at_home: Client, ann: User, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    question = ask(at_home, process="connect")
    session = at_home.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()

    response = come_back(at_home, idp.answer(question))
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not SocialAccount.objects.exists()
    at_home.post(response["Location"], {"password": PASSWORD})

    assert SocialAccount.objects.get().user == ann


def test_nobody_connects_without_an_account(client: Client, ministry: SignInProvider) -> None:
    response = client.post(reverse("sign_in_with", args=["ministry"]), {"process": "connect"})

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_sign_in_of_another_account_is_not_taken_from_it(
    at_home: Client, ann: User, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    owner = UserFactory()
    SocialAccount.objects.create(user=owner, provider=idp.address, uid=idp.person("ann"))

    connect(at_home, idp)

    assert SocialAccount.objects.get().user == owner
    assert "This sign-in belongs to another account here" in words(at_home.get(CONNECTIONS))


def test_connecting_twice_changes_nothing(
    at_home: Client, ann: User, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    connect(at_home, idp)
    connect(at_home, idp)

    assert SocialAccount.objects.get().user == ann
    assert "It was connected already." in words(at_home.get(CONNECTIONS))


def test_other_processes_than_the_two_sign_in(client: Client, idp: IdentityProvider, ministry: SignInProvider) -> None:
    assert come_back(client, idp.answer(ask(client, process="redirect")))["Location"] == reverse("my")
    assert "_auth_user_id" in client.session


# Disconnecting -------------------------------------------------------------------------------------


def test_disconnecting_leaves_the_password(at_home: Client, ann: User) -> None:
    account = stored(ann, SignInProviderFactory(name="Ministry of Health").issuer)

    response = at_home.post(CONNECTIONS, {"account": account.pk})

    assert response["Location"] == CONNECTIONS
    assert not SocialAccount.objects.exists()
    assert "Disconnected. It signs nobody in to this account any more." in words(at_home.get(CONNECTIONS))
    assert mail.outbox[-1].subject == "Procurement Academy: Ministry of Health was disconnected from your account"
    assert AuditEvent.objects.filter(kind=ActKind.PROVIDER_UNLINKED, object_id=str(ann.pk)).count() == 1


def test_last_way_in_stays(client: Client, ann: User) -> None:
    ann.set_unusable_password()
    ann.save()
    account = stored(ann, SignInProviderFactory().issuer)
    client.force_login(ann)

    response = client.post(CONNECTIONS, {"account": account.pk})

    assert "This is your only way to sign in. Set a password first, then disconnect it." in words(response)
    assert SocialAccount.objects.get() == account


def test_one_of_two_may_go(client: Client, ann: User) -> None:
    ann.set_unusable_password()
    ann.save()
    first, second = stored(ann, SignInProviderFactory().issuer), stored(ann, SignInProviderFactory().issuer)
    client.force_login(ann)

    client.post(CONNECTIONS, {"account": first.pk})

    assert SocialAccount.objects.get() == second


def test_provider_that_is_switched_off_can_be_disconnected_and_is_no_way_in(client: Client, ann: User) -> None:
    """Nobody can sign in by it: it must not count as the way in that is left."""
    ann.set_unusable_password()
    ann.save()
    account = stored(ann, SignInProviderFactory().issuer)
    stored(ann, SignInProviderFactory(name="Old", is_enabled=False).issuer)
    client.force_login(ann)

    response = client.post(CONNECTIONS, {"account": account.pk})

    assert "This is your only way to sign in." in words(response)
    assert "Switched off" in words(response)
    assert SocialAccount.objects.count() == 2


def test_sign_in_by_what_is_not_installed_any_more_is_no_way_in_and_can_be_disconnected(
    at_home: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    saml = SignInProviderFactory(
        name="Old Ministry", kind="saml", client_id="", sso_url="https://sso.example", certificate="x"
    )
    account = stored(ann, saml.issuer)
    monkeypatch.delitem(registry.provider_map, "saml", raising=False)

    with override_settings(SAML_ENABLED=False):
        at_home.post(CONNECTIONS, {"account": account.pk})
        pressed = at_home.post(reverse("sign_in_with", args=[saml.slug]))
        page = words(at_home.get(reverse("account_login"), follow=True)) + words(at_home.get(CONNECTIONS))

    assert not SocialAccount.objects.exists()
    assert pressed.status_code == 404
    assert "Old Ministry" not in page


def test_sign_in_of_somebody_else_cannot_be_disconnected(at_home: Client) -> None:
    account = stored(UserFactory(), SignInProviderFactory().issuer)

    response = at_home.post(CONNECTIONS, {"account": account.pk})

    assert response.status_code == 200
    assert SocialAccount.objects.get() == account


# The pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_page_has_a_fixed_number_of_queries(
    client: Client, ann: User, django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        stored(ann, SignInProviderFactory().issuer)
        SignInProviderFactory()
    client.force_login(ann)
    client.get(CONNECTIONS)

    # The session, the person and two of permissions; the site and its root; providers and accounts.
    with django_assert_num_queries(8):
        response = client.get(CONNECTIONS)

    assert response.text.count("Disconnect<span") == count
    assert response.text.count("Connect Ministry") == count


def test_settings_name_what_is_connected(client: Client, ann: User) -> None:
    client.force_login(ann)
    assert "elsewhere" not in words(client.get(reverse("my_settings")))

    provider = SignInProviderFactory(name="Ministry of Health")
    assert "Sign-ins from elsewhere None Change your sign-ins from elsewhere" in words(
        client.get(reverse("my_settings"))
    )

    stored(ann, provider.issuer)
    assert "Sign-ins from elsewhere Ministry of Health Change" in words(client.get(reverse("my_settings")))


def test_settings_offer_a_password_to_whom_has_none(client: Client, ann: User) -> None:
    ann.set_unusable_password()
    ann.save()
    stored(ann, SignInProviderFactory().issuer)
    client.force_login(ann)

    page = client.get(reverse("my_settings"))
    client.post(reverse("account_set_password"), {"password1": "three words to remember"})

    assert "Password None: you sign in from elsewhere Set a password" in words(page)
    ann.refresh_from_db()
    assert ann.check_password("three words to remember")
