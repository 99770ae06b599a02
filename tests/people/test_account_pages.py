"""Account pages: each opens, has one h1 and a title, and its form can be used without looking at it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import UserFactory

PUBLIC = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
SIGNED_IN = ["account_logout", "account_email", "account_change_password", "account_reauthenticate", "my_settings"]


def assert_well_made(html: str) -> None:
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert re.search(r"<title>\S.+</title>", html)
    for control in re.findall(r"<(?:input|select|textarea)[^>]*>", html):
        if 'type="hidden"' in control:
            continue
        control_id = re.search(r'\bid="([^"]+)"', control)
        assert control_id, control
        assert f'for="{control_id[1]}"' in html, control
        assert "placeholder" not in control
    assert "style=" not in html
    assert "<script>" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_public_account_page_is_well_made(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert_well_made(response.text)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SIGNED_IN)
def test_own_account_page_is_well_made(client: Client, name: str) -> None:
    client.force_login(UserFactory())

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert_well_made(response.text)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "control", "autocomplete"),
    [
        ("account_login", "id_login", "username"),
        ("account_login", "id_password", "current-password"),
        ("account_signup", "id_display_name", "name"),
        ("account_signup", "id_email", "email"),
        ("account_signup", "id_password1", "new-password"),
        ("account_reset_password", "id_email", "email"),
    ],
)
def test_control_tells_the_browser_what_it_asks(client: Client, name: str, control: str, autocomplete: str) -> None:
    html = client.get(reverse(name)).text

    tag = next(tag for tag in re.findall(r"<input[^>]*>", html) if f'id="{control}"' in tag)
    assert f'autocomplete="{autocomplete}"' in tag


@pytest.mark.django_db
def test_errors_are_summarised_with_links_to_the_controls(client: Client) -> None:
    html = client.post(reverse("account_signup"), {}).text

    assert "<title>Error: Open an account" in html
    links = re.findall(r'<li><a href="(#[^"]+)">([^<]+)</a></li>', html)
    assert links == [
        ("#id_display_name", "Enter your name."),
        ("#id_email", "Enter your e-mail address."),
        ("#id_password1", "Enter a password."),
    ]


@pytest.mark.django_db
def test_there_is_no_sign_in_by_code(client: Client) -> None:
    assert client.get(reverse("account_confirm_login_code")).status_code == 404
