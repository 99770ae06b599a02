"""The manifest: what a backup consists of, and how one knows that it is whole."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from academy.operations.domain.backup.errors import BackupRefused
from academy.operations.domain.backup.files import FileFacts, facts_of, write_file

NAME, SEAL = "MANIFEST.json", "MANIFEST.json.sha256"
FORMAT = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """All that is known of a backup. ``files`` are paths below its folder; ``tables`` are rows by table."""

    format: int
    created_at: datetime
    engine: str
    engine_version: int
    versions: dict[str, str]
    key_fingerprint: str  # tells whether certificates in the copy will verify, and not the key
    migrations: list[str]
    tables: dict[str, int]
    files: dict[str, FileFacts]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest and its seal, which ``sha256sum --check`` understands."""
    told = {**dataclasses.asdict(manifest), "created_at": manifest.created_at.isoformat()}
    content = (json.dumps(told, indent=2, sort_keys=True) + "\n").encode()
    write_file(folder / NAME, content)
    write_file(folder / SEAL, f"{hashlib.sha256(content).hexdigest()}  {NAME}\n".encode())


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a backup. Raises BackupRefused when it is not one, or not as it was written."""
    try:
        content = (folder / NAME).read_bytes()
        seal = (folder / SEAL).read_bytes()
    except OSError as error:
        raise BackupRefused(f"This is not a whole backup: {Path(error.filename).name} cannot be read.") from None
    if seal != f"{hashlib.sha256(content).hexdigest()}  {NAME}\n".encode():
        raise BackupRefused(f"The backup is damaged: {NAME} is not as it was written.")
    told = json.loads(content)
    if told["format"] > FORMAT:
        raise BackupRefused(
            f"The backup was made by a newer version of the academy (format {told['format']}, this one reads "
            f"{FORMAT}): install that version first."
        )
    return Manifest(
        **{
            **told,
            "created_at": datetime.fromisoformat(told["created_at"]),
            "files": {name: FileFacts(**facts) for name, facts in told["files"].items()},
        }
    )


def check_files(folder: Path, manifest: Manifest) -> None:
    """Read every file of a backup. Raises BackupRefused at the first that is missing or not as it was written."""
    for name, facts in manifest.files.items():
        pure = PurePosixPath(name)
        path = folder / pure
        if pure.is_absolute() or ".." in pure.parts or path.is_symlink():
            raise BackupRefused(f"The backup is damaged: {name} leads out of it.")
        try:
            found = facts_of(path)
        except OSError:
            raise BackupRefused(f"The backup is incomplete: {name} cannot be read.") from None
        if found != facts:
            raise BackupRefused(f"The backup is damaged: {name} is not as it was written.")
