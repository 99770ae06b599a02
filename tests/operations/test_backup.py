"""Backups: whole or not at all, and nothing is restored from a damaged one."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from academy.operations.domain.backup import BackupRefused, make_backup, restore_backup
from academy.operations.domain.backup.engines import engine_of
from academy.operations.domain.backup.manifest import NAME, SEAL, read_manifest, write_manifest
from academy.operations.domain.backup.restore import RestoredInPart, require_equal, swap_all
from academy.operations.domain.restored import is_restored
from academy.people.models import User
from tests.support.backups import another_database, every_file, every_row
from tests.support.databases import CopiedDatabase

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
POSTGRES = connection.vendor == "postgresql"
DUMP = "database.dump" if POSTGRES else "database.sqlite3"
MEDIA = {"images/ríver.txt": b"water", "documents/plan.txt": b"a plan", "empty.txt": b""}


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """A backup of the migrated database and some files, made once."""
    media = tmp_path_factory.mktemp("media")
    put(media, MEDIA)
    (media / "link.txt").symlink_to("/etc/hostname")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.MEDIA_ROOT", media)
        patch.setattr("django.conf.settings.PRIVATE_ROOT", tmp_path_factory.mktemp("private"))
        yield make_backup(into=tmp_path_factory.mktemp("backups"), at=AT).folder


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may damage."""
    return Path(shutil.copytree(made, tmp_path / "backup"))


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """Where uploads are in this test."""
    folder = tmp_path / "media"
    put(folder, {"images/old.txt": b"old"})
    settings.MEDIA_ROOT = folder
    return folder


def seal(backup: Path, **changes: Any) -> None:
    """Write the manifest anew with changes, as if it had been made so."""
    manifest = dataclasses.replace(read_manifest(backup), **changes)
    (backup / NAME).unlink()
    (backup / SEAL).unlink()
    write_manifest(backup, manifest)


# Making ------------------------------------------------------------------------------------------


def test_backup_is_a_private_folder_with_all_that_its_manifest_says(made: Path) -> None:
    manifest = read_manifest(made)

    assert made.name == "academy-20260304T050607Z"
    assert sorted(manifest.files) == sorted([DUMP, *(f"media_root/{name}" for name in MEDIA)])
    assert {str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()} == {*manifest.files, NAME, SEAL}
    for name, facts in manifest.files.items():
        content = (made / name).read_bytes()
        assert (facts.size, facts.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    modes = {stat.S_IMODE(path.stat().st_mode) for path in made.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in [made, *made.rglob("*")] if path.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700})
    assert list(made.parent.iterdir()) == [made]
    assert (made / SEAL).read_text() == f"{hashlib.sha256((made / NAME).read_bytes()).hexdigest()}  {NAME}\n"


@pytest.mark.django_db
def test_manifest_tells_what_was_there(made: Path) -> None:
    manifest = read_manifest(made)

    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        assert manifest.migrations == sorted(f"{app}.{name}" for app, name in cursor.fetchall())
    assert manifest.tables == {table: len(rows) for table, rows in every_row().items()}
    assert manifest.tables["wagtailcore_page"] == 2
    assert (manifest.created_at, manifest.format, manifest.engine) == (AT, 1, connection.vendor)
    assert sorted(manifest.versions) == ["academy", "django", "python", "wagtail"]


@pytest.mark.django_db
def test_command_says_where_it_is(tmp_path: Path, media: Path) -> None:
    out, told = StringIO(), StringIO()

    call_command("backup", tmp_path / "a", stdout=out)
    call_command("backup", tmp_path / "b", "--json", stdout=told)

    (first,), (second,) = (tmp_path / "a").iterdir(), (tmp_path / "b").iterdir()
    manifest = read_manifest(second)
    rows, tables = sum(manifest.tables.values()), len(manifest.tables)
    assert out.getvalue() == f"{first}: {rows} rows in {tables} tables, 1 files\n"
    assert json.loads(told.getvalue()) == {
        "folder": str(second),
        "created_at": manifest.created_at.isoformat(),
        "rows": rows,
        "tables": tables,
        "files": 1,
        "bytes": sum(facts.size for facts in manifest.files.values()),
    }


