"""PostgreSQL is asked whether it keeps what it acknowledges."""

from __future__ import annotations

import pytest
from django.core.checks import CheckMessage, Error
from django.db import OperationalError, connection

from academy.operations.checks import database_keeps_what_it_acknowledges


def found() -> list[CheckMessage]:
    return database_keeps_what_it_acknowledges(databases=["default"])


@pytest.mark.django_db
def test_server_that_keeps_everything_is_fit() -> None:
    assert found() == []


@pytest.mark.django_db
def test_role_or_session_that_forgets_is_found_as_well() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")

    assert found() == [
        Error(
            "PostgreSQL runs with synchronous_commit off: it loses what it has acknowledged.",
            hint="Set synchronous_commit to on for the server, the database and the role.",
            id="operations.E009",
        )
    ]


@pytest.mark.django_db
def test_database_that_does_not_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(connection, "cursor", away)

    assert found() == [Error("The database does not answer: connection refused", id="operations.E008")]


def test_nobody_is_asked_unless_databases_are_named() -> None:
    # Without the mark, a query here fails the test.
    assert database_keeps_what_it_acknowledges(databases=None) == []
