"""Rows by table."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper


def count_rows(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> dict[str, int]:
    """Return the rows of each table, by name."""
    names = [table.name for table in connection.introspection.get_table_list(cursor) if table.type in {"t", "p"}]
    counted = {}
    for name in sorted(names):
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 -- a name from the catalogue
        counted[name] = cursor.fetchone()[0]
    return counted
