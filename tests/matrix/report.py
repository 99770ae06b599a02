"""The figures of the matrix, outside pytest."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import setup_test_environment

from tests.matrix.cells import METHODS, mismatches, missing, places
from tests.matrix.world import build_world
from tests.support.addresses import addresses
from tests.support.databases import copied_database


def report() -> dict[str, Any]:
    """Ask everything, in a copy of the suite's test database, and return how much was asked and what is wrong.

    A database in memory would not do: readiness looks at it from another thread.
    """
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    database = copied_database(connection, base_dir=settings.BASE_DIR, worker="matrix")
    database.prepare()
    try:
        with transaction.atomic():
            figures = _ask_everything()
            transaction.set_rollback(True)
    finally:
        database.drop()
    return figures


def _ask_everything() -> dict[str, Any]:
    wrong, cells = missing(), 0
    if not wrong:
        world = build_world()
        asked = list(places(world))
        for kind, person in world.people.items():
            wrong += mismatches(kind, person, asked)
            cells += len(asked) * len(METHODS)
    return {"urls": len(list(addresses())), "cells": cells, "mismatches": wrong}
