"""A thread that ends the process when it must not go on.

A worker whose lock is gone will be taken for dead, and its task given to another: it stops at once rather than do
the task beside the other. A task that is far over its limit and does not listen (it hangs in a call of C) is stopped
by the same means. Either way the task is reaped like that of a killed worker.
"""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from academy.jobs.worker.identity import Identity

logger = logging.getLogger(__name__)

INTERVAL = 2.0
GRACE = timedelta(seconds=5)
# "Temporary failure, try again": the supervisor does.
EXIT_CODE = 75


class LockLost(Exception):
    """The worker's lock went with its connection: it needs a new name."""


class Watchdog(Thread):
    """Watches one identity and the task that runs under it."""

    def __init__(self, identity: Identity) -> None:
        super().__init__(name="watchdog", daemon=True)
        self.identity = identity
        self.over = Event()
        self.lost = Event()
        self.guard = Lock()
        self.deadline: float | None = None

    def __enter__(self) -> Self:
        """Begin to watch."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop watching."""
        self.over.set()
        self.join()

    def check(self) -> None:
        """Look now. Raises LockLost, so that no task is begun by a worker that others take for dead."""
        with self.guard:
            if self.lost.is_set() or not self.identity.is_held():
                self.lost.set()
                raise LockLost

    def task_starts(self, limit: timedelta) -> None:
        """From now on a lost lock ends the process."""
        with self.guard:
            self.deadline = monotonic() + (limit + GRACE).total_seconds()

    def task_ends(self) -> None:
        """From now on a lost lock is the worker's own business."""
        with self.guard:
            self.deadline = None

    def run(self) -> None:
        """Look every two seconds, until the lock is lost."""
        while not self.over.wait(INTERVAL):
            with self.guard:
                held = not self.lost.is_set() and self.identity.is_held()
                if self.deadline is not None:
                    self._end_if(not held, "The lock of this worker is gone in the middle of a task: it ends here.")
                    self._end_if(
                        monotonic() > self.deadline, "A task does not stop at its limit: its worker ends here."
                    )
                if not held:
                    self.lost.set()
                    return

    @staticmethod
    def _end_if(reason: bool, words: str) -> None:  # noqa: FBT001 -- reads as a sentence
        if reason:
            logger.error(words)
            os._exit(EXIT_CODE)
