"""The database gives up in time, and whoever waited hears that nothing was saved."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings

from academy.people.models import User
from tests.support.slow_urls import LOCK

BUSY = "What you just sent was not saved."


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_limits_are_in_force() -> None:
    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")

    assert {name: setting(name) for name in limits} == {
        "statement_timeout": "30s",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "1min",
    }


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.support.slow_urls")
def test_statement_that_takes_too_long_says_that_nothing_was_saved(client: Client) -> None:
    response = client.get("/long/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert BUSY in response.text


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.support.slow_urls")
def test_lock_that_takes_too_long_says_that_nothing_was_saved(client: Client) -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        response = client.get("/lock/")
    other.close()

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert BUSY in response.text
    assert client.get("/lock/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_session_that_cannot_be_read_in_time_says_so_too(learner: User) -> None:
    """No view was reached yet."""
    client = Client(raise_request_exception=False)
    client.force_login(learner)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
        with connection.cursor() as own:
            own.execute("SET lock_timeout = '100ms'")
        response = client.get("/en/my/")
    other.close()
    connection.close()

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert BUSY in response.text
    assert client.get("/en/my/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_transaction_that_somebody_forgot_is_ended() -> None:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '50ms'")
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
        with connection.cursor() as own:
            own.execute(
                "DO $$ BEGIN FOR _i IN 1..200 LOOP PERFORM pg_sleep(0.02); PERFORM pg_stat_clear_snapshot();"
                f" EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {process}); END LOOP; END $$"
            )
        with pytest.raises(OperationalError):
            cursor.execute("SELECT 1")
    other.close()
