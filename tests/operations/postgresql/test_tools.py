"""The tools of PostgreSQL: the right version, and nobody reads the password."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from django.db import connection

from academy.operations.domain.backup import postgres
from academy.operations.domain.backup.errors import BackupRefused
from academy.operations.domain.backup.postgres import PostgresEngine, find_tool

TOOL = """#!{python}
import json, os, pathlib, sys
if "--version" in sys.argv:
    print("pg_dump (PostgreSQL) {version}.4 (Debian {version}.4-1)")
else:
    pathlib.Path({heard!r}).write_text(json.dumps([sys.argv, dict(os.environ)]))
    sys.exit("pg_dump: error: no such luck")
"""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three versions of pg_dump, which write down how they were called."""
    for version in (98, 99, 100):
        tool = tmp_path / str(version) / "bin" / "pg_dump"
        tool.parent.mkdir(parents=True)
        tool.write_text(TOOL.format(python=sys.executable, version=version, heard=str(tmp_path / "heard")))
        tool.chmod(0o755)
    monkeypatch.setattr(postgres, "TOOLS_OF_DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    return tmp_path


@pytest.mark.parametrize(("least", "found"), [(15, 98), (98, 98), (99, 99), (100, 100)])
def test_tool_is_the_oldest_that_will_do(tools: Path, least: int, found: int) -> None:
    assert find_tool("pg_dump", least=least) == str(tools / str(found) / "bin" / "pg_dump")


def test_tool_that_is_too_old_is_refused_in_a_sentence(tools: Path) -> None:
    with pytest.raises(BackupRefused) as refused:
        find_tool("pg_dump", least=101)

    assert str(refused.value) == (
        "pg_dump of PostgreSQL 101 or newer is not installed here (apt install postgresql-client)."
    )


@pytest.mark.django_db
def test_password_is_in_the_environment_alone(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "c4n4ry")

    with pytest.raises(BackupRefused, match=r"^PostgreSQL refused to be copied: pg_dump: error: no such luck$"):
        PostgresEngine(connection).dump(tmp_path / "database.dump")

    arguments, environment = json.loads((tools / "heard").read_text())
    assert environment["PGPASSWORD"] == "c4n4ry"
    assert environment["PGDATABASE"] == connection.settings_dict["NAME"]
    assert environment["PGOPTIONS"] == (
        "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout=10000"
    )
    assert "c4n4ry" not in " ".join(arguments)
