"""Whether this process can serve: a table of checks, looked at in a thread of its own with a deadline.

A database that hangs blocks whoever asks it, and no time-out of its own ends that. So the checks run in one thread
for each process; who wants to know waits for it at most ``DEADLINE`` seconds, and a check that has said nothing by
then has failed. However often somebody asks, one thread looks at a time, and what it found is fresh for a second.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache as once
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from academy.jobs.api import queue_age
from academy.lib.clock import now

logger = structlog.get_logger(__name__)

DEADLINE = 2.0
FRESH = 1.0
# A task that has waited longer has no worker; one that runs longer has outlived every limit of a task.
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_RUN = timedelta(minutes=10)
Verdict = tuple[bool, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing that must be so before requests are sent here. ``look`` returns whether it is, and words to tell it.

    Strangers read the words: no secrets, no versions.
    """

    name: str
    look: Callable[[], Verdict]


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What a check found."""

    name: str
    ok: bool
    words: str


def database() -> Verdict:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return True, "answers"


@once
def _migrations_here() -> frozenset[tuple[str, str]]:
    # The code of a running process does not change: its migrations are read once.
    return frozenset(MigrationLoader(None).graph.nodes)


def migrations() -> Verdict:
    """The database has every migration of this code."""
    missing = len(_migrations_here() - set(MigrationRecorder(connection).applied_migrations()))
    return not missing, f"{missing} to run" if missing else "all run"


def cache_round_trip() -> Verdict:
    """What is put into the cache comes out again."""
    key, value = f"health-{secrets.token_hex(8)}", secrets.token_hex(8)
    cache.set(key, value, timeout=10)
    returned = cache.get(key)
    cache.delete(key)
    return returned == value, "works" if returned == value else "loses what it is given"


def disk() -> Verdict:
    """There is room where uploads, media and our own files are."""
    full = [
        name
        for name, folder in (
            ("media", settings.MEDIA_ROOT),
            ("uploads", settings.PRIVATE_ROOT),
            ("var", settings.VAR_DIR),
        )
        if shutil.disk_usage(_existing(Path(folder))).free < settings.HEALTH_MIN_FREE_MB * 1024**2
    ]
    return not full, f"too little room for {', '.join(full)}" if full else "enough room"


def queue() -> Verdict:
    """Somebody does the work that requests leave to the queue."""
    age = queue_age(now())
    if age.oldest_running and age.oldest_running > LONGEST_RUN:
        return False, "a task runs for too long"
    if age.oldest_ready and age.oldest_ready > LONGEST_WAIT:
        return False, "behind"
    return True, "keeps up"


def _existing(folder: Path) -> Path:
    return folder if folder.exists() else _existing(folder.parent)


# In the order in which they are looked at. An app that has more to say adds a line.
READINESS: list[Check] = [
    Check(name="database", look=database),
    Check(name="migrations", look=migrations),
    Check(name="cache", look=cache_round_trip),
    Check(name="disk", look=disk),
    Check(name="queue", look=queue),
]


class Round:
    """One look at all checks, in a thread that nobody has to wait for."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = tuple(checks)
        self.began = monotonic()
        self.found: dict[str, State] = {}
        self.over = Event()
        # A thread that hangs must not keep the process from ending.
        Thread(target=self._run, name="readiness", daemon=True).start()

    def _run(self) -> None:
        try:
            for check in self.checks:
                self.found[check.name] = _state(check)
        finally:
            connections.close_all()
            self.over.set()

    @property
    def is_stale(self) -> bool:
        """Whether it is over, and too old to be told again. A round that hangs is what there is to tell."""
        return self.over.is_set() and monotonic() - self.began > FRESH

    def states(self) -> tuple[State, ...]:
        """Wait until the deadline of the round at most, and return what has been found by then."""
        self.over.wait(max(0.0, self.began + DEADLINE - monotonic()))
        silent = f"no answer within {DEADLINE:g} s"
        return tuple(
            self.found.get(check.name, State(name=check.name, ok=False, words=silent)) for check in self.checks
        )


def _state(check: Check) -> State:
    try:
        ok, words = check.look()
    except Exception:  # whatever goes wrong, this process is not ready, and the log says why
        logger.exception("readiness_check_failed", check=check.name)
        ok, words = False, "failed; the log says why"
    return State(name=check.name, ok=ok, words=words)


class Prober:
    """Tells the states of ``checks`` without ever running two rounds at once."""

    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = checks
        self._lock = Lock()
        self._round: Round | None = None

    def states(self) -> tuple[State, ...]:
        """Return the state of each check, in time."""
        with self._lock:
            if self._round is None or self._round.is_stale:
                self._round = Round(self.checks)
            current = self._round
        return current.states()


_PROBER = Prober(READINESS)


def readiness() -> tuple[State, ...]:
    """Return the state of each check of ``READINESS``."""
    return _PROBER.states()
