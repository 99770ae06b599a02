"""Each act with an account is told once, with what was before and after, and never with a secret."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import ModelLogEntry

from academy.people.api import ActKind, GrantKind, GrantScope, give_grant, open_account, withdraw_grant
from academy.people.domain.accounts import amend_account
from academy.people.listeners.audit import told_of_a
from academy.people.models import AuditEvent, User
from tests.factories.people import PASSWORD, OrganisationFactory, UserFactory
from tests.support.readonly import cookie_sessions, read_only

pytestmark = pytest.mark.django_db

NEW = "five loud herons flying"
CANARY = "canary-of-a-secret-7f3a"
Told = tuple[str, int | None, str, dict[str, Any], dict[str, Any]]


@pytest.fixture
def ana() -> User:
    user: User = UserFactory(email="ana@example.org", display_name="Ana")
    return user


def told(*, after: int = 0) -> list[Told]:
    """Return what the audit tells, oldest first, without the first ``after`` entries."""
    events = AuditEvent.objects.order_by("pk")[after:]
    return [(event.kind, event.actor_id, event.object_id, event.before, event.after) for event in events]


def sign_in(client: Client, login: str = "ana@example.org", password: str = PASSWORD) -> None:
    client.post(reverse("account_login"), {"login": login, "password": password})


def link() -> str:
    found = re.search(r"https?://testserver(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


# The person -------------------------------------------------------------------------------------


def test_sign_in_and_sign_out_are_told(client: Client, ana: User) -> None:
    sign_in(client)
    client.post(reverse("account_logout"))

    key = str(ana.pk)
    assert told() == [
        ("signed_in", ana.pk, key, {}, {"methods": ["password"]}),
        ("signed_out", ana.pk, key, {}, {}),
    ]
    assert set(AuditEvent.objects.values_list("origin", flat=True)) == {"127.0.0.0/24"}


def test_failed_sign_in_tells_the_account_but_not_what_was_typed(client: Client, ana: User) -> None:
    sign_in(client, password=CANARY)

    assert told() == [("sign_in_failed", None, str(ana.pk), {}, {})]


def test_failed_sign_in_to_an_unknown_address_keeps_no_address(client: Client) -> None:
    sign_in(client, login=f"{CANARY}@example.org")

    assert told() == [("sign_in_failed", None, "", {}, {})]
    assert CANARY not in everything()


def test_failed_sign_in_to_a_closed_account_is_told(client: Client, ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(is_active=False)

    sign_in(client)

    assert told() == [("sign_in_failed", None, str(ana.pk), {}, {})]


def test_sign_up_and_confirmation_are_told(client: Client) -> None:
    client.post(
        reverse("account_signup"), {"display_name": "Bea", "email": "bea@example.org", "password1": CANARY + " herons"}
    )
    client.post(link())

    bea = User.objects.get()
    assert told() == [
        ("signed_up", None, str(bea.pk), {}, {}),
        ("email_confirmed", None, str(bea.pk), {}, {"email": "bea@example.org"}),
        ("signed_in", bea.pk, str(bea.pk), {}, {"methods": []}),
    ]
    assert CANARY not in everything()


def test_change_of_the_password_is_told_without_it(client: Client, ana: User) -> None:
    sign_in(client)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": f"{CANARY} flying"})

    assert told(after=1) == [("password_changed", ana.pk, str(ana.pk), {}, {})]
    assert CANARY not in everything()


def test_new_password_by_the_link_is_told(client: Client, ana: User) -> None:
    client.post(reverse("account_reset_password"), {"email": ana.email})
    token = link()
    client.post(client.get(token)["Location"], {"password1": NEW})

    assert told() == [
        ("password_reset_asked", None, str(ana.pk), {}, {}),
        ("password_reset", None, str(ana.pk), {}, {}),
    ]
    assert token.strip("/").rsplit("/", maxsplit=1)[-1] not in everything()


def test_new_password_for_an_unknown_address_keeps_no_address(client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": f"{CANARY}@example.org"})

    assert told() == [("password_reset_asked", None, "", {}, {})]
    assert CANARY not in everything()


def test_change_of_the_address_is_told_once(client: Client, ana: User) -> None:
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "ana@new.example.org", "action_add": "1"})
    assert told(after=1) == []

    client.post(link())

    change = ("email_changed", ana.pk, str(ana.pk), {"email": "ana@example.org"}, {"email": "ana@new.example.org"})
    assert told(after=1) == [change]


def test_own_settings_are_told_by_what_changed(client: Client, ana: User) -> None:
    client.force_login(ana)

    client.post(reverse("my_settings"), {"display_name": "Ana", "language": "es", "time_zone": "UTC"})
    client.post(reverse("my_settings"), {"display_name": "Ana", "language": "es", "time_zone": "UTC"})

    assert told(after=1) == [("profile_changed", ana.pk, str(ana.pk), {"language": "en"}, {"language": "es"})]


def test_own_sign_ins_are_shown_to_oneself_alone(client: Client, ana: User) -> None:
    sign_in(Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}), password="a thief's guess")
    sign_in(Client(), login=UserFactory().email)
    sign_in(client)

    page = client.get(reverse("my_settings"))

    assert [event.kind for event in page.context["sign_ins"]] == ["signed_in", "sign_in_failed"]
    assert "Failed to sign in" in page.text
    assert "Firefox, Linux" in page.text


def test_looking_at_own_settings_writes_nothing(ana: User) -> None:
    with cookie_sessions():
        client = Client()
        client.force_login(ana)
        with read_only():
            assert client.get(reverse("my_settings")).status_code == 200


# Staff ------------------------------------------------------------------------------------------

GOOD = {"email": "bea@example.org", "display_name": "Bea", "language": "es", "time_zone": "Africa/Nairobi"}


@pytest.fixture
def cms(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def test_account_opened_in_the_cms_is_told_once(cms: Client, admin: User) -> None:
    cms.post(reverse("wagtailusers_users:add"), GOOD)

    bea = User.objects.get(email="bea@example.org")
    after = {**GOOD, "is_active": True}
    assert told(after=1) == [("account_opened", admin.pk, str(bea.pk), {}, after)]
    assert not ModelLogEntry.objects.exists()


def test_account_amended_in_the_cms_is_told_by_what_changed(cms: Client, admin: User, ana: User) -> None:
    cms.post(
        reverse("wagtailusers_users:edit", args=[ana.pk]),
        {**GOOD, "display_name": "Ana", "time_zone": "UTC", "is_active": "on"},
    )

    before = {"email": "ana@example.org", "language": "en"}
    after = {"email": "bea@example.org", "language": "es"}
    assert told(after=1) == [("account_amended", admin.pk, str(ana.pk), before, after)]
    assert not ModelLogEntry.objects.exists()


@pytest.mark.parametrize(("is_active", "kind"), [(False, "account_closed"), (True, "account_reopened")])
def test_closing_and_opening_again_have_names_of_their_own(
    at: datetime, admin: User, *, is_active: bool, kind: str
) -> None:
    bea = UserFactory(**GOOD, is_active=not is_active)

    amend_account(user=bea, **GOOD, is_active=is_active, by=admin, at=at)

    assert told() == [(kind, admin.pk, str(bea.pk), {"is_active": not is_active}, {"is_active": is_active})]


def test_account_that_cannot_be_opened_is_not_told(cms: Client, ana: User) -> None:
    cms.post(reverse("wagtailusers_users:add"), {**GOOD, "email": ana.email})

    assert told(after=1) == []


def test_grant_is_told_when_it_is_given_and_when_it_ends(at: datetime, admin: User, ana: User) -> None:
    place = OrganisationFactory(code="programme")

    given = give_grant(
        person=ana,
        kind=GrantKind.TRAINER,
        scope=GrantScope.ORGANISATION,
        organisation=place,
        reason="Teaches.",
        by=admin,
        at=at,
    )
    withdraw_grant(grant=given, by=admin, reason="Left.", at=at)

    grant = {"grant": "trainer:programme"}
    assert told() == [
        ("grant_given", admin.pk, str(ana.pk), {}, {**grant, "starts_at": at.isoformat(), "ends_at": None}),
        ("grant_ended", admin.pk, str(ana.pk), grant, {}),
    ]
    assert list(AuditEvent.objects.order_by("pk").values_list("reason", "organisation_id")) == [
        ("Teaches.", place.pk),
        ("Left.", place.pk),
    ]


def test_account_opened_by_the_program_has_no_actor(at: datetime) -> None:
    open_account(**GOOD, by=None, at=at, password=CANARY)

    assert [(kind, actor) for kind, actor, *_rest in told()] == [("account_opened", None)]
    assert CANARY not in everything()


# Refusals ---------------------------------------------------------------------------------------


def test_learner_who_sends_something_to_the_cms_is_told_of_once(client: Client, learner: User) -> None:
    client.force_login(learner)

    for _again in range(3):
        assert client.post(reverse("wagtailusers_users:add"), GOOD).status_code == 403

    assert told(after=1) == [("refused", learner.pk, "", {}, {"what": "wagtailusers_users:add"})]


def test_learner_who_looks_at_the_cms_is_in_the_log_of_the_server_alone(
    client: Client, learner: User, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(learner)

    assert client.get("/cms/").status_code == 403

    assert told(after=1) == []
    assert f"Refused: GET wagtailadmin_home for {learner.public_id}." in caplog.messages


def test_visitor_who_sends_something_to_the_cms_is_not_told_of(client: Client) -> None:
    client.post(reverse("wagtailusers_users:add"), GOOD)

    assert told() == []


def everything() -> str:
    """Return all that the audit holds, as the database holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_auditevent")
        return repr(cursor.fetchall())


