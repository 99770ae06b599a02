"""Pages for what went wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings
from django.urls import get_resolver
from django.utils import translation

from academy.home.errors import bad_request, server_error
from academy.home.models import HomePage
from academy.people.models import User
from tests.factories.framework import RoleLevelFactory


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_page_not_found_is_ours_and_leads_home(client: Client, site_tree: HomePage) -> None:
    response = client.get("/en/nothing/here/")

    assert response.status_code == 404
    assert '<h1 class="govuk-heading-l">Page not found</h1>' in text(response)
    assert '<a class="govuk-link" href="/en/">Go to the home page</a>' in text(response)
    assert "<title>Page not found – Procurement Academy</title>" in text(response)


@pytest.mark.django_db
def test_page_not_found_speaks_the_language_of_the_address(client: Client, site_tree: HomePage) -> None:
    assert '<html class="govuk-template" lang="es" dir="ltr"' in text(client.get("/es/nothing/"))


@pytest.mark.django_db
def test_forbidden_page_names_the_account(client: Client, site_tree: HomePage, learner: User) -> None:
    client.force_login(learner)

    response = client.get("/cms/styleguide/")

    assert response.status_code == 403
    assert "You are signed in as Lea Learner, and this page is not for that account." in text(response)


@pytest.mark.django_db
def test_old_form_is_explained_and_says_how_to_save_what_one_wrote(site_tree: HomePage) -> None:
    response = Client(enforce_csrf_checks=True).post("/en/appearance/", {"theme": "dark"})

    assert response.status_code == 403
    assert '<h1 class="govuk-heading-l">This form is too old to send</h1>' in text(response)
    assert "Nothing was changed." in text(response)
    assert "theme" not in response.cookies


def test_server_error_needs_no_database(rf: RequestFactory) -> None:
    # Without the mark, a query here fails the test.
    response = server_error(rf.get("/en/playbook/"))

    assert response.status_code == 500
    assert '<h1 class="govuk-heading-l">Something went wrong here</h1>' in text(response)
    assert "<title>Something went wrong here – Procurement Academy</title>" in text(response)
    assert '<link rel="stylesheet" href="/static/dist/academy.css">' in text(response)


def test_server_error_shows_the_number_that_the_log_knows(rf: RequestFactory) -> None:
    request = rf.get("/en/playbook/")
    assert "give this number" not in text(server_error(request))
    request.request_id = "0123abcd"

    assert "If you write to us about it, give this number: <strong>0123abcd</strong>." in text(server_error(request))


def test_server_error_right_to_left_has_the_turned_sheet(rf: RequestFactory) -> None:
    with translation.override("ar"):
        html = text(server_error(rf.get("/")))

    assert '<html class="govuk-template" lang="ar" dir="rtl">' in html
    assert '<link rel="stylesheet" href="/static/dist/academy.rtl.css">' in html


def test_bad_request_repeats_nothing_of_it(rf: RequestFactory) -> None:
    response = bad_request(rf.get("/?q=<script>"), SuspiciousOperation("<script>"))

    assert response.status_code == 400
    assert '<h1 class="govuk-heading-l">We could not read that request</h1>' in text(response)
    assert "<script" not in text(response)


def test_handlers_are_ours() -> None:
    resolver = get_resolver()

    assert [resolver.resolve_error_handler(code).__module__ for code in (400, 403, 404, 500)] == [
        "academy.home.errors"
    ] * 4


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.support.broken_urls")
def test_fault_in_a_view_shows_our_page(site_tree: HomePage) -> None:
    response = Client(raise_request_exception=False).get("/broken/")

    assert response.status_code == 500
    assert "It is our fault, not yours." in text(response)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_busy_database_says_that_nothing_was_saved_and_when_to_try_again(
    method: str, client: Client, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(**asked: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("academy.home.views.my.my_learning", locked)
    monkeypatch.setattr("academy.records.views.set_aim", locked)
    client.force_login(learner)

    if method == "get":
        response = client.get("/en/my/")
    else:
        response = client.post("/en/my/aim/", {"role_level": RoleLevelFactory().pk})

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "What you just sent was not saved." in text(response)
    assert "database is locked" not in text(response)
