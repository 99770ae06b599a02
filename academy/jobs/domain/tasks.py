"""Tasks: functions that the worker calls later, in a process of its own.

::

    @background(limit=timedelta(seconds=30))
    def send_invitation(invitation: int) -> None: ...

    send_invitation.enqueue(invitation.pk)

Three rules hold for every task.

1. **Its arguments are ids**: whole numbers and UUIDs, no names, no addresses. The queue's rows are read by operators,
   kept for weeks and copied with every backup; who a task is about is looked up when it runs. The queue refuses
   anything else with :class:`NotAnId`.
2. **It may run twice.** A worker that is killed after the effect and before it could say so leaves a task that runs
   again. Make the effect depend on a unique key: a row of your own with a constraint, or :func:`~.once.once`.
   What goes to another system carries the key along.
3. **Enqueue in the transaction of the fact.** Rolled back, there is no task; committed, there is one.

A task that raises is tried again after a pause that grows, up to ``attempts`` times in all, then it is FAILED and
``gave_up`` is called with its arguments, in the transaction that says so.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from django_tasks import task
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend
from django_tasks_db.backend import TaskResult

P = ParamSpec("P")
T = TypeVar("T")

BACKEND = "background"  # as settings.TASKS names it

ATTEMPTS = 8
LIMIT = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)


class NotAnId(TypeError):
    """Something other than an id was handed to a task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundTask(Task[P, T]):
    """A task, and how patient we are with it."""

    attempts: int = ATTEMPTS
    # One that takes longer is stopped, and that was an attempt.
    limit: timedelta = LIMIT
    first_pause: timedelta = FIRST_PAUSE
    gave_up: Callable[..., None] | None = None

    def pause_after(self, attempt: int) -> timedelta:
        """Return how long to wait after attempt number ``attempt``: four times as long as after the one before."""
        factor: int = 4 ** min(attempt - 1, 10)
        return min(self.first_pause * factor, LONGEST_PAUSE)


class BackgroundBackend(DatabaseBackend):
    """The queue in our database, which refuses everything but ids."""

    task_class: Any = BackgroundTask

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any, Any]:
        """Store the task in the present transaction. Raises NotAnId."""
        refuse_all_but_ids([*args, *kwargs.values()])
        return super().enqueue(task, args, kwargs)

    async def aenqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any, Any]:
        """Do the same from asynchronous code."""
        refuse_all_but_ids([*args, *kwargs.values()])
        return await super().aenqueue(task, args, kwargs)


def refuse_all_but_ids(values: Iterable[object]) -> None:
    """Raise NotAnId for anything but whole numbers and UUIDs written out. The value stays out of the message."""
    for value in values:
        if isinstance(value, int) and not isinstance(value, bool):
            continue
        if isinstance(value, str) and is_uuid(value):
            continue
        raise NotAnId(f"A task takes whole numbers and UUIDs as text, not {type(value).__name__}: hand it an id.")


def is_uuid(text: str) -> bool:
    """Say whether ``text`` is a UUID as ``str(uuid)`` writes it."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def background(
    *,
    attempts: int = ATTEMPTS,
    limit: timedelta = LIMIT,
    first_pause: timedelta = FIRST_PAUSE,
    gave_up: Callable[..., None] | None = None,
    priority: int = 0,
) -> Callable[[Callable[P, T]], Task[P, T]]:
    """Make a function of a module a task of the queue: the worker calls it after ``.enqueue(…ids)``."""
    return task(
        backend=BACKEND, priority=priority, attempts=attempts, limit=limit, first_pause=first_pause, gave_up=gave_up
    )
