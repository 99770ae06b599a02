"""One thing that is wrong in a file somebody handed us, told so that they can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Problem:
    """``line`` counts from 1; 0 means the file as a whole. ``message`` says what is wrong and how to mend it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return ``file:line: message``, the form that editors make clickable."""
        return f"{self.file}:{self.line}: {self.message}"
