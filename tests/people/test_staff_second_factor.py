"""Whoever may do more than learn has a second factor before they do it."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from academy.lib.access import PUBLIC, SIGNED_IN, STAFF, policy_of, rule
from academy.people.domain.factors import must_set_up_second_factor
from academy.people.middleware import SecondFactorMiddleware
from academy.people.models import User
from tests.factories.people import StaffFactory, UserFactory, add_second_factor
from tests.support.addresses import addresses

pytestmark = pytest.mark.django_db

WORDS = "Your account can do more than learn. Add a second step to signing in"


@pytest.fixture
def bare(client: Client) -> User:
    """A trainer without a second factor, signed in."""
    user: User = StaffFactory(second_factor=False)
    client.force_login(user)
    return user


def test_staff_without_one_is_led_to_set_one_up(client: Client, bare: User) -> None:
    response = client.get("/cms/", follow=True)

    assert response.redirect_chain == [(reverse("mfa_index"), 302)]
    assert f"{WORDS}, then that page opens." in response.text


def test_what_they_sent_is_said_to_be_lost(client: Client, bare: User) -> None:
    response = client.post("/cms/pages/", {"title": "x"}, follow=True)

    assert f"{WORDS}. What you just sent was not saved." in response.text


def test_script_of_the_cms_is_told_403(client: Client, bare: User) -> None:
    assert client.get("/cms/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_cms_opens_with_one(client: Client, bare: User) -> None:
    add_second_factor(bare)

    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("name", ["my", "my_settings", "my_sessions", "mfa_index", "account_logout", "help"])
def test_they_still_learn_set_up_and_sign_out(client: Client, bare: User, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


def test_no_address_above_learner_opens_without_one(bare: User) -> None:
    admin = UserFactory(is_superuser=True, second_factor=False)
    opened, tried = [], 0
    for address in addresses():
        policy = policy_of(address.match)
        assert policy is not None
        if policy in {PUBLIC, SIGNED_IN} or policy.name == "nobody":
            continue
        for user in (bare, admin):
            tried += 1
            if led_away(address.match, user) != reverse("mfa_index"):
                opened.append(f"{address.label} for {user}")
    assert opened == []
    assert tried > 300


def led_away(match: Any, user: User) -> str | None:
    request = RequestFactory().get("/")
    request.user, request.resolver_match = user, match
    request._messages = type("Messages", (), {"add": lambda *args: None})()
    response = SecondFactorMiddleware(lambda _request: HttpResponse()).process_view(request, match.func, [], {})
    return response["Location"] if response else None


@override_settings(MFA_REQUIRED_FOR_STAFF=False)
def test_demo_goes_without(client: Client, bare: User) -> None:
    assert client.get("/cms/").status_code == 200


def test_rule_counts_as_above_learner_until_it_says_otherwise() -> None:
    assert rule("trainers of the cohort", bool).above_learner
    assert not rule("learners of the cohort", bool, above_learner=False).above_learner
    assert [policy.above_learner for policy in (PUBLIC, SIGNED_IN, STAFF)] == [False, False, True]


def test_question_costs_one_query(trainer: User, admin: User, django_assert_num_queries: Any) -> None:
    for person in (trainer, admin):
        with django_assert_num_queries(1):
            assert not must_set_up_second_factor(person)
