"""A wrong environment is told in one sentence with the remedy."""

import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scripts import preflight

FORM = "postgres://user:password@host:5432/name or sqlite:///path"


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "80a", "\uff18\uff10"])
def test_port_not_a_port_number(value: str) -> None:
    assert preflight.port_problem(value) == (
        f"PORT must be a number from 1 to 65535, not {value!r}: try PORT=8001 make run."
    )


def test_port_in_use(taken_port: int) -> None:
    assert preflight.port_problem(str(taken_port)) == (
        f"Port {taken_port} is in use: stop what uses it, or try PORT={preflight.other_port(taken_port)} make run."
    )


def test_port_free(taken_port: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    assert preflight.port_problem(str(free)) is None


def test_other_port_at_the_end_of_the_range() -> None:
    assert (preflight.other_port(8000), preflight.other_port(65535)) == (8001, 8001)


def test_folder_missing_is_made(tmp_path: Path) -> None:
    assert preflight.folder_problem(tmp_path / "var", free_bytes=0) is None
    assert list(tmp_path.iterdir()) == [tmp_path / "var"]


def test_folder_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")
    assert preflight.folder_problem(tmp_path / "var") == (
        "The folder var/ cannot be written to (File exists): correct its rights or free some space."
    )


def test_folder_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # Rights alone stop nobody who runs the suite as root.
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert preflight.folder_problem(tmp_path) == (
        f"The folder {tmp_path.name}/ cannot be written to (Permission denied): correct its rights or free some space."
    )


def test_folder_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda _: SimpleNamespace(free=12_345_678))
    assert preflight.folder_problem(tmp_path) == (
        "Only 12 MB are left on the disk and 200 are needed: free some space."
    )


@pytest.mark.parametrize(
    "url", ["nonsense", "postgres://host:port/name", "postgres:///name", "postgres://host", "sqlite:///"]
)
def test_database_url_malformed(url: str) -> None:
    assert preflight.database_problem(url) == f"DATABASE_URL is malformed: it must look like {FORM}."


def test_database_url_of_another_kind() -> None:
    assert preflight.database_problem("mysql://host/name") == (
        f"DATABASE_URL starts with 'mysql', which the academy cannot use: it must look like {FORM}."
    )


def test_database_sqlite_in_a_new_folder(tmp_path: Path) -> None:
    assert preflight.database_problem(f"sqlite:///{tmp_path}/data/academy.sqlite3") is None
    assert (tmp_path / "data").is_dir()


def test_database_that_refuses(taken_port: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = probe.getsockname()[1]
    assert preflight.database_problem(f"postgres://user:secret@127.0.0.1:{closed}/academy") == (
        f"The database 127.0.0.1:{closed}/academy cannot be reached (Connection refused): "
        "start it, or correct DATABASE_URL."
    )


def test_database_without_a_role_hides_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**arguments: Any) -> None:
        assert arguments["password"] == "p@ss"
        raise preflight.psycopg2.OperationalError(
            'connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  password authentication failed for '
            'user "ann"\nconnection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  again'
        )

    monkeypatch.setattr(preflight.psycopg2, "connect", refuse)
    assert preflight.database_problem("postgresql://ann:p%40ss@db/academy") == (
        'The database db:5432/academy cannot be reached (password authentication failed for user "ann"): '
        "start it, or correct DATABASE_URL."
    )


def test_database_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    old = SimpleNamespace(server_version=140_011, close=lambda: None)
    monkeypatch.setattr(preflight.psycopg2, "connect", lambda **_: old)
    assert preflight.database_problem("postgres://ann@db/academy") == (
        "The database db:5432/academy is PostgreSQL 14 and the academy needs 15: "
        "upgrade it, or unset DATABASE_URL to use SQLite."
    )


def test_database_new_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    new = SimpleNamespace(server_version=150_018, close=lambda: None)
    monkeypatch.setattr(preflight.psycopg2, "connect", lambda **_: new)
    assert preflight.database_problem("postgres://ann@db/academy") is None


def test_python_too_old(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(preflight.sys, "version_info", (3, 10, 12))
    assert list(preflight.problems("setup", {}, tmp_path)) == [
        "The academy needs Python 3.11 to 3.14: remove .venv, install such a Python and run this again."
    ]


def test_problems_port_matters_when_serving_only(tmp_path: Path, taken_port: int) -> None:
    environment = {"PORT": str(taken_port)}
    assert list(preflight.problems("setup", environment, tmp_path)) == []
    assert len(list(preflight.problems("serve", environment, tmp_path))) == 1


def test_main_with_a_problem_prints_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert preflight.main("serve", {"PORT": "x", "DATABASE_URL": "mysql://h/n"}) == 1
    assert capsys.readouterr().err == "PORT must be a number from 1 to 65535, not 'x': try PORT=8001 make run.\n"


def test_main_without_a_problem_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert preflight.main("setup", {}) == 0
    assert capsys.readouterr().err == ""
