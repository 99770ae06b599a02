"""Two countries, built once for a module."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.matrix.world import World, build_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Both countries, built once for all kinds of people."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def no_log() -> Iterator[None]:
    """Thousands of refusals are logged as they should be, and cost more than they tell here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
    # While what Wagtail leaves open is still passed over.
    gc.collect()
