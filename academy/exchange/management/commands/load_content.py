"""Load the content pack."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from academy.exchange.content_pack import Action, PackRefused, Plan, load_content
from academy.lib.clock import now

# 1 is Django's own, for whatever breaks; 2 says that what was handed in is at fault.
BAD_INPUT = 2
DEFAULT_ROOT = settings.BASE_DIR / "academy" / "content"


class Command(BaseCommand):
    """Read, plan, check, then write everything or nothing."""

    help = "Load the content pack: frameworks, playbook, courses, questions, and the home page in every language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "root", nargs="?", type=Path, default=DEFAULT_ROOT, metavar="ROOT", help="the pack’s folder"
        )
        parser.add_argument("--dry-run", action="store_true", help="print the plan and write nothing")
        parser.add_argument("--overwrite", action="store_true", help="replace pages that were edited in the CMS, too")

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["root"]
        if not root.is_dir():
            raise CommandError(f"There is no folder {root}: name the folder of a content pack.", returncode=BAD_INPUT)
        try:
            plan = load_content(root=root, at=now(), dry_run=options["dry_run"], overwrite=options["overwrite"])
        except PackRefused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            count = len(refused.problems)
            found = "1 problem" if count == 1 else f"{count:,} problems"
            raise CommandError(f"Nothing was written: {found} in the pack.", returncode=BAD_INPUT) from None
        if options["verbosity"] > 0:
            self.tell(plan, verbose=options["verbosity"] > 1)
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this is a dry run.")

    def tell(self, plan: Plan, *, verbose: bool) -> None:
        """Print each step that changes something, and the counts."""
        for framework in plan.frameworks:
            if not framework.unchanged or verbose:
                state = "unchanged" if framework.unchanged else "publish"
                self.stdout.write(f"{state:<12} framework {framework.code} {framework.version}")
        for page in plan.pages:
            if page.action is not Action.UNCHANGED or verbose:
                reason = f": {page.reason}" if page.reason else ""
                self.stdout.write(f"{page.action:<12} page {page.node.label}{reason}")
        for item in plan.items:
            if item.action != "unchanged" or verbose:
                self.stdout.write(f"{item.action:<12} question {item.code}, version {item.number}")
        for code in plan.left:
            self.stdout.write(f"{'left':<12} question {code}: in the bank, but no longer in the pack")
        for step in plan.languages:
            if not step.unchanged or step.reason or verbose:
                reason = f": {step.reason}" if step.reason else ""
                self.stdout.write(
                    f"{'language':<12} {step.language}, {step.aliases} aliases, home page {step.home}{reason}"
                )
        pages = ", ".join(f"{plan.count(action)} {action}" for action in Action)
        items = ", ".join(f"{sum(item.action == name for item in plan.items)} {name}" for name in ITEM_ACTIONS)
        self.stdout.write(f"{len(plan.pages)} pages: {pages}.")
        self.stdout.write(f"{len(plan.items)} questions: {items}.")


ITEM_ACTIONS = ("new", "new version", "unchanged")
