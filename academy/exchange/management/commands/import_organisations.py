"""Read organisations from a table."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.exchange.organisations import ImportPlan, ImportRefused, Outcome, carry_out, plan_import
from academy.lib.clock import now

BAD_INPUT = 2


class Command(BaseCommand):
    """Read, plan, check, then write everything or nothing."""

    help = "Found and amend organisations from a CSV file. Nothing is moved, closed or removed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV in UTF-8, as export_organisations writes it")
        parser.add_argument("--dry-run", action="store_true", help="print the plan and write nothing")
        parser.add_argument("--partly", action="store_true", help="leave out the rows that cannot be imported")
        parser.add_argument("--json", action="store_true", help="print the plan as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.", returncode=BAD_INPUT) from None
        at = now()
        plan = plan_import(data, by=None, at=at, file=str(path))
        stopped = bool(plan.problems or (plan.refused and not options["partly"]))
        if not stopped and not options["dry_run"]:
            try:
                carry_out(plan, by=None, at=at, partly=options["partly"])
            except ImportRefused as refused:
                raise CommandError(f"Nothing was written. {refused}", returncode=BAD_INPUT) from None
        written = not stopped and not options["dry_run"]
        if options["json"]:
            self.stdout.write(json.dumps(as_json(plan, written=written), ensure_ascii=False, indent=2))
        else:
            self.tell(plan, path, written=written)
        if stopped:
            found = len(plan.problems) or plan.refused
            problems = "1 problem" if found == 1 else f"{found:,} problems"
            raise CommandError(f"Nothing was written: {problems} in the file.", returncode=BAD_INPUT)

    def tell(self, plan: ImportPlan, path: Path, *, written: bool) -> None:
        """Print what is wrong, what changes, and the totals."""
        for problem in plan.problems:
            self.stderr.write(str(problem))
        for row in plan.rows:
            for reason in row.reasons:
                self.stderr.write(f"{path}:{row.line}: {reason}")
            if row.outcome in {Outcome.NEW, Outcome.CHANGED}:
                changes = "; ".join(f"{one.field}: {one.before or '–'} → {one.after}" for one in row.changes)
                self.stdout.write(f"{row.outcome:<10} {row.code}{': ' if changes else ''}{changes}")
        self.stdout.write(", ".join(f"{count} {name}" for name, count in plan.totals.items()) + ".")
        if not written:
            self.stdout.write("Nothing was written.")


def as_json(plan: ImportPlan, *, written: bool) -> dict[str, Any]:
    """Return the plan for other programs."""
    return {
        "written": written,
        "totals": plan.totals,
        "problems": [
            *({"line": one.line, "code": "", "reason": one.message} for one in plan.problems),
            *(
                {"line": row.line, "code": row.code, "reason": reason}
                for row in plan.of(Outcome.REFUSED)
                for reason in row.reasons
            ),
        ],
        "changed": [
            {"code": row.code, "changes": {one.field: [one.before, one.after] for one in row.changes}}
            for row in plan.of(Outcome.CHANGED)
        ],
        "new": [row.code for row in plan.of(Outcome.NEW)],
    }
