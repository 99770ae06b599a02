"""Packages of QTI taken apart and put together."""

from __future__ import annotations

import io
import re
import zipfile

from academy.exchange.questions.reading import Found, Reading
from assessments.item_types.questions import Question


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(files: dict[str, bytes]) -> bytes:
    """Return a package of these files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def without_ours(data: bytes) -> bytes:
    """Return a package as another system would hand it on: without our own file."""
    files = unpacked(data)
    del files["academy.json"]
    files["imsmanifest.xml"] = re.sub(
        rb'<resource identifier="academy-json".*?</resource>', b"", files["imsmanifest.xml"]
    )
    return repacked(files)


def only(reading: Reading) -> Found:
    """Return the one thing that a file holds."""
    assert reading.problems == ()
    assert len(reading.found) == 1
    return reading.found[0]


def question_of(reading: Reading) -> Question:
    """Return the one question of a file that was taken."""
    found = only(reading)
    assert found.question is not None, found.problems
    return found.question
