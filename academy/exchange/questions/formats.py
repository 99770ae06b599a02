"""The formats of files of questions: what each is called, and who reads and writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from academy.exchange.questions import aiken, csv, gift, moodle_xml, qti
from academy.exchange.questions.reading import Note, Reading, Writing
from assessments.item_types.questions import Question

# What is read into memory at all; a format may take less.
MOST_BYTES = 50 * 1024 * 1024
QTI_VERSIONS = ("2.1", "2.2", "3.0")
QTI_VERSION = "2.1"
HEAD = 16_000
ZIP = b"PK\x03\x04"
AIKEN = re.compile(r"^ANSWER:\s*[A-Z]\s*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """``name`` is what commands call it; ``write`` is None where nobody needs it written."""

    name: str
    label: str | Promise
    extension: str
    content_type: str
    read: Callable[[bytes], Reading]
    write: Callable[[Sequence[Question]], Writing] | None = None


class Unreadable(Exception):
    """The file itself cannot be had; the message says why, in one sentence."""


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            name="gift",
            label=gettext_lazy("GIFT"),
            extension=".gift",
            content_type="text/plain; charset=utf-8",
            read=gift.read,
            write=gift.write,
        ),
        Format(
            name="moodle-xml",
            label=gettext_lazy("Moodle XML"),
            extension=".xml",
            content_type="application/xml",
            read=moodle_xml.read,
            write=moodle_xml.write,
        ),
        Format(
            name="aiken",
            label=gettext_lazy("Aiken"),
            extension=".txt",
            content_type="text/plain; charset=utf-8",
            read=aiken.read,
        ),
        Format(
            name="qti",
            label=gettext_lazy("QTI 2.1, 2.2 or 3.0"),
            extension=".zip",
            content_type="application/zip",
            read=qti.read,
            write=qti.write,
        ),
        Format(
            name="csv",
            label=gettext_lazy("CSV table"),
            extension=".csv",
            content_type="text/csv; charset=utf-8",
            read=csv.read,
            write=csv.write,
        ),
    )
}
WRITERS = {name: one.write for name, one in FORMATS.items() if one.write}


def read_file(path: Path) -> bytes:
    """Return what is in a file. Raises Unreadable."""
    try:
        if path.is_dir():
            raise Unreadable(_("%(path)s is a folder. Name a file.") % {"path": path})
        if path.exists() and not path.is_file():
            raise Unreadable(_("%(path)s is no ordinary file.") % {"path": path})
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(_("Cannot read %(path)s: %(why)s.") % {"path": path, "why": error.strerror}) from None
    except ValueError:
        raise Unreadable(_("There is no file of that name.")) from None
    if len(data) > MOST_BYTES:
        raise Unreadable(_("%(path)s is larger than %(most)d MB. Split it.") % {"path": path, "most": MOST_BYTES >> 20})
    return data


def read_questions(data: bytes, format_name: str) -> Reading:
    """Read a file of a format."""
    if not data.strip():
        return Reading(problems=(Note(message=_("The file is empty.")),))
    reading = FORMATS[format_name].read(data)
    if not reading.found and not reading.problems:
        return Reading(problems=(Note(message=_("There is no question in the file.")),))
    return reading


def write_questions(questions: Sequence[Question], format_name: str, *, version: str = QTI_VERSION) -> Writing:
    """Write a file of a format that is written; ``version`` is that of QTI."""
    return qti.write(questions, version) if format_name == "qti" else WRITERS[format_name](questions)


def guessed_format(data: bytes) -> str:
    """Return the name of the format that a file most looks like."""
    head = data[:HEAD].decode("utf-8", errors="replace").replace("\x00", "").lstrip("\ufeff\ufffd \t\r\n")
    if data.startswith(ZIP):
        return "qti"
    if head.startswith("<"):
        return "moodle-xml" if "<quiz" in head else "qti"
    first, _end, _rest = head.partition("\n")
    if {"type", "text"} <= set(re.split(r"[,;]", re.sub(r'["\s]', "", first.lower()))):
        return "csv"
    return "aiken" if AIKEN.search(head) else "gift"
