"""Write questions for other systems, and for ourselves."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.exchange.questions.export import stored_questions
from academy.exchange.questions.formats import QTI_VERSION, QTI_VERSIONS, WRITERS, write_questions
from assessments.api import category_of
from assessments.models import ItemBank

BAD_INPUT = 2


class Command(BaseCommand):
    """What is asked today, or with --drafts what was written last."""

    help = "Write the questions of banks into a file. Exit status: 0 all written, 2 something was left out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=WRITERS, required=True, help="what to write")
        parser.add_argument("--bank", metavar="CODE", action="append", help="a bank; again for more (default: all)")
        parser.add_argument("--category", metavar="PATH", default="", help="only this category and those below it")
        parser.add_argument("--output", type=Path, metavar="FILE", help="where to (default: standard output)")
        parser.add_argument("--qti-version", choices=QTI_VERSIONS, default=QTI_VERSION, help="for --format qti")
        parser.add_argument("--drafts", action="store_true", help="the latest versions, ready or not")

    def handle(self, *args: Any, **options: Any) -> None:
        banks = _banks(options["bank"])
        questions = list(stored_questions(banks, under=category_of(options["category"]), drafts=options["drafts"]))
        writing = write_questions(questions, options["format"], version=options["qti_version"])
        self.write(writing.data, options["output"])
        for note in writing.lost:
            self.stderr.write(f"{note.item}: {note.message}" if note.item else note.message)
        if writing.lost:
            count = len(writing.lost)
            left = "1 thing was left out." if count == 1 else f"{count:,} things were left out."
            raise CommandError(left, returncode=BAD_INPUT)

    def write(self, data: bytes, path: Path | None) -> None:
        """Write bytes where they belong."""
        if path is None:
            stream = getattr(self.stdout, "buffer", None)
            if stream is None:  # captured by a program that wants text
                self.stdout.write(data.decode("utf-8-sig", errors="replace"), ending="")
                return
            stream.write(data)
            stream.flush()
            return
        try:
            path.write_bytes(data)
        except OSError as error:
            raise CommandError(f"Cannot write {path}: {error.strerror}.", returncode=BAD_INPUT) from None


def _banks(codes: list[str] | None) -> list[ItemBank] | None:
    if not codes:
        return None
    banks = list(ItemBank.objects.filter(code__in=codes))
    missing = sorted(set(codes) - {bank.code for bank in banks})
    if missing:
        raise CommandError(f"There is no question bank “{missing[0]}”.", returncode=BAD_INPUT)
    return banks
