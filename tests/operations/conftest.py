"""Which of these tests need a PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

# Time-outs, a server that hangs and settings of a server: the embedded database has none of these, so the tests in
# that folder belong to the run of the suite on PostgreSQL alone.
if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    collect_ignore = ["postgresql"]


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where originals lie in each of these tests: not where those of a developer do."""
    folder = tmp_path / "uploads"
    monkeypatch.setattr(settings, "PRIVATE_ROOT", folder)
    return folder
