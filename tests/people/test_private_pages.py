"""What a signed-in person sees stays out of every cache."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

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


def test_no_door_takes_a_password_that_several_people_share(client: Client, site_tree: HomePage) -> None:
    """Not even one that was set in the database: nobody counts how often such a password is tried."""
    page = PageViewRestriction.objects.create(page=site_tree, restriction_type="password", password="x")
    files = CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type="password", password="x"
    )
    doors = [
        reverse("wagtailcore_authenticate_with_password", args=[page.pk, site_tree.pk]),
        reverse("wagtaildocs_authenticate_with_password", args=[files.pk]),
    ]

    # What stands outside the languages is looked for in one of them first.
    answers = [client.post(door, {"password": "x", "return_url": "/en/"}, follow=True) for door in doors]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert dict(client.session) == {}
