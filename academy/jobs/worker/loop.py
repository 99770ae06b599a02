"""The worker: takes tasks one by one, looks after the queue, and outlives its database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from academy.jobs.domain.queue import claim, limit_of, reap
from academy.jobs.domain.sweeps import REGISTERED
from academy.jobs.worker.execution import execute
from academy.jobs.worker.identity import Identity, gone, new_identity
from academy.jobs.worker.stop import Stop
from academy.jobs.worker.watchdog import LockLost, Watchdog
from academy.lib.clock import now

logger = logging.getLogger(__name__)

# How long the tasks of a dead worker wait for the living.
REAP_EVERY = timedelta(seconds=10)
LONGEST_PAUSE = 30.0


class Worker:
    """One process, one task at a time."""

    def __init__(self, *, poll: float = 1.0, reap_every: timedelta = REAP_EVERY) -> None:
        self.poll = poll
        self.reap_every = reap_every
        # Set by a signal: the task under way is finished, and no other begun.
        self.stopping = Stop()
        self.reaped_at: datetime | None = None
        self.swept_at: dict[str, datetime] = {}

    def run(self) -> None:
        """Work until told to stop. When the database goes away, wait for it and go on under a new name."""
        pause = self.poll
        while not self.stopping.is_set():
            try:
                with self.identity() as identity, Watchdog(identity) as watchdog:
                    logger.info("Worker %s is at work.", identity.name)
                    pause = self.poll
                    self.work(identity, watchdog)
            except (OperationalError, InterfaceError, LockLost) as error:
                logger.warning("The database is away or busy (%s): trying again.", type(error).__name__)
                connection.close()
                self.stopping.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                # What we may have left RUNNING under the old name is the first thing to look for.
                self.reaped_at = None
        logger.info("The worker stops: nothing is under way.")

    @staticmethod
    @contextmanager
    def identity() -> Iterator[Identity]:
        """Hold a new identity inside."""
        identity = new_identity()
        try:
            identity.take()
            yield identity
        finally:
            identity.give_up()

    def work(self, identity: Identity, watchdog: Watchdog) -> None:
        """Run tasks until told to stop. Raises LockLost, and what the database raises when it is away."""
        while not self.stopping.is_set():
            close_old_connections()
            watchdog.check()
            self.look_after(now())
            if not self.run_one(identity, watchdog):
                self.stopping.wait(self.poll)

    @staticmethod
    def run_one(identity: Identity, watchdog: Watchdog) -> bool:
        """Run the most urgent task, and say whether there was one."""
        row = claim(worker=identity.name)
        if row is None:
            return False
        watchdog.task_starts(limit_of(row))
        try:
            execute(row, worker=identity.name)
        finally:
            watchdog.task_ends()
        return True

    def look_after(self, at: datetime) -> None:
        """Do what is due: take back the tasks of the dead, and call the sweeps."""
        if self.reaped_at is None or at - self.reaped_at >= self.reap_every:
            self.reaped_at = at
            reap(at=at, gone=gone)
        for registered in REGISTERED.values():
            if not registered.is_due(last=self.swept_at.get(registered.name), at=at):
                continue
            self.swept_at[registered.name] = at
            try:
                registered.sweep(at=at)
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                # One sweep's fault must not keep every other app's tasks from running.
                logger.exception("The sweep %s failed.", registered.name)
