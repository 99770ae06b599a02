"""Small files of every kind, and such as mean harm."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

TYPES = "application/vnd.openxmlformats-officedocument"
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
KINDS = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it; what the browser says of its type is nobody's business."""
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def picture(kind: str = "PNG", *, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    """A small picture, half red and half blue."""
    image = Image.new(mode, size, 0)
    image.paste(Image.new("RGB", (size[0] // 2, size[1]), (220, 20, 20)).convert(mode), (0, 0))
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def photograph() -> bytes:
    """A photograph, held sideways, that says where, with what and by whom it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "CANARY camera"
    exif[0x013B] = "CANARY photographer"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 1.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    return picture("JPEG", exif=exif, comment=b"CANARY comment")


def pdf(inside: bytes = b"") -> bytes:
    """A page without a word."""
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    )
    return body + inside + b"\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def packed(members: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def office(extension: str, **more: bytes | str) -> bytes:
    """A Word, Excel or PowerPoint file, as little as there can be."""
    return packed({"[Content_Types].xml": CONTENT_TYPES, MAIN[extension]: "<main/>", **more})


def open_document(extension: str, **more: bytes | str) -> bytes:
    """A file of LibreOffice, as little as there can be."""
    says = f"application/vnd.oasis.opendocument.{KINDS[extension]}"
    return packed({"mimetype": says, "content.xml": "<content/>", **more})


def document(extension: str) -> bytes:
    """A sound document of a kind."""
    if extension in MAIN:
        return office(extension)
    if extension in KINDS:
        return open_document(extension)
    return pdf() if extension == "pdf" else "Name,Señas\nAda,1\n".encode()


def declared_as(archive: bytes, name: str, size: int) -> bytes:
    """The archive, but it says that one file in it unpacks to ``size`` bytes."""
    local = archive.index(b"PK\x03\x04" + archive[4:26] + struct.pack("<H", len(name)))
    central = archive.index(name.encode(), archive.index(b"PK\x01\x02")) - 46
    changed = bytearray(archive)
    changed[local + 22 : local + 26] = changed[central + 24 : central + 28] = struct.pack("<I", size)
    return bytes(changed)
