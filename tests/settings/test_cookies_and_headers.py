"""What every answer carries: cookies that only our pages can use, and headers that take powers away."""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import Morsel
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from academy.people.models import User
from tests.factories.files import AttachmentFactory, PictureFactory
from tests.factories.people import PASSWORD, UserFactory
from tests.support.factors import app_code

pytestmark = pytest.mark.django_db

# As production sets them.
PRODUCTION = {
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "CSRF_COOKIE_NAME": "__Host-csrf",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
}


@pytest.fixture
def as_in_production() -> Iterator[None]:
    with override_settings(**PRODUCTION):
        yield


class Visitor:
    """A browser that notes every cookie that it is given."""

    def __init__(self) -> None:
        self.client = Client()
        self.given: list[Morsel[str]] = []

    def ask(self, method: str, address: str, **options: Any) -> Any:
        response = getattr(self.client, method)(address, secure=True, **options)
        self.given += response.cookies.values()
        return response


def test_every_cookie_of_a_journey_is_for_our_pages_alone(as_in_production: None) -> None:
    person = UserFactory(email="ada@example.org", is_superuser=True)
    visitor = Visitor()
    visitor.ask("get", "/en/help/")
    visitor.ask("get", "/es/help/", headers={"referer": "https://testserver/en/help/"})
    visitor.ask("get", reverse("appearance"))
    visitor.ask("post", reverse("appearance"), data={"theme": "dark"})
    visitor.ask("get", reverse("account_login"))
    visitor.ask("post", reverse("account_login"), data={"login": person.email, "password": PASSWORD})
    visitor.ask("post", reverse("mfa_authenticate"), data={"code": app_code()})
    assert visitor.ask("get", reverse("my")).status_code == 200
    assert visitor.ask("get", "/cms/").status_code == 200
    visitor.ask("post", reverse("account_logout"))

    assert {cookie.key for cookie in visitor.given} == {"__Host-session", "__Host-csrf", "django_language", "theme"}
    for cookie in visitor.given:
        attributes = {name: cookie[name] for name in ("path", "domain", "secure", "httponly", "samesite")}
        if cookie["max-age"] == 0:  # taken back
            assert (attributes["path"], attributes["domain"]) == ("/", "")
            continue
        assert attributes == {"path": "/", "domain": "", "secure": True, "httponly": True, "samesite": "Lax"}, (
            cookie.key
        )


def test_every_kind_of_answer_carries_the_headers(
    as_in_production: None, client: Client, admin: User, site_tree: Any
) -> None:
    picture, document = PictureFactory().get_rendition("width-20").url, AttachmentFactory().url
    places = {
        "/en/": 200,
        "/en/help/": 200,
        "/en/nowhere/": 404,
        "/en/help/?x=%00": 400,
        reverse("account_login"): 200,
        picture: 200,
        document: 200,
        "/media/images/none.png": 404,
        "/documents/1/none.txt": 404,
        "/my": 302,
        "/cms/": 302,
    }
    signed_in = {"/cms/": 200, "/cms/images/": 200, "/cms/images/999999/": 404, reverse("my"): 200}
    for user, addresses in ((None, places), (admin, signed_in)):
        if user:
            client.force_login(user)
        for address, status in addresses.items():
            response = client.get(address, secure=True)
            headers = response.headers

            assert (address, response.status_code) == (address, status)
            assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
            # What is answered at the door says it by frame-ancestors alone.
            assert headers.get("X-Frame-Options") == "SAMEORIGIN" or status in {302, 400}
            assert "camera=()" in headers["Permissions-Policy"]
            assert "geolocation=()" in headers["Permissions-Policy"]
            policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
            assert policy["default-src"] == "'none'"
            assert policy["base-uri"] == "'none'"
            assert policy["form-action"] in {"'self'", "'none'"}
            assert policy["frame-ancestors"] in {"'self'", "'none'"}
            if not address.startswith("/cms/"):
                assert "unsafe" not in headers["Content-Security-Policy"]
            if user and status == 200:
                assert headers["Cache-Control"] == "private, no-store" or address.startswith("/cms/")
                assert "no-store" in headers["Cache-Control"] or "no-cache" in headers["Cache-Control"]


def test_policy_of_the_cms_allows_nothing_that_it_does_not_need(client: Client, admin: User) -> None:
    client.force_login(admin)

    policy = client.get("/cms/").headers["Content-Security-Policy"]

    assert sorted(part.strip() for part in policy.split(";")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "frame-src 'self'",
        "img-src 'self' data: blob:",
        "manifest-src 'self'",
        "media-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "script-src-attr 'unsafe-hashes' 'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='",
        "style-src 'self' 'unsafe-inline'",
        "style-src-attr 'unsafe-hashes' 'sha256-lV8Fp8Lv5uCAGuMmJenBsrrffN7ZvxS3aDIhPUg2Nd0='",
    ]


def test_error_of_ours_and_busy_database_carry_the_policy_too(client: Client) -> None:
    with override_settings(ROOT_URLCONF="tests.support.broken_urls"):
        client.raise_request_exception = False
        response = client.get("/broken/")

    assert response.status_code == 500
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "camera=()" in response.headers["Permissions-Policy"]
