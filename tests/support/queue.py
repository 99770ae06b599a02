"""Running what was enqueued: here, or by workers in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from academy.jobs.domain.queue import claim, rows
from academy.jobs.worker.execution import execute

PATIENCE = 60.0


def run_tasks() -> int:
    """Run every task that is due, in this process and transaction, and return how many ran."""
    ran = 0
    while row := claim(worker="test"):
        execute(row, worker="test")
        ran += 1
    return ran


def states() -> dict[str, int]:
    """Return how many tasks are in each state."""
    found: dict[str, int] = {}
    for status in rows().values_list("status", flat=True):
        found[status] = found.get(status, 0) + 1
    return found


def wait_until(holds: Callable[[], Any], *, patience: float = PATIENCE) -> None:
    """Wait for something to hold, and fail when it does not come to it."""
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until, (holds, states())
        time.sleep(0.05)


def database_url() -> str:
    """Return the address of the copy that this test works in."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    password = f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else ""
    return f"postgres://{at['USER']}{password}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"


def environment() -> dict[str, str]:
    """Return what a process needs in order to work in the same database."""
    return {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "academy.settings.test"}


class Workers:
    """Worker processes, forked from one that has loaded everything: starting one takes no time."""

    def __init__(self, nursery: subprocess.Popen[str]) -> None:
        assert nursery.stdin
        assert nursery.stdout
        self.orders: IO[str] = nursery.stdin
        self.answers: IO[str] = nursery.stdout
        self.alive: list[int] = []

    def start(self) -> int:
        """Start a worker and return the number of its process."""
        self.alive.append(int(self._ask("start")))
        return self.alive[-1]

    def kill(self, process: int, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to a worker."""
        os.kill(process, number)

    def exit_code(self, process: int) -> int:
        """Wait for a worker to end and return its exit code; negative: the signal that ended it."""
        code = int(self._ask(f"wait {process}"))
        self.alive.remove(process)
        return code

    def are_alive(self) -> bool:
        """Say whether every worker that was started lives."""
        return all(self._ask(f"ended {process}") == "no\n" for process in self.alive)

    def end(self) -> None:
        """Kill those that are left."""
        for process in list(self.alive):
            self.kill(process)
            self.exit_code(process)

    def _ask(self, order: str) -> str:
        print(order, file=self.orders, flush=True)
        return self.answers.readline()


@contextmanager
def workers() -> Iterator[Workers]:
    """Workers on the database of this test; all are gone afterwards."""
    command = [sys.executable, "-m", "tests.support.worker_nursery"]
    with subprocess.Popen(  # noqa: S603 -- our own
        command,
        cwd=settings.BASE_DIR,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as nursery:
        made = Workers(nursery)
        yield made
        made.end()
        made.orders.close()
