"""Uploads: what is accepted, what is left of it, and what is refused with which words."""

from __future__ import annotations

import io
import re
import zlib

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from academy.lib import upload_limits
from academy.lib.uploads import CleanFile, Refused, clean_document, clean_picture
from academy.lib.uploads.documents import CHECKS
from tests.support import uploads
from tests.support.uploads import office, open_document, packed, pdf, photograph, picture, upload

RANDOM_NAME = re.compile(r"[0-9a-f]{32}\.[a-z]+")
KINDS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}


def opened(file: CleanFile) -> Image.Image:
    return Image.open(io.BytesIO(file.read()))


def refusal(name: str, content: bytes) -> str:
    clean = clean_picture if name.rpartition(".")[2].lower() in {*KINDS, "svg", "avif"} else clean_document
    with pytest.raises(Refused) as refused:
        clean(upload(name, content))
    return refused.value.messages[0]


@pytest.mark.parametrize("extension", upload_limits.PICTURE_EXTENSIONS)
def test_picture_is_drawn_anew_under_a_random_name(extension: str) -> None:
    original = picture(KINDS[extension])

    clean = clean_picture(upload(f"../Ministry plan.{extension.upper()}", original))

    assert RANDOM_NAME.fullmatch(clean.name)
    assert clean.name.endswith(".jpg" if extension == "jpeg" else f".{extension}")
    image = opened(clean)
    assert (image.format, image.size) == (KINDS[extension], (40, 30))
    red, _green, blue = image.convert("RGB").getpixel((5, 5))
    assert red > 200
    assert blue < 60


def test_photograph_loses_where_and_by_whom_it_was_taken_and_stands_upright() -> None:
    original = photograph()
    assert b"CANARY" in original

    clean = clean_picture(upload("me.jpg", original))

    content = clean.read()
    image = Image.open(io.BytesIO(content))
    assert b"CANARY" not in content
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert image.size == (30, 40)


def test_what_was_appended_to_a_picture_is_not_stored() -> None:
    hidden = packed({"run.js": "alert(1)"}) + b"<script>alert(1)</script>"

    clean = clean_picture(upload("a.png", picture() + hidden))

    content = clean.read()
    assert b"PK\x03\x04" not in content
    assert b"script" not in content


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_picture_of_any_depth_of_colour_is_kept(mode: str) -> None:
    image = opened(clean_picture(upload("a.png", picture(mode=mode))))

    assert image.size == (40, 30)


def test_see_through_picture_stays_so() -> None:
    glass = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(glass, "PNG")

    assert opened(clean_picture(upload("a.png", glass.getvalue()))).convert("RGBA").getpixel((1, 1))[3] == 0


NOT_SOUND = "This is not a sound {} file: open it in the program that made it, save it again and upload that."
NOT_ACCEPTED = "Files of this kind are not accepted. Accepted are: JPG, JPEG, PNG, WEBP, GIF."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", NOT_ACCEPTED),
        ("a.png.svg", picture(), NOT_ACCEPTED),
        ("a.avif", b"\0\0\0\x20ftypavif", NOT_ACCEPTED),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", NOT_SOUND.format("PNG")),
        ("a.png", picture("JPEG"), NOT_SOUND.format("PNG")),
        ("a.jpg", picture("GIF"), NOT_SOUND.format("JPG")),
        ("a.webp", b"RIFF\x10\0\0\0WAVEfmt ", NOT_SOUND.format("WEBP")),
        ("a.png", picture()[:60], NOT_SOUND.format("PNG")),
        ("a.gif", b"GIF89a/*\0\0*/=alert(1)", NOT_SOUND.format("GIF")),
        ("a.png", b"", "This file is empty."),
        (
            "a.png",
            b"\x89PNG\r\n\x1a\n" + bytes(upload_limits.PICTURE_MAX_BYTES),
            "This file is too large. At most 10.0\xa0MB are accepted.",
        ),
    ],
)
def test_picture_is_refused_with_words(name: str, content: bytes, sentence: str) -> None:
    assert refusal(name, content) == sentence


