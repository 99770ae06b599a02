"""Forks workers on demand: ``start`` answers with the number of a process, ``wait N`` with its exit code."""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import django


def child() -> None:
    """Be a worker until told to stop."""
    from academy.jobs.management.commands.run_worker import run

    # The nursery's own input and output are not a worker's.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    try:
        run(until_input_ends=False, poll=0.1, reap_every=timedelta(seconds=0.5))
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def main() -> None:
    """Answer orders until there are no more."""
    django.setup()
    for order in sys.stdin:
        what, _space, process = order.strip().partition(" ")
        if what == "start":
            made = os.fork()
            if not made:
                child()
            print(made, flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.waitpid(int(process), 0)[1]), flush=True)


if __name__ == "__main__":
    main()
