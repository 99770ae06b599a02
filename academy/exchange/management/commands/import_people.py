"""Add people from a table."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.exchange.people import read_people
from academy.lib.clock import now
from academy.people.api import (
    INVITED_FOR,
    ActKind,
    Invitee,
    Outcome,
    PeoplePlan,
    add_people,
    invite,
    plan_people,
    record_act,
)
from academy.people.models import Organisation, User

BAD_INPUT = 2
CHUNK = 50


class Command(BaseCommand):
    """Read, plan, say what would happen; add those who can be added. The worker sends the e-mails."""

    help = "Open accounts and memberships, and invite, from a CSV file. Nobody is removed or changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV in UTF-8: email, name, organisation_code, …")
        parser.add_argument("--dry-run", action="store_true", help="print the plan and write nothing")
        parser.add_argument("--json", action="store_true", help="print the totals and the problems as JSON")
        parser.add_argument(
            "--by", metavar="EMAIL", help="the administrator who adds and invites; without it nobody can be invited"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        by, at = person_named(options["by"]), now()
        try:
            people = read_people(path.read_bytes(), file=str(path))
        except OSError as error:
            raise CommandError(f"Cannot read {path}: {error.strerror}.", returncode=BAD_INPUT) from None
        plan = plan_people(people.rows, by=by, at=at)
        problems = [(problem.line, problem.message) for problem in people.problems]
        problems += [(row.row.position, reason) for row in plan.of(Outcome.REFUSED) for reason in row.reasons]
        if not options["dry_run"] and not people.problems:
            problems += [told for told in write(plan, by=by, at=at) if told not in problems]
        if options["json"]:
            told = {
                "totals": plan.totals,
                "problems": [{"line": line, "message": message} for line, message in problems],
                "written": not options["dry_run"] and not people.problems,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for line, message in problems:
                self.stderr.write(f"{path}:{line}: {message}")
            self.stdout.write(", ".join(f"{name}: {count}" for name, count in plan.totals.items()) + ".")
            if options["dry_run"]:
                self.stdout.write("Nothing was written: this is a dry run.")
        if people.problems:
            raise CommandError("Nothing was written: the file cannot be read.", returncode=BAD_INPUT)
        if problems:
            raise CommandError(
                f"Rows that were left out: {len({line for line, _told in problems})}.", returncode=BAD_INPUT
            )


def write(plan: PeoplePlan, *, by: User | None, at: datetime) -> list[tuple[int, str]]:
    """Add and invite, a chunk of rows in each transaction; return what could not be done."""
    rows = [row.row for row in plan.rows if row.outcome is not Outcome.REFUSED]
    record_act(kind=ActKind.IMPORTED, actor=by, at=at, after={"what": "people", "rows": len(rows)})
    failures: list[tuple[int, str]] = []
    invited: dict[Organisation, list[Invitee]] = {}
    for start in range(0, len(rows), CHUNK):
        added = add_people(rows[start : start + CHUNK], by=by, at=at)
        failures += [(failure.position, failure.problem) for failure in added.failures]
        for organisation, invitees in added.invitees.items():
            invited.setdefault(organisation, []).extend(invitees)
    for organisation, invitees in invited.items():
        assert by is not None  # else the plan refuses whoever is to be invited
        invite(
            organisation=organisation,
            people=invitees,
            language=organisation.language,
            message="",
            expires_at=at + INVITED_FOR,
            by=by,
            at=at,
        )
    return failures


def person_named(email: str | None) -> User | None:
    """Return whoever acts. Raises CommandError for an address without an account."""
    if email is None:
        return None
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"There is no open account of {email}.", returncode=BAD_INPUT)
    return person
