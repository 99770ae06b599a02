"""Sessions: listed, ended by their owner, ended by time, and ended with the account."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from academy.people.api import ActKind, GrantKind, close_sessions, disable_account
from academy.people.domain.devices import Device, device_of
from academy.people.domain.sessions import NoSuchSession, end_session, sessions_of
from academy.people.models import AuditEvent, User
from tests.factories.people import PASSWORD, StaffFactory, UserFactory, grant
from tests.support.factors import confirm

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
    "Mobile/15E148 Safari/604.1"
)
NEW = "four quiet herons fishing"


def browser(user: User, agent: str = FIREFOX) -> Client:
    """A browser in which ``user`` has signed in by the form."""
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("my_settings")).status_code == 200


@pytest.fixture
def ana(db: None) -> User:
    user: User = UserFactory(display_name="Ana")
    return user


# Listing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, Device(browser="Firefox", system="Linux")),
        (PHONE, Device(browser="Safari", system="iPhone")),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0",
            Device(browser="Edge", system="Windows"),
        ),
        ("curl/8.0", Device(browser="", system="")),
        ("", Device(browser="", system="")),
    ],
)
def test_device_is_told_by_what_the_browser_says(agent: str, device: Device) -> None:
    assert device_of(agent) == device


def test_page_shows_where_one_is_signed_in(ana: User) -> None:
    here, _there = browser(ana), browser(ana, PHONE)
    browser(UserFactory(), "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0")

    page = here.get(reverse("my_sessions")).text

    names = [
        " ".join(name.split())
        for name in re.findall(r'<dt class="govuk-summary-list__key">(.*?)</dt>', page, re.DOTALL)
    ]
    assert names == ["Firefox on Linux", "Safari on iPhone"]
    assert page.count("This is where you are now.") == 1
    assert page.count("Sign out there") == 1
    assert page.count("Sign out everywhere else") == 1
    assert "<bdi>127.0.0.1</bdi>" in page


def test_one_session_alone_has_nothing_to_end(ana: User) -> None:
    page = browser(ana).get(reverse("my_sessions")).text

    assert "This is where you are now." in page
    assert "Sign out there" not in page
    assert "Sign out everywhere else" not in page


@pytest.mark.parametrize("hours", [0, 2])
@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_three_queries(ana: User, count: int, hours: int, django_assert_num_queries: Any) -> None:
    for _number in range(count):
        browser(ana)

    with django_assert_num_queries(3):
        assert len(sessions_of(person=ana, current_key=None, at=timezone.now() + timedelta(hours=hours))) == count


def test_sessions_of_staff_that_are_over_are_not_listed() -> None:
    tom = StaffFactory(second_factor=False)
    browser(tom)

    assert len(sessions_of(person=tom, current_key=None, at=timezone.now() + timedelta(minutes=59))) == 1
    assert sessions_of(person=tom, current_key=None, at=timezone.now() + timedelta(minutes=61)) == ()


def test_what_has_ended_is_not_listed(ana: User) -> None:
    here, signed_out, expired = browser(ana), browser(ana, PHONE), browser(ana, PHONE)
    signed_out.post(reverse("account_logout"))
    Session.objects.filter(session_key=expired.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )

    listed = sessions_of(person=ana, current_key=here.session.session_key, at=timezone.now())

    assert [(one.is_current, one.device.system) for one in listed] == [(True, "Linux")]


# Ending -------------------------------------------------------------------------------------------


def test_ending_asks_whether_it_is_you_and_keeps_what_was_chosen(ana: User) -> None:
    here, there = browser(ana), browser(ana, PHONE)
    chosen = UserSession.objects.get(session_key=there.session.session_key).pk

    asked = here.post(reverse("my_sessions"), {"session": chosen})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert is_in(there)
    answered = here.post(asked["Location"], {"password": PASSWORD}, follow=True)

    assert answered.redirect_chain == [(reverse("my_sessions"), 302)]
    assert "You are signed out there." in answered.text
    assert not is_in(there)
    assert is_in(here)


def test_all_others_are_ended_and_this_one_goes_on(ana: User) -> None:
    here, there, elsewhere, unlisted = browser(ana), browser(ana, PHONE), browser(ana), Client()
    unlisted.force_login(ana)
    stranger = browser(UserFactory())
    confirm(here)

    response = here.post(reverse("my_sessions"), {"session": "others"}, follow=True)

    assert "You are signed out everywhere else." in response.text
    assert [is_in(one) for one in (here, there, elsewhere, unlisted, stranger)] == [True, False, False, False, True]
    ana.refresh_from_db()
    assert [
        one.is_current for one in sessions_of(person=ana, current_key=here.session.session_key, at=timezone.now())
    ] == [True]


@pytest.mark.parametrize("chosen", ["", "x", "-1", "9" * 30, "²", "theirs"])
def test_session_that_is_not_there_or_not_theirs_is_left_alone(ana: User, chosen: str) -> None:
    here, stranger = browser(ana), browser(UserFactory())
    confirm(here)
    theirs = str(UserSession.objects.get(session_key=stranger.session.session_key).pk)

    response = here.post(reverse("my_sessions"), {"session": theirs if chosen == "theirs" else chosen}, follow=True)

    assert "You were not signed in there any more." in response.text
    assert is_in(stranger)


def test_domain_refuses_the_session_of_another(ana: User, at: datetime) -> None:
    browser(ana)
    other = UserFactory()

    with pytest.raises(NoSuchSession):
        end_session(person=other, session_id=UserSession.objects.get().pk, by=other, at=at)


def test_change_of_password_leaves_one_session(ana: User) -> None:
    here, there = browser(ana), browser(ana)
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})

    assert (is_in(here), is_in(there)) == (True, False)
    assert UserSession.objects.count() == Session.objects.count() == 1


# Time ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("away", "stays"),
    [
        (timedelta(minutes=59), {"learner", "trainer"}),
        (timedelta(minutes=60), {"learner"}),
        (timedelta(days=13), {"learner"}),
        (timedelta(days=14), set()),
    ],
)
def test_session_that_is_left_alone_ends_sooner_for_staff(away: timedelta, stays: set[str]) -> None:
    start = timezone.now()
    people = {"learner": UserFactory(), "trainer": StaffFactory()}
    clients = {name: Client() for name in people}
    with time_machine.travel(start, tick=False) as clock:
        for name, person in people.items():
            clients[name].force_login(person)
        clock.move_to(start + away)

        assert {name for name, client in clients.items() if is_in(client)} == stays


@pytest.mark.parametrize(("kind", "lasts"), [("learner", timedelta(days=30)), ("trainer", timedelta(hours=12))])
def test_session_ends_at_last_however_much_it_is_used(kind: str, lasts: timedelta) -> None:
    start = timezone.now()
    step = lasts / 13  # less than staff may be away
    client = Client()
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(UserFactory() if kind == "learner" else StaffFactory())
        for number in range(1, 13):
            clock.move_to(start + number * step)
            assert is_in(client), number
        clock.move_to(start + lasts)

        response = client.get(reverse("my_settings"), follow=True)

    assert "You were signed out, because you had been away or signed in for long." in response.text


def test_grant_shortens_a_session_that_is_under_way() -> None:
    start = timezone.now()
    user = UserFactory(second_factor=True)
    client = Client()
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(user)
        clock.move_to(start + timedelta(hours=2))
        assert is_in(client)
        clock.move_to(start + timedelta(hours=13))
        assert is_in(client)
        grant(user, GrantKind.AUTHOR)

        assert not is_in(client)


def test_editor_that_pings_by_itself_does_not_count_as_use() -> None:
    start = timezone.now()
    client = Client()
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(UserFactory(is_superuser=True))
        for minutes in (20, 40, 59):
            clock.move_to(start + timedelta(minutes=minutes))
            client.post("/cms/editing-sessions/ping/wagtailcore/page/1/1/")
        clock.move_to(start + timedelta(minutes=60))

        assert not is_in(client)


# Closed accounts ----------------------------------------------------------------------------------


def closed_by_form(admin: Client, person: User) -> None:
    fields = {"email": person.email, "display_name": person.display_name, "language": "en", "time_zone": "UTC"}
    response = admin.post(reverse("wagtailusers_users:edit", args=[person.pk]), fields)
    assert response.status_code == 302


def closed_by_verb(admin: Client, person: User) -> None:
    disable_account(person=person, by=None, at=timezone.now())


@pytest.fixture
def admin_client(db: None) -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.mark.parametrize("close", [closed_by_form, closed_by_verb])
def test_closing_an_account_ends_everything_at_once_and_for_good(ana: User, admin_client: Client, close: Any) -> None:
    listed, unlisted = browser(ana), Client()
    unlisted.force_login(ana)
    key = listed.session.session_key
    Client().post(reverse("account_reset_password"), {"email": ana.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert link

    close(admin_client, ana)

    ana.refresh_from_db()
    assert not ana.is_active
    assert not Session.objects.filter(session_key=key).exists()
    assert not UserSession.objects.filter(user=ana).exists()
    assert [is_in(one) for one in (listed, unlisted)] == [False, False]
    assert "This link does not work any more" in Client().get(link[1], follow=True).text
    assert AuditEvent.objects.filter(object_id=str(ana.pk), kind=ActKind.ACCOUNT_CLOSED).count() == 1
    # Opened again, nothing of the old comes back to life.
    User.objects.filter(pk=ana.pk).update(is_active=True)
    assert [is_in(one) for one in (listed, unlisted)] == [False, False]
    assert "This link does not work any more" in Client().get(link[1], follow=True).text


def test_sign_in_that_began_before_the_account_was_closed_opens_nothing(ana: User, at: datetime) -> None:
    """The person was read, then the account closed, then the session written."""
    read_before = User.objects.get(pk=ana.pk)
    disable_account(person=ana, by=None, at=at)
    User.objects.filter(pk=ana.pk).update(is_active=True)
    late = Client()

    late.force_login(read_before)

    assert not is_in(late)


def test_request_in_flight_does_not_bring_its_session_back(ana: User, at: datetime) -> None:
    client = browser(ana)
    in_flight = SessionStore(client.session.session_key)
    in_flight["seen"] = "something"

    close_sessions(person=ana, by=None, at=at)

    with pytest.raises(UpdateError):
        in_flight.save()
    assert not is_in(client)


def test_password_stored_by_a_request_in_flight_does_not_open_the_account_again(ana: User, at: datetime) -> None:
    in_flight = User.objects.get(pk=ana.pk)
    disable_account(person=ana, by=None, at=at)

    get_adapter().set_password(in_flight, NEW)

    ana.refresh_from_db()
    assert (ana.is_active, ana.session_round) == (False, 1)


def test_form_that_is_read_before_sessions_were_closed_does_not_turn_the_round_back(
    ana: User, admin_client: Client, at: datetime
) -> None:
    close_sessions(person=ana, by=None, at=at)

    closed_by_form(admin_client, User.objects.get(pk=ana.pk))

    ana.refresh_from_db()
    assert ana.session_round == 2


def test_closing_and_signing_out_are_told_in_the_history(ana: User, at: datetime) -> None:
    admin = UserFactory(is_superuser=True)

    disable_account(person=ana, by=admin, at=at)
    disable_account(person=ana, by=admin, at=at)

    told = AuditEvent.objects.filter(object_id=str(ana.pk)).values_list("kind", "actor_id", "occurred_at")
    assert list(told) == [(ActKind.ACCOUNT_CLOSED, admin.pk, at)]
