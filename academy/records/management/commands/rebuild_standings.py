"""``manage.py rebuild_standings``: make every standing anew from the evidence."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from academy.records.domain.evidence import rebuild_standings


class Command(BaseCommand):
    """Standings are derived: what they say follows from the evidence."""

    help = "Make every skill standing anew from the evidence."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild_standings()} standings rebuilt")
