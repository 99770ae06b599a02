"""Where somebody who names no language is greeted."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from academy.home.domain.arrival import preferred_language
from academy.home.models import HomePage
from tests.factories.languages import stand_in


@pytest.mark.parametrize(
    ("cookie", "accept_language", "live", "wanted"),
    [
        (None, "", {"en", "es"}, "en"),
        (None, "es", {"en", "es"}, "es"),
        (None, "es-MX,es;q=0.9,en;q=0.8", {"en", "es"}, "es"),
        (None, "fr,id;q=0.5", {"en", "es", "id"}, "id"),
        (None, "en;q=0.5,es;q=0.9", {"en", "es"}, "es"),
        (None, "fr", {"en", "es"}, "en"),
        (None, "*", {"en", "es"}, "en"),
        (None, "es", {"en"}, "en"),
        ("id", "es", {"en", "es", "id"}, "id"),
        ("id", "es", {"en", "es"}, "es"),
        ("xx", "", {"en"}, "en"),
        ("", "", set(), "en"),
        (None, ";;;q=,,", {"en", "es"}, "en"),
    ],
)
def test_preferred_language_cookie_then_browser_then_default(
    cookie: str | None, accept_language: str, live: set[str], wanted: str
) -> None:
    assert preferred_language(cookie=cookie, accept_language=accept_language, live=live) == wanted


@pytest.mark.django_db
def test_root_redirect_follows_the_browser_to_a_live_home_page(client: Client, site_tree: HomePage) -> None:
    stand_in(site_tree, "es")

    response = client.get("/", headers={"accept-language": "es-AR"})

    assert (response.status_code, response.headers["Location"]) == (302, "/es/")
    assert response.headers["Vary"] == "Accept-Language, Cookie"


@pytest.mark.django_db
def test_root_redirect_never_leads_to_a_home_page_that_is_not_live(client: Client, site_tree: HomePage) -> None:
    stand_in(site_tree, "es").unpublish()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"

    assert client.get("/", headers={"accept-language": "es"}).headers["Location"] == "/en/"


@pytest.mark.django_db
def test_language_is_remembered_when_the_reader_changes_it(client: Client, site_tree: HomePage) -> None:
    stand_in(site_tree, "es")

    response = client.get("/es/", headers={"referer": "http://testserver/en/"})

    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("es", "Lax", True)
    assert client.get("/").headers["Location"] == "/es/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "referer", ["", "http://testserver/es/", "http://testserver/cms/", "https://elsewhere.example/en/"]
)
def test_language_is_not_remembered_of_somebody_who_stays_or_comes_from_elsewhere(
    client: Client, site_tree: HomePage, referer: str
) -> None:
    stand_in(site_tree, "es")

    response = client.get("/es/", headers={"referer": referer})

    assert response.status_code == 200
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
