"""Hostile input: whatever is sent to whatever page, nothing breaks, and nothing comes back as markup."""

from __future__ import annotations

import logging
from io import StringIO
from itertools import islice
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from academy.people.models import User
from tests.factories.people import add_second_factor
from tests.support.addresses import addresses
from tests.support.crawl import crawl
from tests.support.hostile import REFLECTED, Attack, Form, Forms, attacks

pytestmark = pytest.mark.django_db

SEED = 20_261
REQUESTS = {"nobody": 750, "learner": 750, "administrator": 500}
THEIR_LISTS = "ignore:Pagination may yield inconsistent results.*wagtail_localize"


class Attacker:
    """Somebody who sends hostile requests, each against the site as it was before the first."""

    def __init__(self, user: User | None) -> None:
        self.cookies: dict[str, str] = {}
        self.faults: list[str] = []
        self.statuses: dict[int, int] = {}
        if user:
            client = Client()
            client.force_login(user)
            self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def client(self) -> Client:
        client = Client(raise_request_exception=False)
        for name, value in self.cookies.items():
            client.cookies[name] = value
        return client

    def look(self, address: str) -> Any:
        return self.client().get(address)

    def attack(self, attack: Attack) -> None:
        with transaction.atomic():
            response = attack.send(self.client())
            transaction.set_rollback(True)
        self.statuses[response.status_code] = self.statuses.get(response.status_code, 0) + 1
        if response.status_code >= 500:
            self.faults.append(f"{response.status_code} {attack.label}: {response.exc_info and response.exc_info[1]!r}")
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            text = response.content.decode(errors="replace")
            self.faults += [f"{mark} came back: {attack.label}" for mark in REFLECTED if mark in text]
            self.faults += [f"traceback: {attack.label}"] if "Traceback (most recent" in text else []
        if any("\n" in value or "\r" in value for value in response.headers.values()):
            self.faults.append(f"header split: {attack.label}")


def surface(attacker: Attacker, start: list[str]) -> tuple[list[tuple[str, set[str]]], list[Form]]:
    """Return the pages that somebody gets to, with the parameters of their forms, and what they can send."""
    pages, forms = [], {}
    for address, response in crawl(start=start, get=attacker.look, of_a_kind=1):
        names: set[str] = set()
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            parser = Forms(at=address)
            parser.feed(response.text)
            names = parser.asked
            for form in parser.posted:
                forms.setdefault((form.address.partition("?")[0], tuple(form.fields)), form)
        pages.append((address, names))
    return pages, list(forms.values())


@pytest.mark.filterwarnings(THEIR_LISTS)
def test_two_thousand_hostile_requests_break_nothing_and_come_back_as_no_markup() -> None:
    with override_settings(DEBUG=True):
        call_command("seed_demo", stdout=StringIO())
    administrator = User.objects.get(email="admin@example.org")
    add_second_factor(administrator)
    # Two thousand lines would hide what the test says.
    logging.disable(logging.CRITICAL)
    everywhere = [address.path for address in addresses() if not address.path.startswith("/cms/")]
    cms = [address.path for address in addresses() if address.path.startswith("/cms/")]
    people = {
        "nobody": (None, ["/", "/en/", *everywhere]),
        "learner": (User.objects.get(email="learner@example.org"), [reverse("my"), *everywhere]),
        "administrator": (administrator, ["/cms/", *cms]),
    }
    faults, statuses = [], {}
    for name, (user, start) in people.items():
        attacker = Attacker(user)
        pages, forms = surface(attacker, start)
        for attack in islice(attacks(Random(f"{SEED} {name}"), pages, forms), REQUESTS[name]):  # noqa: S311 -- the same each time
            attacker.attack(attack)
        faults += attacker.faults
        statuses[name] = attacker.statuses
    logging.disable(logging.NOTSET)
    assert faults == []
    assert sum(sum(counted.values()) for counted in statuses.values()) == 2_000
    # So that a walk that meets closed doors alone is not taken for a clean one.
    assert {name: counted[200] > sum(counted.values()) / 4 for name, counted in statuses.items()} == dict.fromkeys(
        REQUESTS, True
    )
