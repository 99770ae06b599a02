"""Restoring: everything is checked before anything is changed."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from academy.operations.domain.backup.engines import Engine, engine_of
from academy.operations.domain.backup.errors import BackupRefused
from academy.operations.domain.backup.files import copy_file
from academy.operations.domain.backup.make import backed_up_folders, key_fingerprint
from academy.operations.domain.backup.manifest import Manifest, check_files, read_manifest


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """What now stands in the database and the folders, and what the operator must know of it."""

    manifest: Manifest
    files: int
    migrations_to_run: int
    same_key: bool


class RestoredInPart(Exception):
    """The database was replaced, and then something went wrong. The sentence says what is to be done."""


def restore_backup(*, source: Path, replace: bool) -> Restored:
    """Put a backup in place of the configured database and its folders. With ``replace`` these need not be empty.

    Raises BackupRefused and has changed nothing. The copy mails nobody until an operator says so.
    """
    manifest = read_manifest(source)
    engine = engine_of(connection)
    _require_fit(manifest, engine)
    check_files(source, manifest)
    if not replace:
        _require_empty(engine)
    staged: dict[Path, Path] = {}
    try:
        for name, folder in backed_up_folders().items():
            folder.mkdir(parents=True, exist_ok=True)
            # Out of sight within the folder itself: from there a name is all that a file needs.
            staged[folder] = Path(tempfile.mkdtemp(dir=folder, prefix=".restoring-"))
            _fill(staged[folder], source=source, manifest=manifest, name=name)
        engine.load(source / engine.dump_name, made_by=manifest.engine_version)
        swap_all(staged)
    except OSError as error:
        raise BackupRefused(f"The files could not be put back: {error.strerror}. Nothing was changed.") from None
    finally:
        for stage in staged.values():
            shutil.rmtree(stage, ignore_errors=True)
    require_equal(engine.tables(), manifest.tables)
    return Restored(
        manifest=manifest,
        files=len(manifest.files) - 1,
        migrations_to_run=len({f"{app}.{name}" for app, name in _known_migrations()} - set(manifest.migrations)),
        same_key=manifest.key_fingerprint == key_fingerprint(),
    )


def _known_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).graph.nodes)


def _newer_migrations(manifest: Manifest) -> list[str]:
    """Return the migrations of a backup that come after all that we know of their app.

    One that we do not know and that comes before was squashed since.
    """
    newest: dict[str, str] = {}
    for app, name in _known_migrations():
        newest[app] = max(newest.get(app, ""), name[:4])
    told = [tuple(migration.split(".", 1)) for migration in manifest.migrations]
    return [f"{app}.{name}" for app, name in told if app in newest and name[:4] > newest[app]]


def _require_fit(manifest: Manifest, engine: Engine) -> None:
    """Refuse what this version of the academy, or this database, cannot hold."""
    if manifest.engine != engine.kind:
        raise BackupRefused(f"The backup is of {manifest.engine}, and DATABASE_URL names {engine.kind}.")
    if manifest.engine_version > engine.version():
        raise BackupRefused(
            f"The backup was made on version {manifest.engine_version} of {engine.kind}, and this one is "
            f"{engine.version()}: restore it on {manifest.engine_version} or newer."
        )
    if newer := _newer_migrations(manifest):
        raise BackupRefused(
            f"The backup was made by a newer version of the academy, with migrations that this one does not have "
            f"({newer[0]}): install that version first."
        )


def _require_empty(engine: Engine) -> None:
    filled = [str(folder) for folder in backed_up_folders().values() if folder.is_dir() and any(folder.iterdir())]
    if not engine.is_empty():
        filled.insert(0, "the database")
    if filled:
        raise BackupRefused(
            f"Not empty: {', '.join(filled)}. With --yes the backup takes the place of all that is there."
        )


def _fill(stage: Path, *, source: Path, manifest: Manifest, name: str) -> None:
    """Copy the files that the backup has of one folder."""
    mode = settings.FILE_UPLOAD_PERMISSIONS or 0o644
    for path in manifest.files:
        pure = PurePosixPath(path)
        if pure.parts[0] == name and len(pure.parts) > 1:
            target = stage / pure.relative_to(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_file(source / pure, target, mode=mode)


def require_equal(tables: dict[str, int], told: dict[str, int]) -> None:
    """Compare the rows of each table with what the manifest says. Raises RestoredInPart."""
    if tables != told:
        different = ", ".join(sorted({name for name, _rows in tables.items() ^ told.items()}))
        raise RestoredInPart(f"The copy has other rows than the backup in: {different}. Do not use it.")


def swap_all(staged: dict[Path, Path]) -> None:
    """Put the files in place, folder by folder, after the database. Raises RestoredInPart."""
    for folder, stage in staged.items():
        try:
            _swap(folder, stage)
        except OSError as error:
            raise RestoredInPart(
                f"The database is restored, the files in {folder} are not: {error.strerror}. Restore again."
            ) from None


def _swap(folder: Path, stage: Path) -> None:
    """Put what is in ``stage`` in place of all else in ``folder``, which may be a mount and stays where it is."""
    before = Path(tempfile.mkdtemp(dir=folder, prefix=".before-"))
    for entry in list(folder.iterdir()):
        if entry not in {stage, before}:
            entry.rename(before / entry.name)
    for entry in list(stage.iterdir()):
        entry.rename(folder / entry.name)
    shutil.rmtree(before)
