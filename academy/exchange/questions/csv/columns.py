"""The columns of the table, in their order."""

from __future__ import annotations

from academy.standards.csv_table import Column

# More options, or more hints, than a spreadsheet is comfortable with; a body holds more.
MOST = 50
MOST_HINTS = 20
MOST_ROWS = 5_000

ALWAYS = ("code", "name", "category", "type", "text", "format")
SERIES = ("option", "fraction", "feedback", "match", "key")
HINTS = tuple(f"hint {number}" for number in range(1, MOST_HINTS + 1))
VERDICTS = ("feedback right", "feedback partly", "feedback wrong")
OF_A_BODY = (
    "answer",
    "rule",
    "shuffle",
    "case sensitive",
    "unit",
    *(f"{name} {number}" for number in range(1, MOST + 1) for name in SERIES),
)
NAMES = (
    *ALWAYS,
    *OF_A_BODY,
    "body",
    "explanation",
    *VERDICTS,
    *HINTS,
    "penalty",
    "mark",
    "difficulty",
    "language",
    "tags",
    "pictures",
)
COLUMNS = tuple(Column(name=name, required=name in {"type", "text"}) for name in NAMES)
