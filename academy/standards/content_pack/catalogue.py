"""The home page's texts in another language: a gettext catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import polib

from academy.standards.content_pack.documents import Catalogue, Message
from academy.standards.content_pack.files import read_text
from academy.standards.content_pack.report import Report

SYNTAX = re.compile(r"\(line (\d+)\)")


def read_catalogue(path: Path, *, language: str, report: Report) -> Catalogue | None:
    """Return the messages of a catalogue; None when it can't be read at all."""
    text = read_text(path, report)
    if text is None:
        return None
    try:
        entries = polib.pofile(text, check_for_duplicates=False)
    except (OSError, ValueError) as error:
        line = SYNTAX.search(str(error))
        report.add(int(line[1]) if line else 0, "This is no gettext catalogue: each entry has a msgid and a msgstr.")
        return None
    messages: dict[str, Message] = {}
    for entry in entries:
        if entry.obsolete:
            continue
        if entry.msgid in messages:
            report.add(entry.linenum, f"“{entry.msgid}” stands here twice: keep one.")
        elif not entry.msgstr.strip() or entry.fuzzy:
            report.add(entry.linenum, f"“{entry.msgid}” is not translated: write its msgstr, without “fuzzy”.")
        else:
            messages[entry.msgid] = Message(source=entry.msgid, text=entry.msgstr, line=entry.linenum)
    return Catalogue(file=report.file, language=language, messages=tuple(messages.values()))
