"""Documents: of the kind that their name says, whole, and nothing else besides.

What can act on the reader's machine by itself is refused where it can be seen: macros, and in a PDF scripts, programs
to start and files within. A PDF can hide such things in compressed parts, so documents are handed out to be saved,
never shown on a page of ours.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import partial

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.files.base import File
from django.utils.translation import gettext as _

from academy.lib.archives import BadArchive, member_names, read_member
from academy.lib.upload_limits import DOCUMENT_EXTENSIONS, DOCUMENT_MAX_BYTES
from academy.lib.uploads.common import CleanFile, Refused, content_of, extension_of, not_what_it_says

HEAD = 1024
PDF_ACTS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
# Text has no control characters but these.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
PARTS_BYTES = 1024 * 1024


class Unsound(Exception):
    """The content is not what its name says."""


def clean_document(file: File[bytes]) -> CleanFile:
    """Return the document under a name that nobody chose. Raises Refused."""
    extension = extension_of(file.name, DOCUMENT_EXTENSIONS)
    content = content_of(file, at_most=DOCUMENT_MAX_BYTES)
    try:
        CHECKS[extension](content)
    except (Unsound, BadArchive) as error:
        raise not_what_it_says(extension) from error
    return CleanFile(content, extension=extension)


def _check_pdf(content: bytes) -> None:
    if not re.match(rb"%PDF-[12]\.\d", content):
        raise Unsound
    tail = content[-HEAD:].rstrip(b"\r\n \t\x00")
    if not tail.endswith(b"%%EOF") or b"startxref" not in tail or b"PK\x05\x06" in content[-65_600:]:
        raise Unsound
    if PDF_ACTS.search(content):
        raise Refused(
            _("This PDF runs a script, starts a program or holds other files: print it to a new PDF and upload that."),
            code="active",
        )


def _check_office(content: bytes, *, main: str) -> None:
    """Word, Excel and PowerPoint: an archive with a list of its parts."""
    file = io.BytesIO(content)
    names = _names_in(file, content)
    if main not in names:
        raise Unsound
    parts = read_member(file, "[Content_Types].xml", at_most=PARTS_BYTES)
    try:
        fromstring(parts, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Unsound from error
    if b"macroEnabled" in parts or any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise _macros()


def _check_open_document(content: bytes, *, kind: str) -> None:
    """LibreOffice: an archive that says in its first file what it is."""
    file = io.BytesIO(content)
    names = _names_in(file, content)
    says = read_member(file, "mimetype", at_most=100).decode("ascii", errors="replace").strip()
    if says != f"application/vnd.oasis.opendocument.{kind}" or "content.xml" not in names:
        raise Unsound
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise _macros()


def _names_in(file: io.BytesIO, content: bytes) -> frozenset[str]:
    if b"%PDF-" in content[:HEAD]:
        raise Unsound
    return member_names(file)


def _macros() -> Refused:
    return Refused(_("This document holds macros: save it without them and upload that."), code="active")


def _check_text(content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(
            _("This text is not in UTF-8: save it in that encoding and upload it again."), code="encoding"
        ) from None
    if CONTROL.search(text) or text.startswith(("%PDF-", "PK\x03\x04")):
        raise Unsound


CHECKS: Mapping[str, Callable[[bytes], None]] = {
    "pdf": _check_pdf,
    "docx": partial(_check_office, main="word/document.xml"),
    "xlsx": partial(_check_office, main="xl/workbook.xml"),
    "pptx": partial(_check_office, main="ppt/presentation.xml"),
    "odt": partial(_check_open_document, kind="text"),
    "ods": partial(_check_open_document, kind="spreadsheet"),
    "odp": partial(_check_open_document, kind="presentation"),
    "csv": _check_text,
    "txt": _check_text,
}
