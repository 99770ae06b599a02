"""``manage.py apply_retention [--dry-run] [--json]``: delete what has had its time."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from academy.lib.clock import now
from academy.people.domain.retention import apply_retention


class Command(BaseCommand):
    """Run it once a day. The periods stand on the public page about privacy."""

    help = "Delete what has been kept for as long as the page about privacy says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="delete nothing, and count what would go")
        parser.add_argument("--json", action="store_true", help="answer for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = apply_retention(at=now(), dry_run=options["dry_run"])
        if options["json"]:
            answer = {"dry_run": options["dry_run"], "outcomes": [asdict(one) for one in outcomes]}
            self.stdout.write(json.dumps(answer, indent=2))
            return
        verb = "would go" if options["dry_run"] else "went"
        for one in outcomes:
            self.stdout.write(f"{one.period:<12} {one.model:<38} {one.rows:>8} {verb}")
        self.stdout.write(f"{sum(one.rows for one in outcomes)} rows {verb}")
