"""When things happen in tests."""

from __future__ import annotations

from datetime import UTC, datetime

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
