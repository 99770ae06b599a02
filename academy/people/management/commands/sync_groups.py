"""``manage.py sync_groups``: give every group what the table of rights says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from academy.people.api import sync_groups


class Command(BaseCommand):
    """Run it after an upgrade; a second run changes nothing."""

    help = "Give every group of staff exactly the rights that its kind of grant has, in its place."

    def handle(self, *args: Any, **options: Any) -> None:
        count = sync_groups()
        self.stdout.write(f"{count} groups have what the table of rights says.")
