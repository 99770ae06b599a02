"""Commands as somebody runs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection


def run(*arguments: str) -> tuple[int, str, str]:
    """Return status, output and complaints of a command."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


@contextmanager
def no_queries() -> Iterator[None]:
    """Nothing may ask the database."""

    def refuse(run: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        raise AssertionError(sql)

    with connection.execute_wrapper(refuse):
        yield
