"""The figures of the matrix, outside pytest."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test.utils import get_runner, setup_test_environment

from tests.matrix.cells import METHODS, mismatches, missing, places
from tests.matrix.world import build_world
from tests.support.addresses import addresses


def report() -> dict[str, Any]:
    """Ask everything, in a test database that is made for it, and return how much was asked and what is wrong."""
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with transaction.atomic():
            figures = _ask_everything()
            transaction.set_rollback(True)
    finally:
        runner.teardown_databases(databases)
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
