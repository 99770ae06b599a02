"""How much a file may ask of us. A question bank of a whole ministry stays far below."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Of a file as a whole, of one question, and of its pictures."""

    bytes: int = 50 * MEGABYTE
    entries: int = 20_000
    depth: int = 40
    elements: int = 3_000_000
    elements_of_an_entry: int = 50_000
    file_bytes: int = 5 * MEGABYTE
    all_files_bytes: int = 40 * MEGABYTE
