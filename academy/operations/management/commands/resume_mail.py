"""``manage.py resume_mail``: a restored copy becomes the site that people use."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from academy.operations.domain.mail import folder_of_kept_mail, resume_mail


class Command(BaseCommand):
    """Lets e-mail go out again after a restore."""

    help = "Let a restored copy send e-mail. What was kept meanwhile is not sent."

    def handle(self, *args: Any, **options: Any) -> None:
        if not resume_mail():
            self.stdout.write("E-mail was not held.")
            return
        self.stdout.write("E-mail goes out again.")
        if folder_of_kept_mail().exists():
            self.stdout.write(f"What was kept meanwhile is not sent; it is in {folder_of_kept_mail()}.")
