"""Signing in and out: by one way alone, with limits, and with nothing given away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from academy.people.models import User
from tests.factories.people import PASSWORD, StaffFactory, UserFactory
from tests.support.factors import app_code

pytestmark = pytest.mark.django_db


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


@pytest.mark.parametrize("typed", ["ana@example.org", "ANA@Example.org", " ana@example.org "])
def test_sign_in_leads_to_my_learning(client: Client, typed: str) -> None:
    user = UserFactory(email="ana@example.org")

    response = sign_in(client, typed)

    assert response["Location"] == reverse("my")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_in_leads_to_where_one_wanted(client: Client) -> None:
    user = UserFactory()

    assert sign_in(client, user.email, next="/en/help/?a=b")["Location"] == "/en/help/?a=b"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_sign_in_leads_nowhere_else(client: Client, target: str) -> None:
    user = UserFactory()

    assert sign_in(client, user.email, next=target)["Location"] == reverse("my")


def test_session_ends_with_the_browser_unless_asked_otherwise(client: Client) -> None:
    user = UserFactory()

    assert sign_in(client, user.email).cookies["sessionid"]["max-age"] == ""
    client.post(reverse("account_logout"))
    assert sign_in(client, user.email, remember="on").cookies["sessionid"]["max-age"] == 1209600


@pytest.mark.parametrize(
    ("login", "password"),
    [("ana@example.org", "wrong password entirely"), ("nobody@example.org", PASSWORD)],
)
def test_wrong_password_and_unknown_address_sound_the_same(client: Client, login: str, password: str) -> None:
    UserFactory(email="ana@example.org")

    response = sign_in(client, login, password)

    assert response.status_code == 200
    assert "The e-mail address or the password is not right. Check both and try again." in response.text
    assert f'value="{login}"' in response.text
    assert password not in response.text


def test_closed_account_cannot_sign_in_and_its_session_ends(client: Client) -> None:
    user = UserFactory()
    sign_in(client, user.email)
    User.objects.update(is_active=False)

    assert client.get(reverse("my_settings")).status_code == 302
    again = Client()
    response = again.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in again.session


def test_sign_out_needs_a_post(client: Client) -> None:
    client.force_login(UserFactory())

    assert "Do you want to sign out?" in client.get(reverse("account_logout")).text
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "3/m/key"})
def test_guessing_is_slowed_down_even_when_the_right_password_comes_at_last(client: Client) -> None:
    user = UserFactory()
    for _attempt in range(3):
        sign_in(client, user.email, "wrong password entirely")

    response = sign_in(client, user.email)

    assert "There were too many attempts. Wait a few minutes, then try again." in response.text
    assert "_auth_user_id" not in client.session


@override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"})
def test_flood_of_one_network_is_answered_with_our_page(client: Client) -> None:
    for _attempt in range(2):
        sign_in(client, "nobody@example.org")

    response = sign_in(client, "nobody@example.org")

    assert response.status_code == 429
    assert "Wait a few minutes" in response.text


@override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"})
def test_invented_forwarded_address_does_not_get_round_the_limit(client: Client) -> None:
    for number in range(2):
        client.post(reverse("account_login"), {}, headers={"x-forwarded-for": f"10.0.0.{number}"})

    response = client.post(reverse("account_login"), {}, headers={"x-forwarded-for": "10.0.0.9"})

    assert response.status_code == 429


@pytest.mark.parametrize("path", ["/cms/login/", "/en/_util/login/"])
@pytest.mark.parametrize("field", ["username", "login", "email"])
def test_sign_in_forms_of_wagtail_sign_nobody_in(client: Client, path: str, field: str) -> None:
    trainer = StaffFactory()

    response = client.post(path, {field: trainer.email, "password": PASSWORD})

    assert response.status_code == 302
    assert response["Location"].startswith("/en/account/login/?next=")
    assert "_auth_user_id" not in client.session


def test_sign_in_of_the_cms_keeps_where_one_wanted(client: Client) -> None:
    assert client.get("/cms/login/?next=/cms/pages/")["Location"] == "/en/account/login/?next=%2Fcms%2Fpages%2F"
    assert client.get("/cms/login/?next=//evil.example/")["Location"] == "/en/account/login/?next=%2Fcms%2F"


def test_staff_goes_from_the_cms_through_our_sign_in_back_to_the_cms(client: Client) -> None:
    trainer = StaffFactory()
    form = client.get("/cms/", follow=True).text
    wanted = re.search(r'name="next" value="([^"]+)"', form)
    assert wanted
    assert wanted[1] == "/cms/"

    assert sign_in(client, trainer.email, next=wanted[1])["Location"] == reverse("mfa_authenticate")
    assert client.post(reverse("mfa_authenticate"), {"code": app_code()})["Location"] == "/cms/"
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/cms/password_reset/", "/cms/password_reset/done/", "/cms/password_reset/confirm/MQ/set-password/"]
)
def test_password_reset_of_the_cms_leads_to_ours(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == reverse("account_reset_password")
    assert client.post(path, {"email": UserFactory().email})["Location"] == reverse("account_reset_password")
    assert mail.outbox == []


def test_sign_out_of_the_cms_is_ours(client: Client) -> None:
    client.force_login(StaffFactory())

    assert client.get("/cms/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/cms/logout/").status_code == 302
    assert "_auth_user_id" not in client.session
