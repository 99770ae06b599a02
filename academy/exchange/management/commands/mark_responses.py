"""Mark responses to the questions of a file, to compare our marking with another system's. Stores nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.exchange.questions.formats import FORMATS, Unreadable, read_file, read_questions
from academy.exchange.questions.judging import judge
from academy.exchange.questions.marking import BadResponses, mark_all, read_responses
from academy.exchange.questions.shown import written

BAD_INPUT = 2


class Command(BaseCommand):
    """Read both files, mark, print."""

    help = "Mark responses (JSON) against the questions of a file and print the marks as JSON. Asks no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the questions")
        parser.add_argument(
            "responses", type=Path, metavar="RESPONSES", help="the responses, as docs/questions.md says"
        )
        parser.add_argument("--format", choices=FORMATS, required=True, help="what FILE is")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = read_file(options["file"])
            responses = read_responses(read_file(options["responses"]))
        except (Unreadable, BadResponses) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        reading = read_questions(data, options["format"])
        if reading.problems:
            told = " ".join(f"{options['file']}:{note.line}: {note.message}" for note in reading.problems)
            raise CommandError(told, returncode=BAD_INPUT)
        marked = mark_all(judge(reading), responses)
        self.stdout.write(written([one.as_json() for one in marked]))
