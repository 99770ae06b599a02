"""What can be wrong with a file: of it as a whole, of one question, of one file within it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """Why a file could not be read at all."""

    TOO_BIG = "too_big"
    NOT_XML = "not_xml"
    UNKNOWN_ENCODING = "unknown_encoding"
    HAS_DTD = "has_dtd"
    NOT_MOODLE = "not_moodle"
    TOO_DEEP = "too_deep"
    TOO_MANY_ENTRIES = "too_many_entries"
    TOO_MANY_ELEMENTS = "too_many_elements"
    NO_ENTRIES = "no_entries"


class FileFault(StrEnum):
    """Why a file within a question could not be taken."""

    NOT_BASE64 = "not_base64"
    TOO_BIG = "too_big"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One problem of a file. ``line`` counts from 1, 0 is the file as a whole; ``value`` is what to say it with."""

    line: int
    problem: Problem
    value: str = ""
