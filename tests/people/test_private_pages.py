"""What a signed-in person sees stays out of every cache."""

from __future__ import annotations

import pytest
from django.test import Client

from academy.home.models import HomePage
from academy.people.models import User


@pytest.mark.parametrize("address", ["/en/", "/en/my/", "/en/my/settings/", "/en/help/"])
def test_pages_of_a_signed_in_person_are_stored_nowhere(
    address: str, client: Client, site_tree: HomePage, learner: User
) -> None:
    client.force_login(learner)

    policy = client.get(address)["Cache-Control"]

    assert {"private", "no-store"} <= {part.strip() for part in policy.split(",")}


def test_form_with_errors_stays_in_the_browser_for_back(client: Client, site_tree: HomePage, learner: User) -> None:
    client.force_login(learner)

    response = client.post("/en/my/settings/", {"display_name": ""})

    assert "Enter your name." in response.content.decode()
    assert response["Cache-Control"] == "private"


@pytest.mark.parametrize("address", ["/en/", "/en/help/"])
def test_public_pages_of_a_visitor_may_be_kept(address: str, client: Client, site_tree: HomePage) -> None:
    assert not client.get(address).has_header("Cache-Control")
