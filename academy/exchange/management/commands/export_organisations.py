"""Write the organisations as a table."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.exchange.organisations import export_organisations
from academy.people.api import Reach

BAD_INPUT = 2


class Command(BaseCommand):
    """Everything that is open, in the order of the tree."""

    help = "Write all open organisations as CSV, as import_organisations reads it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", nargs="?", help="where to (default: standard output)")

    def handle(self, *args: Any, **options: Any) -> None:
        data = export_organisations(Reach(everywhere=True))
        if options["file"] is None:
            self.stdout.write(data.decode("utf-8-sig"), ending="")
            return
        try:
            options["file"].write_bytes(data)
        except OSError as error:
            raise CommandError(f"Cannot write {options['file']}: {error.strerror}.", returncode=BAD_INPUT) from None
