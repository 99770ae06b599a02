"""What every test may ask for."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker
from wagtail.models import Site

from academy.home.models import HomePage
from academy.people.models import User
from tests.factories.home import HomePageFactory
from tests.factories.people import EDITORS, StaffFactory, UserFactory
from tests.support.databases import MARKUP, NO_DATABASE, CopiedDatabase, copied_database
from tests.support.moment import AT

# Playwright keeps an event loop running in this thread; Django would take our queries for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A tenth of the suite's time went into looking for garbage among the models that stay.
gc.set_threshold(50_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the gate run on a second database what may differ there, and no more."""
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out what no database changes and was tested with the first",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the first database has answered for."""
    if config.getoption("--second-database"):
        once = NO_DATABASE + MARKUP
        again = [item for item in items if not item.nodeid.startswith(once)]
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid.startswith(once)])
        items[:] = again


@pytest.fixture(scope="session")
def copied(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[CopiedDatabase]:
    """The copy of a database that was migrated once, in which this process works."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    database = copied_database(connection, base_dir=settings.BASE_DIR, worker=worker)

    def restore(case: TransactionTestCase) -> None:
        database.restore()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        with django_db_blocker.unblock():
            database.prepare()
        yield database
        with django_db_blocker.unblock():
            database.drop()


@pytest.fixture(scope="session")
def django_db_setup(copied: CopiedDatabase) -> None:
    """Replaces the fixture of pytest-django."""


@pytest.fixture(autouse=True)
def no_traces() -> Iterator[None]:
    """Start with an empty cache, in English and in UTC, whatever the test before left."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium of this machine where there is one, and keep it from calling home."""
    quiet = [
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    # Chromium's sandbox does not work for root, who runs the tests in containers.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": [*quiet, *root]}


@pytest.fixture
def at() -> datetime:
    """A moment to act at."""
    return AT


@pytest.fixture
def learner(db: None) -> User:
    """Somebody who learns."""
    return UserFactory(email="learner@example.org", display_name="Lea Learner")


@pytest.fixture
def outsider(db: None) -> User:
    """Another learner, who must see nothing of the first one's."""
    return UserFactory(email="outsider@example.org", display_name="Otto Outsider")


@pytest.fixture
def trainer(db: None) -> User:
    """Somebody who writes and teaches."""
    return StaffFactory(email="trainer@example.org", display_name="Tara Trainer")


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who edits pages."""
    return StaffFactory(email="editor@example.org", display_name="Edda Editor", kinds=EDITORS)


@pytest.fixture
def manager(db: None) -> User:
    """Somebody who answers for learners."""
    return UserFactory(email="manager@example.org", display_name="Manu Manager")


@pytest.fixture
def admin(db: None) -> User:
    """Somebody who may do everything."""
    return UserFactory(email="admin@example.org", display_name="Ada Admin", is_superuser=True)


@pytest.fixture
def site_tree(db: None) -> HomePage:
    """The English home page as the root of the site, and nothing below it."""
    home: HomePage = HomePageFactory(title="Home", slug="en")
    site = Site.objects.get()
    site.root_page = home
    site.save()
    return home
