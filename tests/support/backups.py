"""Databases and folders that a backup is made of and restored into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests.support.databases import CopiedDatabase, PostgresCopy


@contextmanager
def another_database(copied: CopiedDatabase, folder: Path) -> Iterator[None]:
    """Inside, every connection goes to a database without a single table."""
    if isinstance(copied, PostgresCopy):
        name = f"{copied.mine}_other"
        copied.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        copied.execute(f'CREATE DATABASE "{name}"')
        copied.use(name)
        yield
        copied.use(copied.mine)
        copied.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    else:
        before = connection.settings_dict["NAME"]
        copied.use(str(folder / "other.sqlite3"))
        yield
        copied.use(before)


def every_row() -> dict[str, list[str]]:
    """Return each row of each table as text, in an order that does not depend on where it is stored."""
    with connection.cursor() as cursor:
        tables = [one.name for one in connection.introspection.get_table_list(cursor) if one.type == "t"]
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- a name from the catalogue
            rows[table] = sorted(repr(row) for row in cursor.fetchall())
    return rows


def every_sequence() -> list[tuple[object, ...]]:
    """Return each sequence and where it stands."""
    sql = {
        "postgresql": "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1",
        "sqlite": "SELECT name, seq FROM sqlite_sequence ORDER BY 1",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return list(cursor.fetchall())


def every_rule() -> list[tuple[object, ...]]:
    """Return each view and each trigger as it is written, our functions with them."""
    sql = {
        "postgresql": """
            SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'
            UNION ALL SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            ORDER BY 1, 2
        """,
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') ORDER BY 1, 2",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return list(cursor.fetchall())


def every_file(folder: Path) -> dict[str, bytes]:
    """Return the content of each file below ``folder``, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
