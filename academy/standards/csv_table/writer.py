"""Writing a table that spreadsheet programs open as it is meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from academy.standards.csv_table.cells import guarded


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as CSV in UTF-8, with the mark at the start without which Excel reads another encoding."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(columns)
    writer.writerows([guarded(row.get(column, "")) for column in columns] for row in rows)
    return stream.getvalue().encode("utf-8-sig")