def test_every_kind_fits_its_column_and_has_words() -> None:
    assert [kind for kind in ActKind.values if len(kind) > 40] == []
    assert [kind for kind in ActKind if not str(kind.label)] == []


# Parts of allauth that an installation may have ----------------------------------------------------


def test_second_factor_is_told_by_its_kind(rf: RequestFactory, ana: User) -> None:
    request = rf.post("/")
    request.user = ana

    told_of_a(ActKind.FACTOR_ADDED)(None, request=request, user=ana, authenticator=Authenticator(type="totp"))

    assert told() == [("factor_added", ana.pk, str(ana.pk), {}, {"factor": "totp"})]


def test_sign_in_provider_is_told_by_its_name(rf: RequestFactory, ana: User) -> None:
    request = rf.post("/")
    request.user = ana
    linked = Linked(provider="ministry", user=ana)

    told_of_a(ActKind.PROVIDER_LINKED)(None, request=request, sociallogin=Login(account=linked))
    told_of_a(ActKind.PROVIDER_UNLINKED)(None, request=request, socialaccount=linked)

    assert told() == [
        ("provider_linked", ana.pk, str(ana.pk), {}, {"provider": "ministry"}),
        ("provider_unlinked", ana.pk, str(ana.pk), {}, {"provider": "ministry"}),
    ]


@dataclass(frozen=True)
class Authenticator:
    """What allauth.mfa hands on, as far as it is told, with a secret beside it."""

    type: str
    data: str = CANARY


@dataclass(frozen=True)
class Linked:
    """The same of allauth.socialaccount."""

    provider: str
    user: User


@dataclass(frozen=True)
class Login:
    """The same at its first sign-in."""

    account: Linked
