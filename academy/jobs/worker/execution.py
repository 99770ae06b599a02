"""One task, run once: within its limit, in a clean state, and settled."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.db import close_old_connections, connection, reset_queries
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from academy.jobs.domain.queue import limit_of, settle_failure, settle_success, task_of
from academy.lib.clock import now

logger = logging.getLogger(__name__)


class TimeIsUp(BaseException):
    """The task is over its limit. Not an Exception, so that a task that swallows those is stopped too."""


class NoSuchTask(Exception):
    """This version of the code has no task of that name."""


def execute(row: DBTaskResult[Any, Any], *, worker: str) -> None:
    """Run a claimed task and store what came of it. Raises what the database raises when that cannot be stored."""
    try:
        with within(limit_of(row)), translation.override(settings.LANGUAGE_CODE), timezone.override(None):
            _call(row)
    except (Exception, TimeIsUp) as error:  # noqa: BLE001 -- whatever a task raises is written down and tried again
        _mend_connection()
        settle_failure(row, worker=worker, at=now(), error=error)
    else:
        settle_success(row, worker=worker, at=now())
    finally:
        reset_queries()


def _call(row: DBTaskResult[Any, Any]) -> None:
    task = task_of(row)
    if task is None:
        raise NoSuchTask(row.task_path)
    task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])


def _mend_connection() -> None:
    """Let go of a connection that was interrupted in the middle of something, or that the server has closed."""
    if not connection.in_atomic_block:  # a test has a transaction around it all
        connection.errors_occurred = True  # so that it is tried before it is trusted
        close_old_connections()


@contextmanager
def within(limit: timedelta) -> Iterator[None]:
    """Raise TimeIsUp inside when it takes longer than ``limit``. In the main thread only, as signals are."""

    def ring(number: int, frame: FrameType | None) -> NoReturn:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit.total_seconds())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