@pytest.mark.django_db
def test_full_disk_leaves_nothing_half_done(tmp_path: Path, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(CommandError, match=r"^The backup could not be written: No space left on device\.$"):
        call_command("backup", tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.django_db
def test_second_backup_of_a_second_is_refused(tmp_path: Path, media: Path) -> None:
    first = make_backup(into=tmp_path / "backups", at=AT)
    kept = every_file(first.folder)

    with pytest.raises(BackupRefused, match=f"^There is a backup of this second: {first.folder}.$"):
        make_backup(into=tmp_path / "backups", at=AT)
    assert every_file(first.folder) == kept


# Refusing ----------------------------------------------------------------------------------------


def flip(backup: Path, name: str) -> None:
    content = bytearray((backup / name).read_bytes())
    content[len(content) // 2] ^= 1
    (backup / name).write_bytes(content)


def truncate(backup: Path, name: str) -> None:
    os.truncate(backup / name, (backup / name).stat().st_size - 1)


def unlink(backup: Path, name: str) -> None:
    (backup / name).unlink()


def link_elsewhere(backup: Path, name: str) -> None:
    elsewhere = backup.parent / "elsewhere"
    (backup / name).rename(elsewhere)
    (backup / name).symlink_to(elsewhere)


def lead_out(backup: Path) -> None:
    files = read_manifest(backup).files
    seal(backup, files={**files, "media_root/../../evil.txt": files["media_root/empty.txt"]})


PLAN = "media_root/documents/plan.txt"
DAMAGED = {
    "database, a byte": (lambda backup: flip(backup, DUMP), f"The backup is damaged: {DUMP} is not as it was written."),
    "database, cut off": (
        lambda backup: truncate(backup, DUMP),
        f"The backup is damaged: {DUMP} is not as it was written.",
    ),
    "database, gone": (lambda backup: unlink(backup, DUMP), f"The backup is incomplete: {DUMP} cannot be read."),
    "file, a byte": (lambda backup: flip(backup, PLAN), f"The backup is damaged: {PLAN} is not as it was written."),
    "file, gone": (lambda backup: unlink(backup, PLAN), f"The backup is incomplete: {PLAN} cannot be read."),
    "file, a link": (lambda backup: link_elsewhere(backup, PLAN), f"The backup is damaged: {PLAN} leads out of it."),
    "path that leads out": (lead_out, "The backup is damaged: media_root/../../evil.txt leads out of it."),
    "manifest, a byte": (lambda backup: flip(backup, NAME), f"The backup is damaged: {NAME} is not as it was written."),
    "manifest, gone": (lambda backup: unlink(backup, NAME), f"This is not a whole backup: {NAME} cannot be read."),
    "seal, a byte": (lambda backup: flip(backup, SEAL), f"The backup is damaged: {NAME} is not as it was written."),
    "seal, gone": (lambda backup: unlink(backup, SEAL), f"This is not a whole backup: {SEAL} cannot be read."),
    "newer format": (
        lambda backup: seal(backup, format=2),
        "The backup was made by a newer version of the academy (format 2, this one reads 1): install that version first.",
    ),
    "newer migrations": (
        lambda backup: seal(backup, migrations=[*read_manifest(backup).migrations, "people.9999_tomorrow"]),
        (
            "The backup was made by a newer version of the academy, with migrations that this one does not have "
            "(people.9999_tomorrow): install that version first."
        ),
    ),
    "newer database": (
        lambda backup: seal(backup, engine_version=99),
        "The backup was made on version 99 of {kind}, and this one is {version}: restore it on 99 or newer.",
    ),
    "other database": (
        lambda backup: seal(backup, engine="oracle"),
        f"The backup is of oracle, and DATABASE_URL names {connection.vendor}.",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_backup_is_refused_and_nothing_changes(backup: Path, media: Path, damage: str) -> None:
    User.objects.create_user("trace@example.org", display_name="Trace")
    act, sentence = DAMAGED[damage]
    act(backup)
    rows, files = every_row(), every_file(media)

    with pytest.raises(CommandError) as refused:
        call_command("restore", backup, "--yes")

    engine = engine_of(connection)
    assert str(refused.value) == sentence.format(kind=engine.kind, version=engine.version())
    assert (every_row(), every_file(media), is_restored(connection)) == (rows, files, False)


@pytest.mark.django_db
def test_nothing_is_replaced_unasked(backup: Path, media: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("restore", backup)

    assert str(refused.value) == (
        f"Not empty: the database, {media}. With --yes the backup takes the place of all that is there."
    )
    assert every_file(media) == {"images/old.txt": b"old"}


def cut_the_dump(backup: Path) -> None:
    """A dump that was cut off before it was sealed: no checksum can tell."""
    os.truncate(backup / DUMP, (backup / DUMP).stat().st_size * 2 // 3)
    content = (backup / DUMP).read_bytes()
    files = read_manifest(backup).files
    facts = dataclasses.replace(files[DUMP], size=len(content), sha256=hashlib.sha256(content).hexdigest())
    seal(backup, files={**files, DUMP: facts})


@pytest.mark.django_db(transaction=True)
def test_dump_that_breaks_off_midway_changes_nothing(backup: Path, media: Path) -> None:
    User.objects.create_user("trace@example.org", display_name="Trace")
    cut_the_dump(backup)
    rows, files = every_row(), every_file(media)

    with pytest.raises(CommandError) as refused:
        call_command("restore", backup, "--yes")

    beginning = "pg_restore cannot read the backup: " if POSTGRES else "SQLite "
    assert str(refused.value).startswith(beginning)
    assert (every_row(), every_file(media), is_restored(connection)) == (rows, files, False)


@pytest.mark.django_db(transaction=True)
def test_database_in_use_is_left_alone(backup: Path, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("academy.operations.domain.backup.postgres.LOCK_MILLISECONDS", 200)
    monkeypatch.setattr("academy.operations.domain.backup.sqlite.PATIENCE", 0.2)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN" if POSTGRES else "BEGIN IMMEDIATE")
        cursor.execute("DELETE FROM people_user")

        with pytest.raises(CommandError) as refused:
            call_command("restore", backup, "--yes")
    other.close()

    assert "The database is in use: stop the web server and the worker, then try again." in str(refused.value)
    assert (every_file(media), is_restored(connection)) == ({"images/old.txt": b"old"}, False)


@pytest.mark.django_db
def test_full_disk_is_noticed_before_anything_changes(
    backup: Path, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    rows = every_row()
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(CommandError) as refused:
        call_command("restore", backup, "--yes")

    assert str(refused.value) == "The files could not be put back: No space left on device. Nothing was changed."
    assert (every_row(), every_file(media)) == (rows, {"images/old.txt": b"old"})


def test_files_that_cannot_be_put_in_place_are_told(
    media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is another one by then: that must be said."""

    def stuck(path: Path, target: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(Path, "rename", stuck)

    with pytest.raises(RestoredInPart) as told:
        swap_all({media: tmp_path})

    assert str(told.value) == (
        f"The database is restored, the files in {media} are not: Device or resource busy. Restore again."
    )


def test_copy_with_other_rows_than_the_manifest_says_is_not_to_be_used() -> None:
    with pytest.raises(RestoredInPart) as told:
        require_equal({"a": 1, "b": 2, "d": 0}, {"a": 1, "b": 3, "c": 0})

    assert str(told.value) == "The copy has other rows than the backup in: b, c, d. Do not use it."


# Restoring ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_restore_replaces_all_that_was_there(backup: Path, media: Path) -> None:
    rows = every_row()
    User.objects.create_user("trace@example.org", display_name="Trace")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_a_newer_version (id integer)")
    out = StringIO()

    call_command("restore", backup, "--yes", stdout=out)

    tables = read_manifest(backup).tables
    assert out.getvalue().splitlines() == [
        f"Restored as of 2026-03-04 05:06:07 UTC: {sum(tables.values())} rows in {len(tables)} tables, 3 files",
        "E-mail is held. When this is the site that people use: manage.py resume_mail",
    ]
    assert every_row() == rows
    assert every_file(media) == MEDIA
    assert stat.S_IMODE((media / "empty.txt").stat().st_mode) == 0o644
    assert is_restored(connection)


@pytest.mark.django_db(transaction=True)
def test_restore_into_nothing_needs_no_leave_and_tells_what_differs(
    backup: Path, copied: CopiedDatabase, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path / "new" / "media"
    settings.SECRET_KEY = "another-" + "x" * 50
    manifest = read_manifest(backup)
    seal(backup, migrations=[name for name in manifest.migrations if not name.startswith("courses.")])
    missing = len(manifest.migrations) - len(read_manifest(backup).migrations)

    with another_database(copied, tmp_path):
        restored = restore_backup(source=backup, replace=False)

        assert every_file(settings.MEDIA_ROOT) == MEDIA
    assert (restored.files, restored.migrations_to_run, restored.same_key) == (3, missing, False)
