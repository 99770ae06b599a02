"""Signing in with a provider, against a real one in a process of its own, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.html import strip_tags

from academy.people.domain import providers
from academy.people.domain.providers import Claims, note_sign_in, on_signed_in, organisation_codes
from academy.people.models import Membership, SignInProvider, User
from academy.people.social.adapter import SocialAccountAdapter
from tests.factories.people import (
    PASSWORD,
    MembershipFactory,
    OrganisationFactory,
    ProviderOrganisationFactory,
    SignInProviderFactory,
    UserFactory,
)
from tests.support.providers import CLIENT_ID, CLIENT_SECRET, IdentityProvider, ask, come_back, said
from tests.support.readonly import read_only

pytestmark = pytest.mark.django_db

STARTED_ELSEWHERE = "This sign-in was not started in this browser, it was used already"


@pytest.fixture
def ministry(idp: IdentityProvider) -> SignInProvider:
    """The provider as an administrator configured it."""
    return SignInProviderFactory(
        name="Ministry of Finance",
        slug="ministry",
        issuer=idp.address,
        client_id=CLIENT_ID,
        secret=CLIENT_SECRET,
        vouches_for_email=True,
    )


@pytest.fixture
def heard() -> Iterator[list[tuple[User, SignInProvider, Claims]]]:
    """What a listener was told."""
    told: list[tuple[User, SignInProvider, Claims]] = []

    @on_signed_in
    def listen(user: User, provider: SignInProvider, claims: Claims, at: datetime) -> None:
        told.append((user, provider, claims))

    yield told
    providers._listeners.remove(listen)


def sign_in(client: Client, idp: IdentityProvider, username: str = "ann", **sent: str) -> Any:
    """Go to the provider and back, as a browser does."""
    return come_back(client, idp.answer(ask(client, **sent), username=username))


def signed_in(client: Client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def words(response: Any) -> str:
    return " ".join(strip_tags(response.text).split())


# The first time, and again -------------------------------------------------------------------------


def test_first_sign_in_opens_an_account(client: Client, idp: IdentityProvider, ministry: SignInProvider) -> None:
    subject = idp.person("ann", name="Ann  Atwater", email="Ann@Ministry.Example")

    response = sign_in(client, idp, next="/en/help/")

    assert response["Location"] == "/en/help/"
    user = User.objects.exclude(pk=ministry.created_by_id).get()
    assert signed_in(client) == user
    assert (user.display_name, user.email, user.language) == ("Ann Atwater", "ann@ministry.example", "en")
    assert not user.has_usable_password()
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")) == [
        ("ann@ministry.example", True, True)
    ]
    account = SocialAccount.objects.get()
    assert (account.user, account.provider, account.uid) == (user, idp.address, subject)
    assert account.extra_data == {"name": "Ann  Atwater", "email": "Ann@Ministry.Example"}
    assert not SocialToken.objects.exists()
    # Nobody said that the device is theirs alone.
    assert client.session.get_expire_at_browser_close()


def test_first_sign_in_is_in_the_language_of_the_page(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    response = client.post("/es/account/with/ministry/")
    back = idp.answer(response["Refresh"].removeprefix("0; url="))

    assert come_back(client, back)["Location"] == "/es/my/"
    assert signed_in(client).language == "es"


def test_return_is_to_the_same_account_whatever_the_provider_says_now(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    sign_in(client, idp)
    user = signed_in(client)
    client.logout()
    idp.person("ann", email="moved@ministry.example", name="Ann Married")

    sign_in(client, idp)

    assert signed_in(client) == user
    user.refresh_from_db()
    assert (user.display_name, user.email) == ("Ann Atwater", "ann@ministry.example")
    assert [address.email for address in EmailAddress.objects.filter(user=user)] == ["ann@ministry.example"]
    assert SocialAccount.objects.count() == 1


def test_question_carries_state_nonce_and_proof(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    first, second = said(ask(client)), said(ask(client))

    assert {**first, "state": "", "nonce": "", "code_challenge": ""} == {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": "http://testserver/sign-in/ministry/callback/",
        "scope": "openid profile email",
        "code_challenge_method": "S256",
        "state": "",
        "nonce": "",
        "code_challenge": "",
    }
    assert all(len(first[name]) >= 16 and first[name] != second[name] for name in ("state", "nonce", "code_challenge"))


def test_looking_does_not_sign_in(client: Client, ministry: SignInProvider) -> None:
    response = client.get(reverse("sign_in_with", args=["ministry"]))

    assert response["Location"] == reverse("account_login")
    assert "socialaccount_states" not in client.session


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_sign_in_leads_nowhere_else(
    client: Client, idp: IdentityProvider, ministry: SignInProvider, target: str
) -> None:
    assert sign_in(client, idp, next=target)["Location"] == reverse("my")


# E-mail addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("vouches", "verified"), [(True, False), (False, True)])
def test_address_is_confirmed_by_a_link_unless_provider_and_administrator_both_say_so(
    client: Client, idp: IdentityProvider, ministry: SignInProvider, *, vouches: bool, verified: bool
) -> None:
    SignInProvider.objects.update(vouches_for_email=vouches)
    idp.person("ann", verified=verified)

    response = sign_in(client, idp)

    assert response["Location"] == reverse("account_email_verification_sent")
    assert signed_in(client) is None
    assert EmailAddress.objects.filter(email="ann@ministry.example").values_list("verified", flat=True).get() is False
    assert [message.to for message in mail.outbox] == [["ann@ministry.example"]]


@pytest.mark.parametrize("word", ["false", "yes", 1, None])
def test_only_true_confirms_an_address(
    client: Client, idp: IdentityProvider, ministry: SignInProvider, word: object
) -> None:
    idp.person("ann", claims={"email_verified": word})

    assert sign_in(client, idp)["Location"] == reverse("account_email_verification_sent")


def test_address_that_has_an_account_connects_nothing_and_says_what_to_do(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    UserFactory(email="ann@ministry.example")

    response = sign_in(client, idp)

    assert response.status_code == 403
    assert "There is an account with your e-mail address already. Sign in as you did before" in words(response)
    assert signed_in(client) is None
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("there_is_an_account", [True, False])
def test_address_that_nobody_vouches_for_tells_nobody_who_has_an_account(
    client: Client, idp: IdentityProvider, ministry: SignInProvider, *, there_is_an_account: bool
) -> None:
    if there_is_an_account:
        UserFactory(email="ann@ministry.example")
    idp.person("ann", verified=False)

    response = sign_in(client, idp)

    assert response.status_code == 302
    assert response["Location"] == reverse("account_email_verification_sent")
    assert signed_in(client) is None
    assert SocialAccount.objects.exists() is not there_is_an_account
    subjects = [message.subject for message in mail.outbox]
    assert len(subjects) == 1
    assert ("already" in subjects[0]) is there_is_an_account


def test_address_of_another_person_is_taken_whatever_its_case(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    UserFactory(email="ann@ministry.example")
    idp.person("ann", email="ANN@ministry.example")

    assert sign_in(client, idp).status_code == 403


def test_same_subject_at_another_issuer_is_another_person(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    other = UserFactory()
    subject = idp.person("ann")
    SocialAccount.objects.create(user=other, provider="https://elsewhere.example", uid=subject)

    sign_in(client, idp)

    assert signed_in(client) != other


def test_provider_that_tells_no_name_or_address_is_asked_for_by_a_form(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    idp.person("ann", claims={"name": "", "given_name": "", "family_name": "", "email": ""})

    response = sign_in(client, idp)
    page = client.get(response["Location"])
    empty = client.post(response["Location"], {"display_name": "", "email": ""})
    done = client.post(response["Location"], {"display_name": "Ann Atwater", "email": "Ann@Example.org"})

    assert response["Location"] == reverse("socialaccount_signup")
    assert "One thing is missing" in words(page)
    assert "Enter your name." in words(empty)
    assert "Enter your e-mail address." in words(empty)
    assert done["Location"] == reverse("account_email_verification_sent")
    user = SocialAccount.objects.get().user
    assert (user.display_name, user.email) == ("Ann Atwater", "ann@example.org")
    assert EmailAddress.objects.filter(user=user).values_list("email", "verified").get() == ("ann@example.org", False)


def test_form_for_the_name_takes_no_other_address_than_the_provider_told(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    idp.person("ann", claims={"name": "", "given_name": "", "family_name": ""})

    form = sign_in(client, idp)["Location"]
    client.post(form, {"display_name": "Ann Atwater", "email": "boss@ministry.example"})

    user = signed_in(client)
    assert (user.display_name, user.email) == ("Ann Atwater", "ann@ministry.example")
    assert EmailAddress.objects.filter(user=user).values_list("email", "verified").get() == (
        "ann@ministry.example",
        True,
    )


# Replays and forgeries of the way ------------------------------------------------------------------


def test_callback_works_once(client: Client, idp: IdentityProvider, ministry: SignInProvider) -> None:
    back = idp.answer(ask(client))
    come_back(client, back)
    client.post(reverse("account_logout"))

    response = come_back(client, back)

    assert response.status_code == 403
    assert STARTED_ELSEWHERE in words(response)
    assert signed_in(client) is None


def test_code_works_once_even_with_a_new_state(client: Client, idp: IdentityProvider, ministry: SignInProvider) -> None:
    used = said(idp.answer(ask(client)))
    assert client.get(reverse("sign_in_callback", args=["ministry"]), used).status_code == 302
    client.post(reverse("account_logout"))
    fresh = said(ask(client))["state"]

    response = client.get(reverse("sign_in_callback", args=["ministry"]), {"code": used["code"], "state": fresh})

    assert response.status_code == 403
    assert "It did not confirm who you are." in words(response)
    assert signed_in(client) is None


def test_code_of_another_browser_is_of_no_use(client: Client, idp: IdentityProvider, ministry: SignInProvider) -> None:
    """Somebody sends their own code to a victim, whose browser has a question of its own open."""
    stolen = said(idp.answer(ask(Client())))["code"]
    state = said(ask(client))["state"]

    response = client.get(reverse("sign_in_callback", args=["ministry"]), {"code": stolen, "state": state})

    assert response.status_code == 403
    assert signed_in(client) is None


@pytest.mark.parametrize("state", ["", "forged", "x" * 5000])
def test_forged_state_signs_nobody_in(
    client: Client, idp: IdentityProvider, ministry: SignInProvider, state: str
) -> None:
    code = said(idp.answer(ask(client)))["code"]

    response = client.get(reverse("sign_in_callback", args=["ministry"]), {"code": code, "state": state})

    assert response.status_code == 403
    assert STARTED_ELSEWHERE in words(response)
    assert signed_in(client) is None


def test_state_of_one_provider_is_of_no_use_at_another(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    SignInProviderFactory(slug="other")
    back = said(idp.answer(ask(client)))

    response = client.get(reverse("sign_in_callback", args=["other"]), back)

    assert response.status_code == 403
    assert signed_in(client) is None


def test_to_turn_back_is_no_error(client: Client, ministry: SignInProvider) -> None:
    state = said(ask(client))["state"]

    response = client.get(reverse("sign_in_callback", args=["ministry"]), {"error": "access_denied", "state": state})

    assert response["Location"] == reverse("socialaccount_login_cancelled")
    assert "nothing was changed" in words(client.get(response["Location"]))


def test_error_of_the_provider_is_told_in_our_words(client: Client, ministry: SignInProvider) -> None:
    state = said(ask(client))["state"]
    sent = {"error": "server_error", "error_description": "<b>call 555</b>", "state": state, "code": "x"}

    response = client.get(reverse("sign_in_callback", args=["ministry"]), sent)

    assert response.status_code == 403
    assert "555" not in response.text


@pytest.mark.parametrize("rival", ["subject", "address"])
def test_second_of_two_first_sign_ins_at_once_is_told_so(
    client: Client, idp: IdentityProvider, ministry: SignInProvider, monkeypatch: pytest.MonkeyPatch, rival: str
) -> None:
    """The other one is stored after this one looked, and before it stores."""
    subject = idp.person("ann")

    def meanwhile(adapter: SocialAccountAdapter, request: object, login: object) -> bool:
        if rival == "subject":
            SocialAccount.objects.create(user=UserFactory(), provider=idp.address, uid=subject)
        return True

    def unseen(email: str, **more: Any) -> list[User]:
        return []

    monkeypatch.setattr(SocialAccountAdapter, "is_auto_signup_allowed", meanwhile)
    if rival == "address":
        UserFactory(email="ann@ministry.example")
        monkeypatch.setattr("academy.people.social.adapter.filter_users_by_email", unseen)
        monkeypatch.setattr("allauth.account.internal.userkit.filter_users_by_email", unseen)
    people = User.objects.count()

    response = sign_in(client, idp)

    assert response.status_code == 403
    assert "You signed in twice at the same moment. Nothing is lost: start again." in words(response)
    assert signed_in(client) is None
    assert User.objects.count() == people + (rival == "subject")


def test_callback_without_a_state_writes_nothing(client: Client, ministry: SignInProvider) -> None:
    with read_only():
        response = client.get(reverse("sign_in_callback", args=["ministry"]), {"state": "x", "code": "x"})

    assert response.status_code == 403


# Closed --------------------------------------------------------------------------------------------


def test_disabled_person_is_refused(client: Client, idp: IdentityProvider, ministry: SignInProvider) -> None:
    sign_in(client, idp)
    user = signed_in(client)
    client.post(reverse("account_logout"))
    User.objects.filter(pk=user.pk).update(is_active=False)

    response = sign_in(client, idp)

    assert "This account is closed" in words(client.get(response["Location"]))
    assert signed_in(client) is None


def test_provider_that_is_switched_off_signs_nobody_in(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    back = idp.answer(ask(client))
    SignInProvider.objects.update(is_enabled=False)

    on_the_way = come_back(client, back)
    at_the_start = client.post(reverse("sign_in_with", args=["ministry"]))

    for response in (on_the_way, at_the_start):
        assert response.status_code == 403
        assert "This way of signing in is switched off." in words(response)
    assert signed_in(client) is None
    assert "Ministry of Finance" not in client.get(reverse("account_login")).text


def test_provider_that_does_not_answer_is_told_in_words(client: Client) -> None:
    SignInProviderFactory(slug="ministry", issuer="http://127.0.0.1:9")

    response = client.post(reverse("sign_in_with", args=["ministry"]))

    assert response.status_code == 502
    assert "Its server does not answer as it should." in words(response)


@override_settings(SIGN_IN_HTTP_HOSTS=[])
def test_issuer_without_tls_is_never_asked(client: Client, ministry: SignInProvider) -> None:
    assert client.post(reverse("sign_in_with", args=["ministry"])).status_code == 502


@override_settings(SECRET_KEY="another key of the same length " + "y" * 30)
def test_secret_that_cannot_be_read_any_more_is_told_in_words(
    client: Client, idp: IdentityProvider, ministry: SignInProvider
) -> None:
    assert sign_in(client, idp).status_code == 502


def test_wrong_secret_signs_nobody_in(client: Client, idp: IdentityProvider) -> None:
    SignInProviderFactory(slug="ministry", issuer=idp.address, client_id=CLIENT_ID, secret="not this one")

    assert sign_in(client, idp).status_code == 403
    assert signed_in(client) is None


@pytest.mark.parametrize("slug", ["nobody", "openid_connect"])
def test_unknown_provider_is_not_found(client: Client, slug: str) -> None:
    assert client.post(reverse("sign_in_with", args=[slug])).status_code == 404
    assert client.get(reverse("sign_in_callback", args=[slug]), follow=True).status_code == 404


@override_settings(ACCOUNT_RATE_LIMITS={"sign_in_with": "1/m/ip"})
def test_leaving_for_a_provider_has_a_limit(client: Client, ministry: SignInProvider) -> None:
    assert client.post(reverse("sign_in_with", args=["ministry"])).status_code == 200
    assert client.post(reverse("sign_in_with", args=["ministry"])).status_code == 429


# Claims and organisations --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "codes"),
    [
        ("MOF", ["ke-mof"]),
        (["MOH", "nothing", "MOF", "MOH"], ["ke-moh", "ke-mof"]),
        ("mof", []),
        (None, []),
        ({"MOF": 1}, []),
    ],
)
def test_listeners_hear_who_signed_in_and_what_the_claims_mean(
    client: Client,
    idp: IdentityProvider,
    ministry: SignInProvider,
    heard: list[tuple[User, SignInProvider, Claims]],
    claim: object,
    codes: list[str],
) -> None:
    ProviderOrganisationFactory(provider=ministry)
    ProviderOrganisationFactory(provider=ministry, claim_value="MOH", organisation_code="ke-moh")
    SignInProvider.objects.update(organisation_claim="department")
    idp.person("ann", claims={"department": claim, "salary": 12})

    sign_in(client, idp)
    sign_in(client, idp)

    user = signed_in(client)
    assert [(who, provider) for who, provider, _claims in heard] == [(user, ministry)] * 2
    assert heard[0][2] == {"name": "Ann Atwater", "email": "ann@ministry.example", "department": claim}
    assert organisation_codes(provider=heard[0][1], claims=heard[0][2]) == codes


def test_listeners_hear_of_nobody_who_signs_in_with_a_password(
    client: Client, heard: list[tuple[User, SignInProvider, Claims]]
) -> None:
    user = UserFactory()

    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    assert signed_in(client) == user
    assert heard == []


def test_listeners_hear_once_the_address_is_confirmed(
    client: Client,
    idp: IdentityProvider,
    ministry: SignInProvider,
    heard: list[tuple[User, SignInProvider, Claims]],
) -> None:
    SignInProvider.objects.update(vouches_for_email=False)
    sign_in(client, idp)
    assert heard == []

    link = next(word for word in mail.outbox[0].body.split() if "/confirm-email/" in word)
    client.post(link)

    assert signed_in(client).email == "ann@ministry.example"
    assert [who.email for who, _provider, _claims in heard] == ["ann@ministry.example"]


# Buttons -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
@pytest.mark.parametrize("count", [1, 3])
def test_buttons_are_forms_by_name_and_cost_the_same_for_one_and_three(
    client: Client, django_assert_num_queries: Any, name: str, count: int
) -> None:
    address = reverse(name)
    client.get(address)
    for number in range(count):
        SignInProviderFactory(name=f"Ministry {3 - number}", slug=f"m{3 - number}")
    SignInProviderFactory(name="Ministry of Nothing", is_enabled=False)

    with django_assert_num_queries(3):  # the site, its root page, the providers
        response = client.get(address, {"next": "/en/help/"})

    shown = [line.strip() for line in strip_tags(response.text).splitlines() if "Sign in with M" in line]
    assert shown == [f"Sign in with Ministry {number}" for number in range(4 - count, 4)]
    assert response.text.count('<form method="post" action="/en/account/with/') == count
    # With each of them, with the password, and on the sign-in page with a passkey.
    assert response.text.count('name="next" value="/en/help/"') == count + (2 if name == "account_login" else 1)


def test_sign_in_page_without_providers_says_nothing_of_them(client: Client) -> None:
    assert "elsewhere" not in client.get(reverse("account_login")).text


def test_claims_let_somebody_into_their_organisation_once_and_not_back_where_they_left(at: datetime) -> None:
    person = UserFactory()
    here, left = OrganisationFactory(code="mof"), OrganisationFactory(code="moh")
    MembershipFactory(person=person, organisation=left, left_at=at, left_by=person)
    provider = SignInProviderFactory(organisation_claim="org")
    for value, code in (("F", "mof"), ("H", "moh"), ("X", "gone")):
        ProviderOrganisationFactory(provider=provider, claim_value=value, organisation_code=code)

    for _twice in range(2):
        note_sign_in(user=person, issuer=provider.issuer, claims={"org": ["F", "H", "X", "unknown"]}, at=at)

    current = Membership.objects.current().of(person)
    assert [(one.organisation, one.joined_through) for one in current] == [(here, "sign_in")]