def test_picture_with_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    # 160 and 900 million pixels in a few kilobytes.
    for side, kind in ((12_700, "PNG"), (30_000, "GIF")):
        header = picture(kind, size=(8, 8))
        wide = bytearray(header)
        if kind == "PNG":
            wide[16:24] = side.to_bytes(4, "big") * 2
            wide[29:33] = zlib.crc32(bytes(wide[12:29])).to_bytes(4, "big")
        else:
            wide[6:10] = side.to_bytes(2, "little") * 2
        assert refusal(f"a.{kind.lower()}", bytes(wide)) == (
            "This picture has too many pixels: make it smaller. At most 40 million are accepted."
        )


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_moving_picture_is_refused(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:])

    assert refusal(f"a.{kind.lower()}", written.getvalue()) == (
        "This picture moves, and readers could not stop it: upload a still one."
    )


@pytest.mark.parametrize("extension", upload_limits.DOCUMENT_EXTENSIONS)
def test_document_is_kept_as_it_is_under_a_random_name(extension: str) -> None:
    original = uploads.document(extension)

    clean = clean_document(upload(f"..\\Plan.{extension.upper()}", original))

    assert RANDOM_NAME.fullmatch(clean.name)
    assert clean.name.endswith(f".{extension}")
    assert clean.read() == original


def test_every_kind_of_document_has_its_check() -> None:
    assert tuple(CHECKS) == upload_limits.DOCUMENT_EXTENSIONS


ACTIVE_PDF = "This PDF runs a script, starts a program or holds other files: print it to a new PDF and upload that."
MACROS = "This document holds macros: save it without them and upload that."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "a.exe",
            b"MZ",
            "Files of this kind are not accepted. Accepted are: PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, CSV, TXT.",
        ),
        (
            "a.pdf.html",
            pdf(),
            "Files of this kind are not accepted. Accepted are: PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, CSV, TXT.",
        ),
        ("a.pdf", b"<html>%PDF-1.4", NOT_SOUND.format("PDF")),
        ("a.pdf", pdf()[:-30], NOT_SOUND.format("PDF")),
        ("a.pdf", pdf() + b"<script>alert(1)</script>", NOT_SOUND.format("PDF")),
        ("a.pdf", pdf(packed({"a": "b"})), NOT_SOUND.format("PDF")),
        ("a.pdf", pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), ACTIVE_PDF),
        ("a.pdf", pdf(b"<</S/Launch/F(cmd.exe)>>"), ACTIVE_PDF),
        ("a.docx", office("xlsx"), NOT_SOUND.format("DOCX")),
        ("a.docx", b"%PDF-1.4\n" + office("docx"), NOT_SOUND.format("DOCX")),
        ("a.docx", office("docx") + b"<script>", NOT_SOUND.format("DOCX")),
        ("a.docx", office("docx", **{"word/vbaProject.bin": b"x"}), MACROS),
        ("a.docx", packed({"word/document.xml": "<a/>", "[Content_Types].xml": "no xml"}), NOT_SOUND.format("DOCX")),
        (
            "a.docx",
            packed({"word/document.xml": "<a/>", "[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            NOT_SOUND.format("DOCX"),
        ),
        ("a.odt", open_document("ods"), NOT_SOUND.format("ODT")),
        ("a.odt", open_document("odt", **{"Basic/Standard/Module1.xml": "x"}), MACROS),
        ("a.odt", packed({"content.xml": "<a/>"}), NOT_SOUND.format("ODT")),
        (
            "a.txt",
            "Señas".encode("latin-1"),
            "This text is not in UTF-8: save it in that encoding and upload it again.",
        ),
        ("a.csv", b"a,b\0\n", NOT_SOUND.format("CSV")),
        ("a.txt", b"PK\x03\x04 and so on", NOT_SOUND.format("TXT")),
        ("a.txt", b"", "This file is empty."),
    ],
)
def test_document_is_refused_with_words(name: str, content: bytes, sentence: str) -> None:
    assert refusal(name, content) == sentence


def test_document_that_is_too_large_is_refused_whatever_size_it_claims() -> None:
    file = ContentFile(bytes(upload_limits.DOCUMENT_MAX_BYTES + 1), name="a.txt")
    file.size = 3

    with pytest.raises(Refused, match="This file is too large"):
        clean_document(file)
