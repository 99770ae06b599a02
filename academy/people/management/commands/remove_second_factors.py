"""``manage.py remove_second_factors somebody@example.org --by admin@example.org``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.lib.clock import now
from academy.people.domain.factors import remove_second_factors
from academy.people.models import User


class Command(BaseCommand):
    """For somebody who has lost their phone and the recovery codes: they sign in by password and set up anew."""

    help = "Remove the second factors of a person who has lost them, and end their sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--by", required=True, help="e-mail address of the person who made sure who is asking")

    def handle(self, *args: Any, **options: Any) -> None:
        person, by = (self.find(address) for address in (options["email"], options["by"]))
        count = remove_second_factors(person=person, by=by, at=now())
        self.stdout.write(
            f"{count} second factors of {person.email} are removed. Tell them, by another way than e-mail."
        )

    @staticmethod
    def find(address: str) -> User:
        """Return the person with this address."""
        person = User.objects.filter(email__iexact=address, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody here has the address {address}.")
        return person
