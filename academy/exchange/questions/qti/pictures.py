"""Pictures of an item: found beside it, named as our texts name them."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from academy.standards.qti.faults import BadQti
from academy.standards.qti.manifest import place
from assessments.item_types.questions import Picture
from assessments.item_types.rich import PICTURE

LARGEST = 10 * 1024 * 1024
_INLINE = re.compile(r"data:image/[\w.+-]+;base64,", re.ASCII)


def kind_of(data: bytes) -> str:
    """Return the extension of a picture of a kind that is shown, empty for all else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    if data.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return ".gif"
    return ".webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def tidy(name: str) -> str:
    """Return a name of a picture of letters, digits and few signs."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", posixpath.basename(name)).strip("-.")[-80:] or "picture"


@dataclass(kw_only=True, slots=True)
class Pictures:
    """Gathers the pictures that the texts of one item name; ``fetch`` reads a file of the package."""

    folder: str
    fetch: Callable[[str, int], bytes]
    found: dict[str, Picture] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)

    def source(self, address: str) -> str:
        """Return how our texts name the picture of an address, empty when it is lost."""
        address = address.strip()
        if address not in self.found:
            try:
                data = self._read(address)
            except (BadQti, binascii.Error, ValueError):
                data = b""
            extension = kind_of(data)
            if not extension:
                self.lost.append(
                    _("The picture “%(name)s” is missing, or is no PNG, JPEG, GIF or WebP.") % {"name": address[:80]}
                )
                return ""
            self.found[address] = Picture(name=self._name(address, extension), data=data)
        return PICTURE + self.found[address].name

    def _read(self, address: str) -> bytes:
        if inline := _INLINE.match(address):
            return base64.b64decode("".join(address[inline.end() :].split()), validate=True)
        return self.fetch(place(address, base=self.folder), LARGEST)

    def _name(self, address: str, extension: str) -> str:
        plain = "picture" if _INLINE.match(address) else tidy(place(address, base=self.folder))
        stem, dot, ending = plain.rpartition(".")
        if not dot:
            stem, ending = plain, extension[1:]
        taken = {picture.name.casefold() for picture in self.found.values()}
        names = (f"{stem}{number}.{ending}" for number in ("", *(f"-{count}" for count in range(2, len(taken) + 3))))
        return next(name for name in names if name.casefold() not in taken)

    @property
    def all(self) -> tuple[Picture, ...]:
        """The pictures in the order in which the texts name them, each once."""
        return tuple(self.found.values())
