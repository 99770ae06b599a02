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
def cookie_sessions() -> Iterator[None]:
    """Keep sessions in signed cookies: they are the one thing that a safe method may write.

    Make the client, and sign it in, inside.
    """
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        yield


@contextmanager
def read_only(*, except_tables: Collection[str] = ()) -> Iterator[None]:
    """Make every write fail until the end of the block.

    The database itself refuses, so that no door is forgotten. ``except_tables`` names tables of other packages
    that may be written all the same; then each statement is looked at instead, for a database refuses all or
    nothing.
    """
    if except_tables:
        refusing = connection.execute_wrapper(_refuse_but(except_tables))
    else:
        refusing = _query_only() if connection.vendor == "sqlite" else _read_only_savepoint()
    # The savepoint within: a refused write must not spoil the transaction of the test.
    with refusing, transaction.atomic():
        yield


@contextmanager
def _read_only_savepoint() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        # Only going back to the savepoint lets the test write again.
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
