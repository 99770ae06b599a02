"""What a database must be able to do to be backed up."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from academy.operations.domain.backup.postgres import PostgresEngine
from academy.operations.domain.backup.sqlite import SqliteEngine

Tables = dict[str, int]


class Engine(Protocol):
    """A database that can be copied out and put back."""

    kind: str
    dump_name: str

    def version(self) -> int:
        """The major version of the server or library."""

    def is_empty(self) -> bool:
        """Whether there is no table yet."""

    def tables(self) -> Tables:
        """The rows of each table now."""

    def dump(self, target: Path) -> Tables:
        """Write one consistent moment of the database to ``target``. Returns the rows of each table at that moment."""

    def load(self, source: Path, *, made_by: int) -> None:
        """Put the dump in place of everything in the database and mark it as restored; all of it or nothing."""


def engine_of(connection: BaseDatabaseWrapper) -> Engine:
    """Return the engine for the database of ``connection``."""
    return PostgresEngine(connection) if connection.vendor == "postgresql" else SqliteEngine(connection)
