"""The site as people meet it: the real content, a server, browsers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from academy.exchange.content_pack import load_content
from academy.home.domain.demo import seed_journeys, seed_people
from academy.lib.clock import now
from academy.people.models import User
from tests.factories.people import add_second_factor
from tests.support.browser import Watch, sign_in
from tests.support.databases import CopiedDatabase, content_digest
from tests.support.journey import PASSWORD

PATIENCE = 20_000  # milliseconds, for machines that do much else

Visitors = Callable[..., BrowserContext]


def furnish() -> None:
    """Load the content pack and the people of the demo, by the verbs that the commands use."""
    at = now()
    logging.disable(logging.INFO)  # thousands of lines, which would hide what a failing test says
    load_content(root=settings.BASE_DIR / "academy" / "content", at=at)
    people = seed_people(password=PASSWORD, at=at)
    for name in ("trainer", "editor", "admin"):
        add_second_factor(people[name])
    seed_journeys(people=people, at=at)
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module", autouse=True)
def demo(copied: CopiedDatabase, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every test of the module begins with the demo as ``seed_demo`` makes it."""
    with (
        django_db_blocker.unblock(),
        copied.furnished(furnish, content=content_digest(settings.BASE_DIR)),
        django_db_blocker.block(),
    ):
        yield


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """Fails the test afterwards when a browser met what it must not."""
    watch = Watch(host=live_server.url.removeprefix("http://"))
    yield watch
    assert watch.faults == []


@pytest.fixture
def visitors(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[Visitors]:
    """Makes browsers of people: ``visitors(user, java_script_enabled=False)``. None is a stranger."""
    expect.set_options(timeout=PATIENCE)
    contexts = []

    def visitor(user: User | None = None, **options: Any) -> BrowserContext:
        context = browser.new_context(base_url=live_server.url, **{"locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch.over(context)
        if user:
            sign_in(context, user, url=live_server.url)
        return context

    yield visitor
    for context in contexts:
        context.close()
