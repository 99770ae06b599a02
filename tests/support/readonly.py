"""A stretch of a test in which the database refuses to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import override_settings

WRITES = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.IGNORECASE)


class WroteOnASafeMethod(AssertionError):
    """A request that must only read has written."""


@contextmanager
def read_only(*, except_tables: Collection[str] = ()) -> Iterator[None]:
    """Make every write fail until the end of the block; what happened in it is rolled back.

    The database itself refuses, so that no door is forgotten. Sessions are kept in signed cookies meanwhile:
    they are the one thing that a safe method may write. ``except_tables`` names tables of other packages that
    may be written all the same; then each statement is looked at instead, for a database refuses all or nothing.
    """
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        if except_tables:
            with connection.execute_wrapper(_refuse_but(except_tables)):
                yield
        elif connection.vendor == "sqlite":
            with _query_only():
                yield
        else:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
                yield
                # Back to the savepoint: the transaction of the test can write again.
                transaction.set_rollback(True)


@contextmanager
def _query_only() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")


def _refuse_but(tables: Collection[str]) -> Callable[..., Any]:
    def look(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
        written = WRITES.match(sql)
        if written and written[1] not in tables:
            raise WroteOnASafeMethod(sql[:200])
        return execute(sql, params, many, context)

    return look
