"""``manage.py seed_demo``: content, demo accounts, and how far they are."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from academy.home.domain.demo import seed_journeys
from academy.home.domain.demo_people import PERSONAS, seed_people
from academy.lib.clock import now
from academy.people.models import User

DEFAULT_PASSWORD = "procurement-demo"  # noqa: S105 -- printed on purpose, and refused where DEBUG is off


class Command(BaseCommand):
    """Builds the demo through the domain; a second run adds what is missing."""

    help = "Load the content pack and the demo accounts. Refused where DEBUG is off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="only when nobody has an account yet")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo has passwords that everyone knows: it is for DEBUG alone.")
        password = os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD
        if not options["if_empty"] or not User.objects.exists():
            self.stdout.write("Loading the content and the demo")
            call_command("load_content", verbosity=0)
            at = now()
            seed_journeys(people=seed_people(password=password, at=at), at=at)
        self.print_accounts(password)

    def print_accounts(self, password: str) -> None:
        """Print the demo accounts that exist, with the password that they were made with if it is still so."""
        shown = [
            (persona, user)
            for persona in PERSONAS
            if (user := User.objects.filter(email=persona.email, is_active=True).first())
        ]
        if not shown:
            return
        self.stdout.write("\nDemo accounts:")
        for persona, _user in shown:
            self.stdout.write(f"  {persona.email:<22} {persona.name}, {persona.what}")
        if shown[0][1].check_password(password):
            self.stdout.write(f"  Password of all: {password}")
        else:
            self.stdout.write("  Password: as it was set when the demo was made")
