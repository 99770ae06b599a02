"""A package: a zip with a manifest. Nothing is read that the manifest doesn't name."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from academy.lib.archives import Archive, BadArchive, Limits, opened
from academy.standards.qti import xml
from academy.standards.qti.faults import BadQti, Fault
from academy.standards.qti.manifest import LARGEST, MANIFEST, read_manifest
from academy.standards.qti.model import Manifest

LIMITS = Limits(members=5_000)
# Not now: the same questions make the same file.
MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Package:
    """A package, open."""

    manifest: Manifest
    _archive: Archive

    def read(self, name: str, *, at_most: int = xml.LARGEST) -> bytes:
        """Return a file that the manifest names. Raises BadQti when it is not there or too large."""
        if name not in self.manifest.named or name not in self._archive.names:
            raise BadQti(Fault.ABSENT, name[:200])
        try:
            return self._archive.read(name, at_most=at_most)
        except BadArchive as error:
            raise BadQti(Fault.TOO_LARGE, str(at_most // xml.MEGABYTE)) from error


def is_package(data: bytes) -> bool:
    """Whether the bytes begin as a zip does."""
    return data.startswith(b"PK")


@contextmanager
def open_package(data: bytes) -> Iterator[Package]:
    """Open a package; read it only while it is open. Raises BadQti."""
    with _archive(data) as archive:
        name = _manifest_name(archive.names)
        try:
            listed = archive.read(name, at_most=LARGEST)
        except BadArchive as error:
            raise BadQti(Fault.TOO_LARGE, str(LARGEST // xml.MEGABYTE)) from error
        yield Package(read_manifest(listed, folder=posixpath.dirname(name)), archive)


@contextmanager
def _archive(data: bytes) -> Iterator[Archive]:
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(opened(io.BytesIO(data), limits=LIMITS))
        except BadArchive as error:
            raise BadQti(Fault.BAD_ARCHIVE, str(error)) from error
        yield archive


def _manifest_name(names: frozenset[str]) -> str:
    """At the top, or in the one folder that somebody packed instead of what is in it."""
    if MANIFEST in names:
        return MANIFEST
    found = [name for name in names if posixpath.basename(name) == MANIFEST and name.count("/") == 1]
    if len(found) != 1:
        raise BadQti(Fault.NO_MANIFEST)
    return found[0]


def write_package(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of these files, the same for the same files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
