"""Races with real threads, each on a connection and in transactions of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

THREADS = 12
# How long the first waits for the others where a lock keeps them from coming.
PATIENCE = 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What the threads came back with."""

    returned: list[Any]
    raised: list[Exception]


def race(act: Callable[[], Any], *, gap: str, threads: int = THREADS, patience: float = PATIENCE) -> Outcome:
    """Call ``act`` in all threads at once.

    Each stops when it has first read rows by a query with ``gap`` in it until all have, so that what was read is old
    news for all but one. Where a lock lets only one in, this one goes on after ``patience`` seconds.
    """
    outcome = Outcome(returned=[], raised=[])
    start, middle = Barrier(threads), Barrier(threads)

    def run() -> None:
        try:
            with stopping_after(gap, middle, patience):
                start.wait()
                outcome.returned.append(act())
        except Exception as error:  # noqa: BLE001 -- whatever escapes is what the test wants to know
            outcome.raised.append(error)
        finally:
            connection.close()

    running = [Thread(target=run) for _thread in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return outcome


@contextmanager
def stopping_after(gap: str, barrier: Barrier, patience: float) -> Iterator[None]:
    """Wait for the others after the first query with ``gap`` in it."""
    waited = False

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        nonlocal waited
        result = execute(sql, params, many, context)
        if not waited and sql.startswith("SELECT") and gap in sql:
            waited = True
            with suppress(BrokenBarrierError):
                barrier.wait(timeout=patience)
        return result

    with connection.execute_wrapper(look):
        yield


@contextmanager
def without_protection(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take away what keeps racers apart: row locks, and the second look after a refused insert."""

    def naive(rows: QuerySet[Any], defaults: dict[str, Any] | None = None, **wanted: Any) -> tuple[Any, bool]:
        found = rows.filter(**wanted).first()
        return (found, False) if found else (rows.create(**wanted, **(defaults or {})), True)

    class Never(Exception):
        """Nobody raises it."""

    with monkeypatch.context() as patch:
        patch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)
        patch.setattr(QuerySet, "get_or_create", naive)
        patch.setattr("assessments.domain.attempts.IntegrityError", Never)
        patch.setattr("courses.domain.enrolments.IntegrityError", Never)
        yield
