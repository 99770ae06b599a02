"""Load the two files of the official Digital and Data framework."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from academy.exchange.framework_facts import write_facts
from academy.exchange.gdad import read_official_files
from academy.framework.api import EditionPlan, FrameworkSource, VersionTaken, plan_edition, publish_edition
from academy.lib.clock import now

# 1 is Django's own, for whatever breaks; 2 says that what was handed in is at fault.
BAD_INPUT = 2


class Command(BaseCommand):
    """Read, plan, check, then write everything or nothing."""

    help = "Load the files of roles and skills of the official Digital and Data framework as an edition."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # Django's own --version gives way to ours: the version of the edition.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("roles", type=Path, metavar="ROLES", help="the file of roles, as downloaded")
        parser.add_argument("skills", type=Path, metavar="SKILLS", help="the file of skills, as downloaded")
        parser.add_argument("--dry-run", action="store_true", help="print the plan and write nothing")
        parser.add_argument("--version", metavar="V", help="what to call the edition (default: the day of --published)")
        parser.add_argument(
            "--published", type=date.fromisoformat, metavar="YYYY-MM-DD", help="its day (default: today)"
        )
        parser.add_argument(
            "--facts",
            type=Path,
            metavar="FILE",
            help="write the facts alone to FILE, for the content pack; load nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        published = options["published"] or timezone.localdate(at)
        version = options["version"] or published.isoformat()
        source = self.read(options["roles"], options["skills"], version=version, published=published)
        if options["facts"]:
            self.write(source, options["facts"])
            return
        try:
            plan = plan_edition(source=source)
        except VersionTaken as error:
            raise CommandError(f"{error} Name one with --version.", returncode=BAD_INPUT) from None
        self.tell(plan)
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this is a dry run.")
            return
        edition = publish_edition(source=source, at=at)
        if plan.unchanged:
            self.stdout.write(f"Nothing changed: edition {edition.version} holds the same content already.")
        else:
            self.stdout.write(self.style.SUCCESS(f"Published edition {edition.version} of {plan.code}."))

    def read(self, roles: Path, skills: Path, *, version: str, published: date) -> FrameworkSource:
        """Return what the files hold, or refuse them with a line a problem."""
        files = read_official_files(roles=roles, skills=skills, version=version, published=published)
        for problem in files.problems:
            self.stderr.write(str(problem))
        if files.source is None:
            count = len(files.problems)
            found = "1 problem" if count == 1 else f"{count:,} problems"
            raise CommandError(f"Nothing was written: {found} in the files.", returncode=BAD_INPUT)
        for note in files.notes:
            self.stdout.write(f"Note: {note}")
        return files.source

    def write(self, source: FrameworkSource, path: Path) -> None:
        """Write the facts of the source to a file."""
        try:
            path.write_text(write_facts(source), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Cannot write {path}: {error.strerror}.", returncode=BAD_INPUT) from None
        self.stdout.write(f"Wrote {len(source.requirements):,} requirements to {path}.")

    def tell(self, plan: EditionPlan) -> None:
        """Print the plan."""
        self.stdout.write(f"Edition {plan.version} of {plan.code}:")
        self.stdout.write(
            f"{plan.families} families, {plan.roles} roles, {plan.levels} usable role levels, "
            f"{plan.skills} skills, {plan.requirement_rows:,} requirement rows"
        )
        merged = plan.requirement_rows - plan.requirements
        if merged:
            self.stdout.write(
                f"Rows that repeat others: {merged:,}. Requirements that are kept: {plan.requirements:,}."
            )
        if plan.placeholders:
            self.stdout.write(
                f"Roles without a level in use: {plan.placeholders}. Their skills are kept without a level."
            )
        if plan.unchanged:
            self.stdout.write(f"The content is stored already, as edition {plan.stored_version}.")
        if plan.header_changes:
            self.stdout.write(f"Of the framework itself, this changes: {', '.join(plan.header_changes)}.")
