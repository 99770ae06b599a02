"""Opening an account: the way through, and what people get wrong on it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from academy.people.models import User
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

GOOD = {"display_name": "Ana Pérez", "email": "Ana@Example.org", "password1": PASSWORD}


def sign_up(client: Client, **changes: str) -> str:
    """Send the form and return the text of the page that follows."""
    response = client.post(reverse("account_signup"), {**GOOD, **changes}, follow=True)
    assert response.status_code == 200
    return response.text


def link_in_last_mail() -> str:
    match = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert match
    return match[1]


def neutral(html: str, address: str) -> str:
    """Leave out what differs from one answer to the next in any case."""
    html = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", html)
    return html.replace(address, "ADDRESS")


def errors(html: str) -> list[str]:
    return re.findall(r'<li><a href="#[^"]+">([^<]+)</a></li>', html)


def test_sign_up_sends_a_link_that_opens_the_account(client: Client) -> None:
    html = sign_up(client)

    assert "We have sent you an e-mail." in html
    user = User.objects.get()
    assert (user.email, user.display_name, user.language, user.time_zone) == (
        "ana@example.org",
        "Ana Pérez",
        "en",
        "UTC",
    )
    assert user.check_password(PASSWORD)
    assert "_auth_user_id" not in client.session
    assert mail.outbox[0].subject == "Procurement Academy: Confirm your e-mail address"
    assert mail.outbox[0].body.startswith("Hello Ana Pérez,")

    link = link_in_last_mail()
    assert "ana@example.org is the e-mail address of Ana Pérez." in client.get(link).text
    assert not EmailAddress.objects.get().verified  # looking is not confirming
    response = client.post(link)

    assert EmailAddress.objects.get().verified
    assert response["Location"] == reverse("my")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_up_leads_back_to_where_it_began(client: Client) -> None:
    sign_up(client, next="/en/help/")

    response = client.post(link_in_last_mail())

    assert response["Location"] == "/en/help/"


def test_link_opened_in_another_browser_confirms_but_signs_nobody_in(client: Client) -> None:
    sign_up(client)
    other = Client()

    response = other.post(link_in_last_mail())

    assert EmailAddress.objects.get().verified
    assert response["Location"] == reverse("account_login")
    assert "_auth_user_id" not in other.session


def test_sign_up_keeps_the_language_and_writes_in_it(client: Client) -> None:
    with translation.override("es"):
        sign_up(client)

    assert User.objects.get().language == "es"
    assert link_in_last_mail().startswith("/es/account/confirm-email/")


def test_sign_in_before_confirming_sends_the_link_again(client: Client) -> None:
    sign_up(client)

    response = Client().post(reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD}, follow=True)

    assert "We have sent you an e-mail." in response.text
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": "ana.example.org"}, "Enter an e-mail address in the right form, like name@example.org."),
        ({"email": "ana@"}, "Enter an e-mail address in the right form, like name@example.org."),
        ({"email": "a@b.org\nBcc: c@d.org"}, "Enter an e-mail address in the right form, like name@example.org."),
        ({"email": ""}, "Enter your e-mail address."),
        ({"password1": "short"}, "This password is too short. It must contain at least 12 characters."),
        ({"password1": "ana@example.org"}, "The password is too similar to the e-mail address."),
        ({"password1": "123456123456"}, "This password is too common."),
        ({"password1": ""}, "Enter a password."),
        ({"display_name": " \t "}, "Enter your name."),
        ({"display_name": "A" * 151}, "Your name must be 150 characters or fewer."),
    ],
)
def test_sign_up_with_a_fault_says_what_to_mend_and_keeps_the_rest(
    client: Client, changes: dict[str, str], message: str
) -> None:
    html = sign_up(client, **changes)

    assert errors(html) == [message]
    assert not User.objects.exists()
    assert mail.outbox == []
    for name in {"display_name", "email"} - set(changes):
        assert f'value="{GOOD[name]}"' in html
    assert PASSWORD not in html


@pytest.mark.parametrize("name", ["display_name", "email", "password1"])
def test_sign_up_with_a_megabyte_is_refused_with_a_sentence(client: Client, name: str) -> None:
    html = sign_up(client, **{name: "a" * 1_000_000})

    assert len(errors(html)) >= 1
    assert not User.objects.exists()


def test_sign_up_with_an_address_longer_than_the_column_is_refused(client: Client) -> None:
    long = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.org"
    assert len(long) == 259

    assert errors(sign_up(client, email=long)) == ["Your e-mail address must be 254 characters or fewer."]


def test_name_with_markup_is_kept_and_shown_as_written(client: Client) -> None:
    sign_up(client, display_name="<script>alert(1)</script>")

    assert User.objects.get().display_name == "<script>alert(1)</script>"
    html = client.get(link_in_last_mail()).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)</script>" not in html
    assert mail.outbox[0].body.startswith("Hello <script>alert(1)</script>,")
    assert mail.outbox[0].alternatives == []


def test_name_in_several_lines_becomes_one(client: Client) -> None:
    sign_up(client, display_name="  Ana\r\n  Pérez ")

    assert User.objects.get().display_name == "Ana Pérez"


@pytest.mark.parametrize("address", ["ana@example.org", "ANA@EXAMPLE.ORG"])
def test_sign_up_with_an_address_that_exists_tells_its_owner_alone(client: Client, address: str) -> None:
    owner = UserFactory(email="ana@example.org", display_name="Ana")
    fresh = sign_up(Client(), email="somebody-new@example.org")
    mail.outbox.clear()

    html = sign_up(client, email=address, display_name="Mallory")

    assert neutral(html, address.lower()) == neutral(fresh, "somebody-new@example.org")
    owner.refresh_from_db()
    assert owner.display_name == "Ana"
    assert User.objects.count() == 2
    assert mail.outbox[0].to == ["ana@example.org"]
    assert mail.outbox[0].subject == "Procurement Academy: You have an account already"
    assert "http://testserver/en/account/password/reset/" in mail.outbox[0].body


def test_expired_link_says_so_and_how_to_get_another(client: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=4), tick=False):
        sign_up(client)

    html = Client().get(link_in_last_mail()).text

    assert "This link does not work any more" in html
    assert "Sign in. If your address is not confirmed yet, we send you a new link." in html
    assert not EmailAddress.objects.get().verified


def test_link_that_expires_while_the_page_is_open_says_so_too(client: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=4), tick=False):
        sign_up(client)

    response = Client().post(link_in_last_mail())

    assert response.status_code == 200
    assert "This link does not work any more" in response.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_used_link_says_so(client: Client, method: str) -> None:
    sign_up(client)
    link = link_in_last_mail()
    client.post(link)

    response = getattr(Client(), method)(link)

    assert response.status_code == 200
    assert "It was used already, or it is older than three days." in response.text


def test_forged_link_says_so(client: Client) -> None:
    response = client.get(reverse("account_confirm_email", args=["Mg:1forged:signature"]))

    assert response.status_code == 200
    assert "This link does not work any more" in response.text
