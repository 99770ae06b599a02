"""Read questions of other systems, and of our own exports."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.exchange.questions.execute import IMPORTED, ImportRefused, carry_out
from academy.exchange.questions.formats import FORMATS, Unreadable, read_file, read_questions
from academy.exchange.questions.plan import Outcome, Plan, plan_import
from academy.exchange.questions.shown import import_as_json, written
from academy.framework.domain.lookups import current_skills
from academy.lib.clock import now
from assessments.api import category_of
from assessments.models import ItemBank

BAD_INPUT = 2


class Command(BaseCommand):
    """Read, judge, plan, then write everything or nothing."""

    help = "Take the questions of a file into a bank, as drafts. Exit status: 0 all taken, 2 refused or partly taken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=FORMATS, required=True, help="what the file is")
        parser.add_argument("--dry-run", action="store_true", help="print what would happen and write nothing")
        parser.add_argument("--json", action="store_true", help="print the questions and the problems as JSON")
        parser.add_argument("--category", metavar="PATH", default="", help="put all under this category, a/b")
        parser.add_argument("--keep-good", action="store_true", help="take the good questions when others are refused")
        parser.add_argument("--bank", metavar="CODE", help=f"the bank to import into (default: {IMPORTED})")
        parser.add_argument("--skill", metavar="CODE", help="the skill that all of them ask for")
        parser.add_argument("--level", type=int, choices=range(1, 5), help="the level of that skill, 1 to 4")
        parser.add_argument("--ready", action="store_true", help="make them ready to be asked at once")

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["skill"] is None) != (options["level"] is None):
            raise CommandError("Give --skill and --level together.", returncode=BAD_INPUT)
        dry_run: bool = options["dry_run"]
        bank = _bank(options["bank"])
        # A rehearsal that names no bank needs no database.
        if bank is None and not dry_run:
            bank = ItemBank.objects.filter(code=IMPORTED).first()
        plan = _plan(options, bank=bank, stored=bank is not None or not dry_run)
        stopped = bool(plan.problems) and not (options["keep_good"] and plan.taken)
        if not dry_run and not stopped:
            self.carry_out(plan, bank, options)
        if options["json"]:
            self.stdout.write(written(import_as_json([row.judged for row in plan.rows], plan.problems, plan.lost)))
        else:
            self.tell(plan, options["file"], done=not dry_run and not stopped)
        if plan.problems:
            count = len(plan.problems)
            told = "Nothing was written: " if stopped or dry_run else "Not all was taken: "
            raise CommandError(f"{told}{count:,} problem{'' if count == 1 else 's'} in the file.", returncode=BAD_INPUT)

    def carry_out(self, plan: Plan, bank: ItemBank | None, options: dict[str, Any]) -> None:
        """Write what was planned."""
        skill = None
        if options["skill"]:
            skill = next((one for one in current_skills() if one.slug == options["skill"]), None)
            if skill is None:
                raise CommandError(f"There is no skill “{options['skill']}”.", returncode=BAD_INPUT)
        try:
            carry_out(
                plan,
                bank=bank,
                by=None,
                at=now(),
                keep_good=options["keep_good"],
                skill=skill,
                proficiency=options["level"],
                ready=options["ready"],
            )
        except ImportRefused as refused:
            raise CommandError(f"Nothing was written. {refused}", returncode=BAD_INPUT) from None

    def tell(self, plan: Plan, path: Path, *, done: bool) -> None:
        """Print what is wrong, what is lost, what changes, and the totals."""
        for note in [*plan.problems, *plan.lost]:
            place = f"{path}:{note.line}" if note.line else str(path)
            item = f"{note.item}: " if note.item else ""
            self.stderr.write(f"{place}: {item}{note.message}")
        for row in plan.taken:
            if row.outcome is not Outcome.UNCHANGED and row.judged.question:
                self.stdout.write(f"{row.outcome:<10} {row.code} ({row.judged.question.kind})")
        self.stdout.write(", ".join(f"{count} {name}" for name, count in plan.totals.items()) + ".")
        if not done:
            self.stdout.write("Nothing was written.")


def _bank(code: str | None) -> ItemBank | None:
    if code is None:
        return None
    bank = ItemBank.objects.filter(code=code).first()
    if bank is None:
        raise CommandError(f"There is no question bank “{code}”.", returncode=BAD_INPUT)
    return bank


def _plan(options: dict[str, Any], *, bank: ItemBank | None, stored: bool) -> Plan:
    try:
        data = read_file(options["file"])
    except Unreadable as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from None
    reading = read_questions(data, options["format"])
    return plan_import(reading, under=category_of(options["category"]), bank=bank, stored=stored)
