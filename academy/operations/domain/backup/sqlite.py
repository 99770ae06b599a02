"""SQLite: copied online, by its own interface for backups, while others read and write."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic

from django.db.backends.base.base import BaseDatabaseWrapper

from academy.operations.domain.backup.errors import BackupRefused
from academy.operations.domain.backup.files import settle
from academy.operations.domain.restored import mark_statement

# How long a copy waits for a writer who does not finish.
PATIENCE = 20.0


class SqliteEngine:
    """The embedded database."""

    kind = "sqlite"
    dump_name = "database.sqlite3"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    @property
    def path(self) -> Path:
        """The file of the database."""
        return Path(self.connection.settings_dict["NAME"])

    def version(self) -> int:
        """The major version of the file format, which has not changed since 2004."""
        return sqlite3.sqlite_version_info[0]

    def is_empty(self) -> bool:
        """Whether there is no table yet."""
        return not self.tables()

    def tables(self) -> dict[str, int]:
        """The rows of each table now."""
        with closing(sqlite3.connect(self.path)) as database:
            return _count(database)

    def dump(self, target: Path) -> dict[str, int]:
        """Copy the database to ``target`` and read the copy."""
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(target)) as copy:
            _copy(source, copy)
            # One file, without a journal beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            # A copy of a copy is a copy of the site, and is marked when it is restored.
            copy.execute("PRAGMA user_version = 0")
            _require_whole(copy)
            counted = _count(copy)
        settle(target)
        return counted

    def load(self, source: Path, *, made_by: int) -> None:
        """Mark a copy of the dump, then put it into the file of the database in one transaction."""
        self.connection.close()
        with tempfile.TemporaryDirectory(dir=self.path.parent, prefix=".restoring-") as folder:
            staged = Path(folder, self.dump_name)
            with (
                closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as dump,
                closing(sqlite3.connect(staged)) as copy,
            ):
                _copy(dump, copy)
                _require_whole(copy)
                copy.execute(mark_statement(self.connection))
                with closing(sqlite3.connect(self.path, timeout=0.1)) as database:
                    _copy(copy, database)


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy all pages in one step: writers of the source go on, readers of the target see the old one until it is done."""
    try:
        source.backup(target, progress=_until(monotonic() + PATIENCE), sleep=0.05)
    except sqlite3.DatabaseError as error:
        raise BackupRefused(f"SQLite refused the copy: {error}.") from None


def _until(end: float) -> Callable[[int, int, int], None]:
    """Return what stops a copy that waits for a lock: SQLite itself would wait for ever."""

    def watch(status: int, remaining: int, total: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and monotonic() > end:
            raise BackupRefused("The database is in use: stop the web server and the worker, then try again.")

    return watch


def _require_whole(database: sqlite3.Connection) -> None:
    found = [row[0] for row in database.execute("PRAGMA integrity_check")]
    if found != ["ok"]:
        raise BackupRefused(f"SQLite says that the database is damaged: {found[0]}.")


def _count(database: sqlite3.Connection) -> dict[str, int]:
    names = [
        row[0]
        for row in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        )
    ]
    # Names from the database's own catalogue.
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
