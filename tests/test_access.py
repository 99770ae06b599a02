"""Deny by default: every address says who may use it, and the middleware keeps to it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from academy.lib.access import Policy, policy_of
from academy.people.middleware import AccessMiddleware
from tests.support.addresses import Address, addresses, undeclared
from tests.support.people import one_of_each

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
EVERYBODY = {"anonymous", "learner", "trainer", "manager", "editor", "admin", "operator"}
MAY: Mapping[str, set[str]] = {
    "public": EVERYBODY,
    "signed in": EVERYBODY - {"anonymous"},
    "staff": EVERYBODY - {"anonymous", "learner"},
    "auditor": {"admin", "operator"},
    "nobody": set(),
}

pytestmark = pytest.mark.django_db


def expected(role: str, user: Any, policy: Policy) -> str:
    allowed = role in MAY[policy.name] if policy.name in MAY else policy.test(user)
    if allowed:
        return "open"
    if policy.refusal.value == "hide":
        return "404"
    return "sign in" if role == "anonymous" else "403"


def answer(address: Address, user: Any, method: str) -> str:
    request = RequestFactory().generic(method, address.path)
    request.user = user
    request.resolver_match = address.match
    request._messages = CookieStorage(request)
    try:
        response = AccessMiddleware(lambda _request: HttpResponse()).process_view(
            request, address.match.func, list(address.match.args), address.match.kwargs
        )
    except PermissionDenied:
        return "403"
    except Http404:
        return "404"
    if response is None:
        return "open"
    assert response.status_code == 302
    assert response["Location"].startswith(f"{reverse('account_login')}?next=")
    return "sign in"


def test_every_address_declares_who_may_use_it() -> None:
    assert undeclared() == []


def test_middleware_answers_as_declared_for_every_role_and_method() -> None:
    people = one_of_each()
    wrong = []
    for address in addresses():
        policy = policy_of(address.match)
        assert policy is not None
        for role, user in people.items():
            for method in METHODS:
                is_, should_be = answer(address, user, method), expected(role, user, policy)
                if is_ != should_be:
                    wrong.append(f"{method} {address.label} for {role}: {is_}, not {should_be}")
    assert wrong == []


def test_nothing_of_ours_stands_in_front_of_another_view_by_accident() -> None:
    in_front = {address.path for address in addresses() if address.shadowed}

    # Wagtail's own password reset: ours answers.
    assert in_front == {
        "/cms/password_reset/done/",
        "/cms/password_reset/confirm/1/1/",
        "/cms/password_reset/complete/",
    }


def test_cms_is_for_staff_but_for_the_ways_in_and_out() -> None:
    policies = {
        address.path: policy_of(address.match).name for address in addresses() if address.path.startswith("/cms/")
    }

    whole = "sees the whole history"
    assert len(policies) > 150
    named = {
        "staff",
        "auditor",
        "nobody",
        "sees grants",
        "gives grants",
        "sees people",
        "closes accounts",
        "invites people",
        "sees questions",
        "administers the site",
        whole,
    }
    assert {path for path, name in policies.items() if name not in named} == {
        "/cms/login/",
        "/cms/logout/",
        "/cms/password_reset/",
        "/cms/password_reset/x/y",
        "/cms/password_reset/done/",
        "/cms/password_reset/confirm/1/1/",
        "/cms/password_reset/complete/",
    }
    assert policies["/cms/reports/site-history/"] == policies["/cms/reports/site-history/results/"] == whole
    assert policies["/cms/failwhale/"] == "nobody"


@override_settings(ROOT_URLCONF="tests.support.undeclared_urls")
def test_undeclared_view_is_refused_to_everybody_and_found_by_the_walk(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="academy.people.middleware"):
        for user in one_of_each().values():
            if not isinstance(user, AnonymousUser):
                client.force_login(user)
            response = client.get("/forgotten/")
            assert response.status_code == 403
            assert "secret" not in response.text
    assert undeclared() == ["/forgotten/ (forgotten)"]
    assert caplog.messages[0] == "Refused: forgotten declares no access policy."


def test_visitor_signs_in_and_goes_back_to_where_they_wanted(client: Client) -> None:
    response = client.get("/en/my/settings/?from=mail")

    assert response.status_code == 302
    assert response["Location"] == "/en/account/login/?next=/en/my/settings/%3Ffrom%3Dmail"


def test_visitor_of_the_cms_signs_in_where_everybody_does(client: Client) -> None:
    response = client.get("/cms/pages/")

    assert response.status_code == 302
    assert response["Location"] == "/en/account/login/?next=/cms/pages/"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/en/my/settings/?a=b", "/en/my/settings/%3Fa%3Db"),
        ("http://elsewhere.example/en/my/settings/", "/"),
        ("javascript:alert(1)", "/"),
        ("//elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_what_a_visitor_sends_is_answered_with_words_and_the_way_back(client: Client, referer: str, back: str) -> None:
    response = client.post("/en/my/settings/", {"display_name": "Ann"}, headers={"referer": referer})

    assert response.status_code == 302
    assert response["Location"] == f"/en/account/login/?next={back}"
    page = client.get(response["Location"])
    assert "Sign in to go on. What you just sent was not saved." in page.text


def test_script_of_the_cms_is_told_403_not_a_sign_in_page(client: Client) -> None:
    response = client.post("/cms/pages/", headers={"x-requested-with": "XMLHttpRequest"})

    assert response.status_code == 403


def test_learner_sees_our_page_in_place_of_the_cms(client: Client) -> None:
    client.force_login(one_of_each()["learner"])

    response = client.get("/cms/")

    assert response.status_code == 403
    assert "You are signed in as Lea, and this page is not for that account." in response.text
