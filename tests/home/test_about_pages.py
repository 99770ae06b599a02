"""Pages about the site itself, and the choice of colours."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from academy.home.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/en/help/", "Help and about"),
        ("/en/cookies/", "Cookies"),
        ("/en/accessibility/", "Accessibility"),
    ],
)
def test_about_page_is_open_to_everybody_and_cannot_be_posted_to(
    client: Client, site_tree: HomePage, address: str, heading: str
) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert f'<h1 class="govuk-heading-xl">{heading}</h1>' in response.content.decode()
    assert client.post(address).status_code == 405


def test_about_pages_set_no_cookie(client: Client, site_tree: HomePage) -> None:
    assert [client.get(address).cookies for address in ("/en/help/", "/en/cookies/", "/en/")] == [{}, {}, {}]


def test_cookies_page_names_every_cookie_that_we_set(client: Client, site_tree: HomePage) -> None:
    html = client.get("/en/cookies/").content.decode()

    for name in (
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        "theme",
    ):
        assert f'<th scope="row" class="govuk-table__header">{name}</th>' in html


def test_accessibility_page_says_where_to_write(client: Client, site_tree: HomePage) -> None:
    assert f'href="mailto:{settings.CONTACT_EMAIL}"' in client.get("/en/accessibility/").content.decode()


def test_appearance_choice_is_kept_in_a_cookie_and_shown_on_every_page(client: Client, site_tree: HomePage) -> None:
    response = client.post("/en/appearance/", {"theme": "dark"})

    assert (response.status_code, response.headers["Location"]) == (302, "/en/appearance/?saved=1")
    assert "sessionid" not in response.cookies
    html = client.get("/en/appearance/?saved=1").content.decode()
    assert 'data-theme="dark"' in html
    assert '<meta name="color-scheme" content="dark">' in html
    assert 'value="dark" checked' in html
    assert "Your choice is saved on this device." in html
    assert 'data-theme="dark"' in client.get("/en/").content.decode()


def test_appearance_without_a_choice_is_an_error_with_a_link(client: Client, site_tree: HomePage) -> None:
    response = client.post("/en/appearance/", {})

    html = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Light or dark – Procurement Academy</title>" in html
    assert '<a href="#id_theme_0">Choose how the site should look</a>' in html
    assert "theme" not in response.cookies


@pytest.mark.parametrize("theme", ["pink", '"><script>', ""])
def test_appearance_cookie_that_says_something_else_says_nothing(
    client: Client, site_tree: HomePage, theme: str
) -> None:
    client.cookies["theme"] = theme

    html = client.get("/en/").content.decode()

    assert 'data-theme="auto"' in html
    assert '<meta name="color-scheme" content="light dark">' in html
