"""The rows of the queue: claimed, settled, taken back from the dead, counted.

django_tasks_db stores tasks well and runs them badly: a killed worker leaves its task RUNNING for ever, nothing is
tried again. Only its table and its backend are used; every change of a row's state after ``enqueue`` is made here.
``worker_ids`` of a row names everybody who has claimed it, so its length is the number of attempts, and its last
name the owner.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Count, Min, Q
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult, get_date_max

from academy.jobs.domain.tasks import ATTEMPTS, BACKEND, FIRST_PAUSE, LIMIT, BackgroundTask

logger = logging.getLogger(__name__)

# How long rows of the queue are kept: they hold ids, and tell an operator what happened.
KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)


class WorkerLost(Exception):
    """The worker that ran a task died, lost its database or was stopped for taking too long."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueAge:
    """How long the queue's oldest tasks have waited or run (None: there is none), and how many have failed."""

    oldest_ready: timedelta | None
    oldest_running: timedelta | None
    failed: int


def rows() -> Any:
    """Return the rows of our queue."""
    return DBTaskResult.objects.filter(backend_name=BACKEND)


def queue_age(at: datetime) -> QueueAge:
    """Return how far the queue is behind. A task that waits for a later time is not behind."""
    at_once = Q(status=Status.READY, run_after=get_date_max())
    later = Q(status=Status.READY, run_after__lte=at)
    found = rows().aggregate(
        enqueued=Min("enqueued_at", filter=at_once),
        due=Min("run_after", filter=later),
        started=Min("started_at", filter=Q(status=Status.RUNNING)),
        failed=Count("pk", filter=Q(status=Status.FAILED)),
    )
    waiting = [moment for moment in (found["enqueued"], found["due"]) if moment]
    return QueueAge(
        oldest_ready=at - min(waiting) if waiting else None,
        oldest_running=at - found["started"] if found["started"] else None,
        failed=found["failed"],
    )


def claim(*, worker: str) -> DBTaskResult[Any, Any] | None:
    """Make the most urgent task that is due the worker's own, or return None. Committed before it runs."""
    due = rows().ready()
    # Most looks find nothing, and then nothing needs a lock.
    if not due.exists():
        return None
    with transaction.atomic():
        row: DBTaskResult[Any, Any] | None = due.get_locked()
        if row:
            row.claim(worker)
    return row


def task_of(row: DBTaskResult[Any, Any]) -> BackgroundTask[Any, Any] | None:
    """Return the task that a row names, or None where this version of the code has no such task."""
    try:
        task: Any = row.task
    except (ImportError, SuspiciousOperation):
        return None
    return task if isinstance(task, BackgroundTask) else None


def settle_success(row: DBTaskResult[Any, Any], *, worker: str, at: datetime) -> None:
    """Note that the task is done. What it returned is not kept: it might be about somebody."""
    with transaction.atomic():
        mine = _owned(row, worker)
        if mine:
            _write(mine, status=Status.SUCCESSFUL, finished_at=at)


def settle_failure(row: DBTaskResult[Any, Any], *, worker: str, at: datetime, error: BaseException) -> None:
    """Note that the task raised: it is tried again later, or has failed for good."""
    with transaction.atomic():
        mine = _owned(row, worker)
        if mine:
            _try_again_or_give_up(mine, at=at, error=error, blameless=False)


def reap(*, at: datetime, gone: Callable[[str], AbstractContextManager[bool]]) -> int:
    """Take back the RUNNING tasks of workers that are gone, and return how many.

    Inside ``gone(worker)`` the answer holds: nobody else can take that worker's place.
    """
    owners: dict[str, list[Any]] = {}
    for row in rows().running():
        owners.setdefault(row.worker_ids[-1], []).append(row.pk)
    taken = 0
    for owner, tasks in owners.items():
        with transaction.atomic(), gone(owner) as is_gone:
            if not is_gone:
                continue
            for row in rows().running().filter(pk__in=tasks).select_for_update():
                # Since we looked it may have been taken back, and be another's.
                if row.worker_ids[-1:] == [owner]:
                    error = WorkerLost(f"Worker {owner} is gone.")
                    _try_again_or_give_up(row, at=at, error=error, blameless=True)
                    taken += 1
    return taken


def failed_tasks(*, limit: int = 20) -> list[str]:
    """Return a line for each of the last tasks that have failed for good: when, which, about which ids, and why."""
    return [
        f"{row.finished_at:%Y-%m-%d %H:%M} {row.task_path} {row.args_kwargs['args']} {row.exception_class_path}"
        for row in rows().failed().order_by("-finished_at")[:limit]
    ]


def retry_failed(*, at: datetime) -> int:
    """Give every task that has failed for good all its attempts again, and return how many there were."""
    return int(
        rows().failed().update(status=Status.READY, worker_ids=[], started_at=None, finished_at=None, run_after=at)
    )


def prune(*, at: datetime) -> int:
    """Delete the rows of tasks that were over long ago, and return how many."""
    done = Q(status=Status.SUCCESSFUL, finished_at__lt=at - KEEP_DONE)
    failed = Q(status=Status.FAILED, finished_at__lt=at - KEEP_FAILED)
    return int(rows().filter(done | failed).delete()[0])


def _owned(row: DBTaskResult[Any, Any], worker: str) -> DBTaskResult[Any, Any] | None:
    """Return the row, locked, where the task is the worker's still: it may have been taken for dead."""
    now_stored: DBTaskResult[Any, Any] | None = (
        rows().filter(pk=row.pk, status=Status.RUNNING).select_for_update().first()
    )
    if now_stored is None or now_stored.worker_ids[-1] != worker:
        logger.warning("Task %s is no longer of worker %s: what came of it is not noted.", row.pk, worker)
        return None
    return now_stored


def _try_again_or_give_up(row: DBTaskResult[Any, Any], *, at: datetime, error: BaseException, blameless: bool) -> None:
    """Make the row READY for later, or FAILED. A task whose worker was killed once is not made to wait."""
    task = task_of(row)
    attempt, attempts = len(row.worker_ids), task.attempts if task else ATTEMPTS
    told = {"exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}", "traceback": _where(error)}
    if attempt < attempts:
        pause = task.pause_after(attempt) if task else FIRST_PAUSE * attempt
        run_after = at if blameless and attempt == 1 else at + pause
        logger.warning(
            "Task %s (%s) is tried again: %s at attempt %d of %d.",
            row.pk,
            row.task_path,
            told["exception_class_path"],
            attempt,
            attempts,
        )
        _write(row, status=Status.READY, started_at=None, run_after=run_after, **told)
        return
    _write(row, status=Status.FAILED, finished_at=at, **told)
    if task and task.gave_up:
        try:
            with transaction.atomic():
                task.gave_up(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        except Exception:
            # That the task has failed is to be known even so.
            logger.exception("What %s does when it gives up failed itself.", row.task_path)
    logger.error(
        "Task %s (%s) has failed after %d attempts.",
        row.pk,
        row.task_path,
        attempt,
        exc_info=error,
    )


def _write(row: DBTaskResult[Any, Any], **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


def _where(error: BaseException) -> str:
    """Return where in the code it was raised, without its words: these may repeat what somebody typed."""
    return "".join(traceback.format_tb(error.__traceback__))


def limit_of(row: DBTaskResult[Any, Any]) -> timedelta:
    """Return how long the task may take."""
    task = task_of(row)
    return task.limit if task else LIMIT
