"""Moving to another e-mail address."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from academy.people.models import User
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return UserFactory(email="ana@example.org")


@pytest.fixture
def device(client: Client, ana: User) -> Client:
    """A browser in which Ana has just shown that it is she."""
    client.post(reverse("account_login"), {"login": ana.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    mail.outbox.clear()
    return client


def change(device: Client, address: str) -> str:
    return device.post(reverse("account_email"), {"email": address, "action_add": "1"}, follow=True).text


def link() -> str:
    match = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert match
    return match[1]


def test_new_address_takes_over_when_it_is_confirmed(device: Client, ana: User) -> None:
    html = change(device, "ana@new.example.org")

    assert "<strong>ana@new.example.org</strong> takes its place" in html
    assert mail.outbox[-1].to == ["ana@new.example.org"]
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"

    response = device.post(link())

    assert response["Location"] == reverse("my_settings")
    ana.refresh_from_db()
    assert ana.email == "ana@new.example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("ana@new.example.org", True, True)
    ]
    # The old address hears of it, in case it was a thief.
    assert mail.outbox[-1].to == ["ana@example.org"]
    assert mail.outbox[-1].subject == "Procurement Academy: Your e-mail address was changed"


def test_change_can_be_given_up(device: Client, ana: User) -> None:
    change(device, "ana@new.example.org")

    device.post(reverse("account_email"), {"email": "ana@new.example.org", "action_remove": "1"})

    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["ana@example.org"]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("nonsense", "Enter an e-mail address in the right form, like name@example.org."),
        ("", "Enter your e-mail address."),
        ("ana@example.org", "This is your e-mail address already."),
    ],
)
def test_address_that_cannot_be_is_refused(device: Client, address: str, message: str) -> None:
    html = change(device, address)

    assert message in html
    assert "There is a problem" in html
    assert mail.outbox == []


def test_address_of_somebody_else_is_not_given_away_and_not_taken(device: Client, ana: User) -> None:
    UserFactory(email="bea@example.org")

    html = change(device, "bea@example.org")

    assert "<strong>bea@example.org</strong> takes its place" in html  # as for any other address
    assert "This address belongs to another account" in Client().get(link()).text
    Client().post(link())
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    assert not EmailAddress.objects.get(user=ana, email="bea@example.org").verified


def test_session_left_open_asks_for_the_password_and_then_goes_on(client: Client, ana: User) -> None:
    client.force_login(ana)  # signed in, but when is not known

    response = client.post(reverse("account_email"), {"email": "ana@new.example.org", "action_add": "1"})

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="ana@new.example.org").exists()
    wrong = client.post(response["Location"], {"password": "a thief's guess", "next": reverse("account_email")})
    assert "This is not your password. Check it and try again." in wrong.text
    client.post(response["Location"], {"password": PASSWORD, "next": reverse("account_email")})
    assert EmailAddress.objects.filter(email="ana@new.example.org").exists()
