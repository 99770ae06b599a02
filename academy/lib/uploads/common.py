"""What pictures and documents have in common."""

from __future__ import annotations

import secrets
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _


class Refused(ValidationError):
    """The file is not kept. The message is for the person who uploaded it."""


class CleanFile(ContentFile):  # type: ignore[type-arg] # it takes no argument when it runs
    """A file that was looked into: its name and its bytes may be stored as they are."""

    def __init__(self, content: bytes, *, extension: str) -> None:
        # Nobody guesses it, counts through it or learns from it whose it is.
        super().__init__(content, name=f"{secrets.token_hex(16)}.{extension}")


def extension_of(name: str | None, allowed: tuple[str, ...]) -> str:
    """Return the extension in small letters. Raises Refused when it is none of ``allowed``."""
    extension = PurePath(name or "").suffix.lower().removeprefix(".")
    if extension not in allowed:
        raise Refused(
            _("Files of this kind are not accepted. Accepted are: %(formats)s.")
            % {"formats": ", ".join(allowed).upper()},
            code="extension",
        )
    return extension


def content_of(file: File[bytes], *, at_most: int) -> bytes:
    """Return the bytes of a file. Raises Refused when there are none or too many, whatever size it claims."""
    file.seek(0)
    content: bytes = file.read(at_most + 1)
    file.seek(0)
    if len(content) > at_most:
        raise Refused(
            _("This file is too large. At most %(size)s are accepted.") % {"size": filesizeformat(at_most)},
            code="size",
        )
    if not content:
        raise Refused(_("This file is empty."), code="empty")
    return content


def not_what_it_says(extension: str) -> Refused:
    """The refusal of a file whose content is not what its name says."""
    return Refused(
        _("This is not a sound %(format)s file: open it in the program that made it, save it again and upload that.")
        % {"format": extension.upper()},
        code="content",
    )
