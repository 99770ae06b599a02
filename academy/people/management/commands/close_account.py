"""``manage.py close_account ID --reason on_request --by admin@example.org``: for whoever restored a backup."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.lib.clock import now
from academy.people.domain.closing import LastAdministrator, MayNotClose, close_account
from academy.people.enums import ClosingReason
from academy.people.models import User


class Command(BaseCommand):
    """Closes one account for good. People close their own on the site, administrators in the CMS."""

    help = "Close an account for good, by the number that the log names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=int)
        parser.add_argument("--reason", choices=ClosingReason.values, default=ClosingReason.ON_REQUEST.value)
        parser.add_argument("--by", required=True, help="e-mail address of the person who decided it")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Nobody here has the address {options['by']}.")
        person = User.objects.filter(pk=options["id"]).first()
        if person is None:
            raise CommandError(f"Nobody here has the number {options['id']}.")
        try:
            done = close_account(person=person, reason=ClosingReason(options["reason"]), by=by, at=now())
        except (LastAdministrator, MayNotClose) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"Account {person.pk} is closed: {done.deleted.total()} rows deleted, {done.blanked.total()} emptied, "
            f"{done.kept.total()} kept"
        )
