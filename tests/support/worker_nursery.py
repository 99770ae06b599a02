"""Forks workers on demand.

``start`` answers with the number of a process, ``wait N`` with its exit code, ``ended N`` with yes or no.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import timedelta

import django

PATIENCE = 60.0


def child() -> None:
    """Be a worker until told to stop."""
    from academy.jobs.management.commands.run_worker import run
    from academy.jobs.worker import watchdog

    watchdog.INTERVAL, watchdog.GRACE = 0.2, timedelta(seconds=0.3)
    # The nursery's own orders and answers are not a worker's.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    run(until_input_ends=False, poll=0.1, reap_every=timedelta(seconds=0.5))


def exit_code(process: int) -> int | str:
    """Wait for a worker, but not for ever: a test must fail, not hang."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if ended(process):
            return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        time.sleep(0.02)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return "It did not end by itself."


def ended(process: int) -> bool:
    """Say whether a worker has ended; its exit code stays to be asked for."""
    return bool(os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT))


def answer(what: object) -> None:
    """Say it to the test."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> None:
    """Answer orders until there are no more."""
    django.setup()
    for order in sys.stdin:
        what, _space, process = order.strip().partition(" ")
        if what == "start":
            made = os.fork()
            if not made:
                child()
                return
            answer(made)
        elif what == "ended":
            answer("yes" if ended(int(process)) else "no")
        else:
            answer(exit_code(int(process)))


if __name__ == "__main__":
    main()
