"""Zip archives of strangers: looked through before anything in them is believed.

What an archive says of itself may be a lie: a file that declares 100 bytes can unpack to a gigabyte. So each member
is unpacked in small pieces, counted and thrown away, and whatever an honest program does not write is refused.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

CHUNK = 64 * 1024
END_RECORD = b"PK\x05\x06"
END_RECORD_BYTES = 22
ENCRYPTED = 0x1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class BadArchive(Exception):
    """The archive is damaged, or is made to do harm."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What an archive may be at most. A ratio counts only above a megabyte: a page of blanks packs very well."""

    members: int = 2_000
    total_bytes: int = 200 * 1024 * 1024
    ratio: int = 200
    name_length: int = 200


def member_names(file: IO[bytes], *, limits: Limits = Limits()) -> frozenset[str]:
    """Return the names of what is inside, all of it unpacked and counted. Raises BadArchive."""
    _refuse_strangers_around(file)
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bad_members(archive, limits)
            _count(archive, limits)
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise BadArchive(f"It cannot be read: {error}.") from error


def read_member(file: IO[bytes], name: str, *, at_most: int) -> bytes:
    """Return one member of an archive that was looked through. Raises BadArchive when it is missing or too large."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _read(archive, name, at_most)
    except zipfile.BadZipFile as error:
        raise BadArchive(f"It lacks {name}.") from error


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that was looked through, open for reading many of its members."""

    names: frozenset[str]
    _archive: zipfile.ZipFile

    def read(self, name: str, *, at_most: int) -> bytes:
        """Return one member. Raises BadArchive when it is missing or too large."""
        return _read(self._archive, name, at_most)


@contextmanager
def opened(file: IO[bytes], *, limits: Limits = Limits()) -> Iterator[Archive]:
    """Look through an archive as :func:`member_names` does, and keep it open: its list is read once. Raises BadArchive."""
    names = member_names(file, limits=limits)
    with zipfile.ZipFile(file) as archive:
        yield Archive(names, archive)


def _read(archive: zipfile.ZipFile, name: str, at_most: int) -> bytes:
    try:
        with archive.open(name) as member:
            data = member.read(at_most + 1)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BadArchive(f"It lacks {name}.") from error
    if len(data) > at_most:
        raise BadArchive(f"{name} is too large.")
    return data


def _refuse_strangers_around(file: IO[bytes]) -> None:
    """The archive begins with its first byte and ends with its last: nothing else hides before, between or behind."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise BadArchive("It does not begin as an archive does.")
    size = file.seek(0, 2)
    file.seek(max(0, size - END_RECORD_BYTES))
    end = file.read(END_RECORD_BYTES)
    if not end.startswith(END_RECORD) or len(end) < END_RECORD_BYTES:
        raise BadArchive("Something stands behind its end.")
    directory_bytes = int.from_bytes(end[12:16], "little")
    directory_start = int.from_bytes(end[16:20], "little")
    if directory_start + directory_bytes != size - END_RECORD_BYTES:
        raise BadArchive("Something stands before its beginning.")


def _refuse_bad_members(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    if len(members) > limits.members:
        raise BadArchive(f"It holds more than {limits.members} files.")
    seen = set()
    for member in members:
        # What the archive says, before zipfile has mended it.
        name = member.orig_filename
        if _climbs(name) or len(name) > limits.name_length:
            raise BadArchive("A file in it has a name that leads elsewhere.")
        if name.casefold() in seen:
            raise BadArchive("It holds the same file twice.")
        seen.add(name.casefold())
        mode = member.external_attr >> 16
        if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise BadArchive("It holds something that is neither a file nor a folder.")
        if member.flag_bits & ENCRYPTED:
            raise BadArchive("It is locked with a password.")
        if member.compress_type not in METHODS:
            raise BadArchive("It is packed in an unusual way.")


def _climbs(name: str) -> bool:
    parts = name.split("/")
    return (
        not name
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or any(not character.isprintable() for character in name)
        or any(part in {".", ".."} for part in parts)
        or "" in parts[:-1]
    )


def _count(archive: zipfile.ZipFile, limits: Limits) -> None:
    total = 0
    for member in archive.infolist():
        unpacked = 0
        with archive.open(member) as stream:
            while piece := stream.read(CHUNK):
                unpacked += len(piece)
                total += len(piece)
                if total > limits.total_bytes:
                    raise BadArchive("It unpacks to far more than it should.")
                if unpacked > 1024 * 1024 and unpacked > limits.ratio * max(member.compress_size, 1):
                    raise BadArchive("It unpacks to far more than it should.")
        if unpacked != member.file_size:
            raise BadArchive("A file in it is not as long as it says.")
