"""Environment values: read once, typed, and loud when wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"true", "1", "yes", "on"}
FALSE = {"false", "0", "no", "off"}


def env_str(name: str, default: str | None = None) -> str:
    """Return the value of ``name``; without a default a missing or empty value is an error."""
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}: it has no default.")
    return default


def env_bool(name: str, *, default: bool) -> bool:
    """Return true or false; any other word is an error."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def env_int(name: str, *, default: int, least: int = 0) -> int:
    """Return a whole number of at least ``least``."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if number < least:
        raise ImproperlyConfigured(f"{name} must be {least} or more, not {number}.")
    return number


def env_days(name: str) -> dict[str, int | None]:
    """Return numbers of days by word, from ``word=30, other=never``; never is None."""
    days: dict[str, int | None] = {}
    for part in env_list(name):
        word, _equals, number = (piece.strip() for piece in part.partition("="))
        if not word or not (number == "never" or (number.isdecimal() and int(number) > 0)):
            raise ImproperlyConfigured(f"{name} must be like record=3650, audit=never; not {part!r}.")
        days[word] = None if number == "never" else int(number)
    return days


def env_list(name: str, *, default: list[str] | None = None) -> list[str]:
    """Return the comma-separated parts of ``name``, without blanks."""
    parts = [part.strip() for part in os.environ.get(name, "").split(",")]
    return [part for part in parts if part] or (default or [])


def env_secret(name: str) -> str:
    """Return a secret from ``name`` or from the file that ``name_FILE`` points to; at least 50 characters."""
    path = os.environ.get(f"{name}_FILE", "")
    try:
        value = Path(path).read_text(encoding="utf-8").strip() if path else os.environ.get(name, "")
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from None
    if len(value) < 50:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE) to at least 50 random characters.")
    return value


def env_database(*, default_path: Path) -> dict[str, Any]:
    """Return Django's settings for DATABASE_URL, or for the embedded SQLite file.

    PostgreSQL gives up a statement, a lock and an idle transaction in time, each by a variable in seconds. SQLite
    runs in WAL mode with immediate transactions: with Django's defaults concurrent
    writers lost 5 to 22 % of their transactions, with these none. What is deleted is
    overwritten in the file, so that a person who closed the account is not read from its free pages.
    """
    url = os.environ.get("DATABASE_URL", "").strip() or f"sqlite:///{default_path}"
    if not url.startswith(("postgres://", "postgresql://", "sqlite://")):
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or sqlite:///.")
    try:
        database: dict[str, Any] = environ.Env.db_url_config(url)
    except ValueError:
        database = {}
    # The address itself stays out of the message: it may hold a password.
    if not database.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL must be like postgres://user:password@host:5432/name or sqlite:////path."
        )
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        }
    else:
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True
        database["OPTIONS"] = postgres_options(database.get("OPTIONS", {}))
    return database


def postgres_options(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options of a connection: ours, and what ``?…`` of DATABASE_URL says, which wins.

    A command takes its time: a migration must not be cut where a request is. Locks are waited for equally briefly,
    since all readers queue behind a migration that waits.
    """
    if os.environ.get("ACADEMY_PROCESS") == "command":
        statement = env_int("DATABASE_COMMAND_TIMEOUT", default=3600)
    else:
        statement = env_int("DATABASE_STATEMENT_TIMEOUT", default=30)
    limits = {
        "statement_timeout": statement,
        "lock_timeout": env_int("DATABASE_LOCK_TIMEOUT", default=10),
        "idle_in_transaction_session_timeout": env_int("DATABASE_IDLE_TIMEOUT", default=60),
    }
    session = " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())
    return {
        "connect_timeout": env_int("DATABASE_CONNECT_TIMEOUT", default=5, least=1),
        # A server that vanished from the network is given up after this, not after a quarter of an hour.
        "tcp_user_timeout": 15_000,
        **given,
        "options": f"{session} {given.get('options', '')}".strip(),
    }
