"""``manage.py revoke_certificate CODE --reason "…" --by admin@example.org``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.lib.clock import now
from academy.people.models import User
from academy.records.domain.awards import NoSuchAward, revoke_award, verify_award


class Command(BaseCommand):
    """Revokes one certificate; verifiers read the reason."""

    help = "Revoke a certificate, with a reason that verifiers read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--by", required=True, help="e-mail address of the person who decided it")

    def handle(self, *args: Any, **options: Any) -> None:
        reason = options["reason"].strip()
        if not reason or len(reason) > 500:
            raise CommandError("Give a reason of 1 to 500 characters: verifiers read it.")
        by = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Nobody here has the address {options['by']}.")
        try:
            verified = verify_award(code=options["code"], at=now())
        except NoSuchAward:
            raise CommandError(f"No certificate has the code {options['code']}.") from None
        revoke_award(award=verified.award, reason=reason, by=by, at=now())
        self.stdout.write(f"{verified.code} is revoked")
