"""Who is alive: each worker holds a lock that ends with it, however it ends.

On PostgreSQL a session's advisory lock, over a connection of its own; on SQLite, which lives on one machine, a locked
file beside the database. Names are random and never used twice, so a lock that is free belongs to the dead.
"""

from __future__ import annotations

import fcntl
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.db import DatabaseError, InterfaceError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.crypto import get_random_string

NAME_LENGTH = 32


class Identity(ABC):
    """The name of a worker, and the lock that proves that it lives."""

    def __init__(self) -> None:
        self.name = get_random_string(NAME_LENGTH)

    @abstractmethod
    def take(self) -> None:
        """Take the lock. Raises what the database raises when it is away."""

    @abstractmethod
    def is_held(self) -> bool:
        """Say whether the lock is ours still."""

    @abstractmethod
    def give_up(self) -> None:
        """Let go of it."""


class SessionLock(Identity):
    """An advisory lock of PostgreSQL."""

    # Either side notices within half a minute that the other's machine is gone.
    OPTIONS = {
        "application_name": "academy worker lock",
        "connect_timeout": 10,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 25_000,
        "options": "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c idle_session_timeout=0",
    }

    def __init__(self) -> None:
        super().__init__()
        self.connection: BaseDatabaseWrapper = connection.copy()
        self.connection.settings_dict["OPTIONS"] = {**self.connection.settings_dict["OPTIONS"], **self.OPTIONS}
        # A connection that mends itself would hide that the lock is gone.
        self.connection.settings_dict["CONN_HEALTH_CHECKS"] = False
        # Taken by the worker's thread, asked after by the watchdog's.
        self.connection.inc_thread_sharing()

    def take(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [lock_number(self.name)])

    def is_held(self) -> bool:
        if self.connection.connection is None:
            return False
        try:
            with self.connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except (DatabaseError, InterfaceError):
            return False
        return True

    def give_up(self) -> None:
        with suppress(DatabaseError, InterfaceError):  # a connection that is gone holds nothing
            self.connection.close()


class FileLock(Identity):
    """A locked file beside an SQLite database; the operating system unlocks it when the process ends."""

    def __init__(self) -> None:
        super().__init__()
        self.path = lock_path(self.name)
        self.file: IO[str] | None = None

    def take(self) -> None:
        remove_locks_of_the_dead()
        # Locked before it has its name: nobody can meet it unlocked and take us for dead.
        unnamed = self.path.with_name(f"{self.path.name}.new")
        self.file = unnamed.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)
        unnamed.rename(self.path)

    def is_held(self) -> bool:
        return self.path.exists()

    def give_up(self) -> None:
        self.path.unlink(missing_ok=True)
        if self.file:
            self.file.close()


def lock_path(worker: str) -> Path:
    """Return the file that a worker on this SQLite database locks."""
    database = Path(connection.settings_dict["NAME"])
    return database.with_name(f"{database.name}.worker-{worker}")


def remove_locks_of_the_dead() -> None:
    """Remove the files of workers that were killed. Their tasks are told to be theirs by the missing file as well."""
    if connection.vendor == "postgresql":
        return  # they went with the sessions
    pattern = lock_path("?" * NAME_LENGTH)
    for path in pattern.parent.glob(pattern.name):
        with gone(path.name[-NAME_LENGTH:]):
            pass  # looking is enough


def lock_number(worker: str) -> int:
    """Return the 64-bit number by which PostgreSQL knows a worker's lock."""
    return int.from_bytes(hashlib.sha256(worker.encode()).digest()[:8], signed=True)


def new_identity() -> Identity:
    """Return a name with a lock that fits the database; nobody holds it yet."""
    return SessionLock() if connection.vendor == "postgresql" else FileLock()


@contextmanager
def gone(worker: str) -> Iterator[bool]:
    """Say whether the worker of that name is dead; inside a transaction, which keeps the answer true."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number(worker)])
            yield cursor.fetchone()[0]
        return
    try:
        file = lock_path(worker).open("r+")
    except FileNotFoundError:
        yield True
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        lock_path(worker).unlink(missing_ok=True)
        yield True
