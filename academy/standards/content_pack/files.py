"""Bytes to text: UTF-8 without a byte order mark, lines that end in a line feed."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from academy.standards.content_pack.report import Report

# Everything below the space but tab, line feed and carriage return: the first has a meaning, the last its own problem.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_text(path: Path, report: Report) -> str | None:
    """Return the text of a file with plain line ends; None when its bytes are no UTF-8."""
    data = path.read_bytes()
    if data.startswith(codecs.BOM_UTF8):
        report.add(1, "The file starts with a byte order mark: save it as UTF-8 without one.")
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        report.add(data.count(b"\n", 0, error.start) + 1, "These bytes are no UTF-8: save the file as UTF-8.")
        return None
    if "\r" in text:
        report.add(line_of(text, text.index("\r")), "Lines end in CR or CRLF: save the file with LF line ends.")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for match in CONTROL.finditer(text):
        report.add(line_of(text, match.start()), f"Remove the control character U+{ord(match[0]):04X}.")
    return CONTROL.sub("", text)


def line_of(text: str, position: int) -> int:
    """Return the number, from 1, of the line that holds the character at ``position``."""
    return text.count("\n", 0, position) + 1
