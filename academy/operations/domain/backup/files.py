"""Files of a backup: copied, counted and checked in one reading, and on the disk before we say so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFacts:
    """What a file must still be when it is restored."""

    size: int
    sha256: str


def facts_of(path: Path) -> FileFacts:
    """Read a file and return its facts."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return FileFacts(size=size, sha256=digest.hexdigest())


def copy_file(source: Path, target: Path, *, mode: int) -> FileFacts:
    """Copy a file, wait until it is on the disk, and return the facts of what was written."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as writing:
        while chunk := reading.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            writing.write(chunk)
        os.fchmod(writing.fileno(), mode)
        writing.flush()
        os.fsync(writing.fileno())
    return FileFacts(size=size, sha256=digest.hexdigest())


def write_file(target: Path, content: bytes) -> None:
    """Write a small private file and wait until it is on the disk."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as writing:
        writing.write(content)
        writing.flush()
        os.fsync(writing.fileno())


def settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def plain_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in order: no links, no sockets, nothing that leads elsewhere."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(root, name)
            if path.is_file() and not path.is_symlink():
                yield path


def copy_folder(source: Path, target: Path) -> dict[str, FileFacts]:
    """Copy the files below ``source`` privately. Returns their facts by their path below it."""
    target.mkdir(mode=0o700)
    copied = {}
    for path in plain_files(source):
        name = path.relative_to(source)
        (target / name.parent).mkdir(mode=0o700, parents=True, exist_ok=True)
        # Somebody may delete a picture while we copy: then it belongs to no backup.
        with suppress(FileNotFoundError):
            copied[name.as_posix()] = copy_file(path, target / name, mode=0o600)
    for folder in [target, *(path for path in target.rglob("*") if path.is_dir())]:
        settle(folder)
    return copied
