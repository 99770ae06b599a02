"""Making a backup: the database first, files second, so that no row misses a file that was there."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from platform import python_version

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import salted_hmac

from academy.operations.domain.backup.engines import engine_of
from academy.operations.domain.backup.errors import BackupRefused
from academy.operations.domain.backup.files import copy_folder, facts_of, settle
from academy.operations.domain.backup.manifest import FORMAT, Manifest, write_manifest


@dataclass(frozen=True, kw_only=True, slots=True)
class Backup:
    """A backup that is whole and on the disk."""

    folder: Path
    manifest: Manifest


def backed_up_folders() -> dict[str, Path]:
    """Return the folders that belong to a backup, by the name that they have in it."""
    return {name.lower(): Path(getattr(settings, name)) for name in settings.BACKUP_FOLDERS}


def key_fingerprint() -> str:
    """Return what tells two secret keys apart and gives neither away."""
    return salted_hmac("academy.operations.backup", "fingerprint", algorithm="sha256").hexdigest()[:16]


def make_backup(*, into: Path, at: datetime) -> Backup:
    """Write a backup into a new folder below ``into``. It appears there when it is whole, or not at all.

    Raises BackupRefused; nothing half-done is left behind.
    """
    name = f"academy-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if (into / name).exists():
        raise BackupRefused(f"There is a backup of this second: {into / name}.")
    building = None
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=into, prefix=f".{name}-unfinished-"))
        manifest = _fill(building, at=at)
        settle(building)
        building.rename(into / name)
        settle(into)
    except OSError as error:
        raise BackupRefused(f"The backup could not be written: {error.strerror}.") from None
    finally:
        if building is not None and building.exists():
            shutil.rmtree(building)
    return Backup(folder=into / name, manifest=manifest)


def _fill(folder: Path, *, at: datetime) -> Manifest:
    engine = engine_of(connection)
    migrations = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
    tables = engine.dump(folder / engine.dump_name)
    files = {engine.dump_name: facts_of(folder / engine.dump_name)}
    for name, source in backed_up_folders().items():
        copied = copy_folder(source, folder / name)
        files |= {f"{name}/{path}": facts for path, facts in copied.items()}
    manifest = Manifest(
        format=FORMAT,
        created_at=at,
        engine=engine.kind,
        engine_version=engine.version(),
        versions=_versions(),
        key_fingerprint=key_fingerprint(),
        migrations=migrations,
        tables=tables,
        files=files,
    )
    write_manifest(folder, manifest)
    return manifest


def _versions() -> dict[str, str]:
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "academy": project["project"]["version"],
        "python": python_version(),
        **{package: version(package) for package in ("django", "wagtail")},
    }
