"""Safe methods write nothing: whoever looks, wherever they look."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from academy.people.api import is_staff
from academy.people.models import User
from tests.factories.people import UserFactory, add_second_factor
from tests.support.addresses import addresses
from tests.support.crawl import crawl, kind_of
from tests.support.people import one_of_each
from tests.support.readonly import WroteOnASafeMethod, cookie_sessions, read_only

# What Wagtail notes down while one looks at its pages; nothing of it is about learners or content.
NOTES_OF_THE_CMS = {
    "wagtailadmin_editingsession",  # who has this page open in the editor
    "wagtailcore_pagesubscription",  # whether its editor hears of comments on this page
    "wagtailusers_userprofile",  # the preferences of a person, made when first asked for
}

# A list of theirs has no order: a page of it may repeat a row, which is no fault of ours.
THEIR_LISTS = "ignore:Pagination may yield inconsistent results.*wagtail_localize"

pytestmark = pytest.mark.django_db


class Reader:
    """A client that only looks, and keeps account of what went wrong."""

    def __init__(self, user: Any) -> None:
        self.client = Client(raise_request_exception=False)
        self.faults: list[str] = []
        self.name = getattr(user, "display_name", "") or "anonymous"
        if not isinstance(user, AnonymousUser):
            self.client.force_login(user)

    def get(self, address: str) -> HttpResponse | None:
        """Look at an address while nothing can be written."""
        notes = NOTES_OF_THE_CMS if address.startswith("/cms/") else set()
        with read_only(except_tables=notes):
            response = self.client.get(address)
        if response.status_code >= 500:
            self.faults.append(f"{self.name} at {address}: {response.exc_info and response.exc_info[1]!r}")
        return response


def test_the_helper_refuses_writes_and_lets_them_through_again() -> None:
    with pytest.raises(DatabaseError), read_only():
        UserFactory(display_name="Nobody")
    with pytest.raises(WroteOnASafeMethod), read_only(except_tables={"wagtailusers_userprofile"}):
        UserFactory(display_name="Nobody")

    UserFactory(display_name="Somebody")

    assert [user.display_name for user in User.objects.all()] == ["Somebody"]


def test_the_helper_finds_a_view_that_writes(client: Client) -> None:
    """Signing in writes: in a stretch without writes it cannot succeed."""
    user = UserFactory()

    with pytest.raises(DatabaseError), read_only():
        client.force_login(user)


@pytest.mark.filterwarnings(THEIR_LISTS)
def test_looking_at_any_address_writes_nothing() -> None:
    faults = []
    with cookie_sessions():
        for role, user in one_of_each().items():
            reader = Reader(user)
            for address in addresses():
                # Staff alone gets into the CMS, and editors to nothing there that trainers do not see.
                if not address.path.startswith("/cms/") or role in {"trainer", "admin"}:
                    reader.get(address.path)
            faults += reader.faults
    assert faults == []


@pytest.mark.filterwarnings(THEIR_LISTS)
def test_following_the_links_of_the_demo_writes_nothing_and_leads_nowhere_wrong() -> None:
    """Every kind of person follows the links from the home page, their own page and the CMS."""
    with override_settings(DEBUG=True):
        call_command("seed_demo", stdout=StringIO())
    for person in User.objects.all():
        if is_staff(person):
            add_second_factor(person)
    faults, seen = [], set()
    with cookie_sessions():
        for user in (AnonymousUser(), *User.objects.order_by("email")):
            reader = Reader(user)
            start = ["/", "/en/", "/es/", "/id/", reverse("my"), "/cms/"]
            for address, response in crawl(start=start, get=reader.get, of_a_kind=2):
                seen.add(kind_of(address))
                # A script of the CMS completes some of its links.
                if response.status_code == 404 and "/cms/" not in address:
                    faults.append(f"{reader.name} at {address}: there is no such page")
            faults += reader.faults
    assert faults == []
    # So that a crawl that finds no links is not taken for a clean one.
    assert seen >= {"page en/playbook 4", "page en/courses 5", "my", "my_settings", "verify", "wagtailadmin_pages:edit"}
    assert len(seen) > 60
