from __future__ import annotations

from datetime import UTC, datetime

import time_machine

from academy.lib.clock import now


def test_now_is_aware_and_in_utc() -> None:
    with time_machine.travel(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), tick=False):
        assert now() == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
        assert now().tzinfo is UTC
