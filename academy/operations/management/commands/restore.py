"""``manage.py restore DIR``: a backup, back where it came from or somewhere else."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.operations.domain.backup import BackupRefused, restore_backup
from academy.operations.domain.backup.restore import RestoredInPart


class Command(BaseCommand):
    """Checks the backup, puts it in place, and says what is left to do."""

    help = "Restore the backup in DIR into the configured database and media. A restored copy mails nobody."
    # Nothing may read the database that is about to be replaced.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument("--yes", action="store_true", help="replace what the database and the media hold now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restored = restore_backup(source=options["directory"], replace=options["yes"])
        except (BackupRefused, RestoredInPart) as refused:
            raise CommandError(str(refused)) from refused
        manifest = restored.manifest
        self.stdout.write(
            f"Restored as of {manifest.created_at:%Y-%m-%d %H:%M:%S} UTC: {sum(manifest.tables.values())} rows in "
            f"{len(manifest.tables)} tables, {restored.files} files"
        )
        if restored.migrations_to_run:
            self.stdout.write(
                f"Run manage.py migrate: {restored.migrations_to_run} migrations are newer than the backup."
            )
        if not restored.same_key:
            self.stdout.write(
                self.style.WARNING("SECRET_KEY is not that of the backup: its certificates will not verify here.")
            )
        self.stdout.write("E-mail is held. When this is the site that people use: manage.py resume_mail")
