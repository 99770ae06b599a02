"""Passwords: forgotten, changed, set for the first time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from academy.people.models import User
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

NEW = "four quiet herons fishing"


def reset_link(client: Client, user: User) -> str:
    client.post(reverse("account_reset_password"), {"email": user.email})
    match = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert match
    return match[1]


def form_address(client: Client, link: str) -> str:
    """Open the link; return where it leads: an address without the secret in it."""
    response = client.get(link)
    assert response.status_code == 302
    return response["Location"]


def test_link_lets_its_owner_choose_a_new_password(client: Client) -> None:
    user = UserFactory()
    address = form_address(client, reset_link(client, user))
    assert address.endswith("-set-password/")

    response = client.post(address, {"password1": NEW}, follow=True)

    assert "Your password is changed" in response.text
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert mail.outbox[-1].subject == "Procurement Academy: Your password was changed"
    assert mail.outbox[-1].to == [user.email]


def test_weak_new_password_is_refused_and_the_link_still_works(client: Client) -> None:
    user = UserFactory()
    address = form_address(client, reset_link(client, user))

    response = client.post(address, {"password1": "short"})

    assert "This password is too short. It must contain at least 12 characters." in response.text
    assert client.post(address, {"password1": NEW}).status_code == 302


@pytest.mark.parametrize("second", ["the same browser", "another browser"])
def test_second_use_of_a_reset_link_is_explained(client: Client, second: str) -> None:
    user = UserFactory()
    link = reset_link(client, user)
    client.post(form_address(client, link), {"password1": NEW})
    browser = client if second == "the same browser" else Client()

    response = browser.get(link)

    assert response.status_code == 200
    assert "This link does not work any more" in response.text
    assert "Send me a new link" in response.text
    browser.post(f"{link.rsplit('-', 2)[0]}-set-password/", {"password1": "five loud herons flying"})
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_expired_reset_link_is_explained(client: Client) -> None:
    user = UserFactory()
    with time_machine.travel(timezone.now() - timedelta(days=4), tick=False):
        link = reset_link(client, user)

    assert "This link does not work any more" in client.get(link).text


@pytest.mark.parametrize("key", ["1-forged", "zzzzzzzz-cabc12-0123456789abcdef"])
def test_forged_reset_link_is_explained(client: Client, key: str) -> None:
    response = client.get(f"/en/account/password/reset/key/{key}/")

    assert response.status_code == 200
    assert "This link does not work any more" in response.text


def test_unknown_address_looks_the_same_on_the_page_and_gets_an_answer_by_mail(client: Client) -> None:
    known = client.post(reverse("account_reset_password"), {"email": UserFactory().email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert known["Location"] == unknown["Location"]
    assert mail.outbox[-1].to == ["nobody@example.org"]
    assert mail.outbox[-1].subject == "Procurement Academy: There is no account with this address"
    assert "http://testserver/en/account/signup/" in mail.outbox[-1].body


def test_closed_account_gets_no_link(client: Client) -> None:
    user = UserFactory(is_active=False)

    client.post(reverse("account_reset_password"), {"email": user.email})

    assert "There is no account with this address" in mail.outbox[-1].subject


def test_mail_is_written_in_the_language_of_the_person(client: Client) -> None:
    user = UserFactory(display_name="Ana", language="es")
    client.force_login(user)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})

    today = timezone.now()
    with translation.override("es"):
        assert date_format(today, "DATE_FORMAT") in mail.outbox[-1].body


def test_password_is_changed_with_the_old_one_and_its_owner_is_told(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)

    response = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})

    assert response["Location"] == reverse("my_settings")
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.get(reverse("my_settings")).status_code == 200  # still signed in
    assert "127.0.0.1" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("not the old password", NEW, "This is not your current password. Check it and try again."),
        (PASSWORD, "short", "This password is too short. It must contain at least 12 characters."),
        (PASSWORD, "", "Enter a password."),
        ("", NEW, "Enter your password."),
    ],
)
def test_password_is_not_changed_with_a_fault(client: Client, old: str, new: str, message: str) -> None:
    user = UserFactory()
    client.force_login(user)

    response = client.post(reverse("account_change_password"), {"oldpassword": old, "password1": new})

    assert message in response.text
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_change_of_password_ends_other_sessions(client: Client) -> None:
    user = UserFactory()
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(user)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})

    assert elsewhere.get(reverse("my_settings")).status_code == 302


def test_account_without_a_password_gets_its_first_one(client: Client) -> None:
    user = UserFactory()
    User.objects.update(password=UNUSABLE_PASSWORD_PREFIX)
    user.refresh_from_db()

    client.post(form_address(client, reset_link(client, user)), {"password1": NEW})

    user.refresh_from_db()
    assert user.check_password(NEW)
