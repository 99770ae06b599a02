"""``manage.py show_queue``: how far the background queue is behind, and what has failed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from academy.jobs.domain.queue import failed_tasks, queue_age, retry_failed
from academy.lib.clock import now


class Command(BaseCommand):
    """For an operator who was alerted."""

    help = "Show how far the background queue is behind and which tasks have failed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry-failed", action="store_true", help="give them all their attempts again")

    def handle(self, *args: Any, **options: Any) -> None:
        age = queue_age(now())
        self.stdout.write(f"oldest that waits: {age.oldest_ready or 'none'}")
        self.stdout.write(f"oldest that runs:  {age.oldest_running or 'none'}")
        self.stdout.write(f"failed for good:   {age.failed}")
        for task in failed_tasks():
            self.stdout.write(f"  {task}")
        if options["retry_failed"]:
            self.stdout.write(f"{retry_failed(at=now())} tasks are tried again")
