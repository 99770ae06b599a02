"""The mark of a database that came out of a backup, set in the same transaction as its rows.

It is a property of the database, not a row: so a copy is equal to what was copied, table by table, no backup takes
the mark along, and every process on every machine sees it.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

SETTING = "academy.restored"
# SQLite's user_version, which Django leaves alone: "ACAD" in ASCII.
USER_VERSION = 0x41434144

_IS_MARKED = """
    SELECT EXISTS (
        SELECT FROM pg_db_role_setting AS mark JOIN pg_database AS ours ON ours.oid = mark.setdatabase
        WHERE ours.datname = current_database() AND mark.setrole = 0 AND %s = ANY (mark.setconfig)
    )
"""


def is_restored(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the database is a restored copy that nobody has put into service."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA user_version")
            return bool(cursor.fetchone()[0] == USER_VERSION)
        # Asked of the catalogue, not of the session: a connection may be older than the mark.
        cursor.execute(_IS_MARKED, [f"{SETTING}=on"])
        return bool(cursor.fetchone()[0])


def mark_statement(connection: BaseDatabaseWrapper) -> str:
    """Return the SQL that marks the database of ``connection``."""
    if connection.vendor == "sqlite":
        return f"PRAGMA user_version = {USER_VERSION}"
    return f"ALTER DATABASE {_name(connection)} SET {SETTING} = 'on'"


def put_into_service(connection: BaseDatabaseWrapper) -> None:
    """Take the mark away."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA user_version = 0")
        else:
            cursor.execute(f"ALTER DATABASE {_name(connection)} RESET {SETTING}")


def _name(connection: BaseDatabaseWrapper) -> str:
    return '"{}"'.format(str(connection.settings_dict["NAME"]).replace('"', '""'))
