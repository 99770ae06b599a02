"""``manage.py backup DIR``: the database and the files that people uploaded."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from academy.lib.clock import now
from academy.operations.domain.backup import BackupRefused, make_backup


class Command(BaseCommand):
    """Prints where the backup is; a program reads it with --json."""

    help = "Back up the database and the media into a new folder below DIR. Keep SECRET_KEY elsewhere: it is not in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="print what was made as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            backup = make_backup(into=options["directory"], at=now())
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        manifest = backup.manifest
        rows, files = sum(manifest.tables.values()), len(manifest.files) - 1
        if options["json"]:
            size = sum(facts.size for facts in manifest.files.values())
            told = {"folder": str(backup.folder), "created_at": manifest.created_at.isoformat(), "rows": rows}
            self.stdout.write(json.dumps({**told, "tables": len(manifest.tables), "files": files, "bytes": size}))
        else:
            self.stdout.write(f"{backup.folder}: {rows} rows in {len(manifest.tables)} tables, {files} files")
