"""``manage.py run_worker``: run what was put into the queue, until told to stop."""

from __future__ import annotations

import logging
import os
import signal
import sys
from argparse import ArgumentParser
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand

from academy.jobs.worker.loop import Worker


class Command(BaseCommand):
    """One worker. Start as many as there is work for; a supervisor restarts one that exits."""

    help = "Run the tasks of the background queue. SIGTERM finishes the task under way, then stops."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--until-input-ends",
            action="store_true",
            help="stop when standard input is closed: whoever started this worker is gone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verbosity"] == 0:
            logging.getLogger("academy.jobs").setLevel(logging.WARNING)
        run(until_input_ends=options["until_input_ends"])


def run(*, until_input_ends: bool, **options: Any) -> None:
    """Run a worker in this process until a signal or the end of the input stops it."""
    worker = Worker(**options)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: worker.stopping.set())
    if until_input_ends:
        Thread(target=stop_with_input, args=[worker], daemon=True).start()
    worker.run()


def stop_with_input(worker: Worker) -> None:
    """Wait for the end of standard input, then let the worker stop."""
    # Not sys.stdin, whose lock would be held while the interpreter ends.
    while os.read(sys.__stdin__.fileno() if sys.__stdin__ else 0, 1024):
        pass
    worker.stopping.set()
