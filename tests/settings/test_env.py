"""Each helper returns exactly what was set, and says exactly what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from academy.settings.env import env_bool, env_database, env_days, env_int, env_list, env_secret, env_str

NAME = "ACADEMY_TEST_VALUE"
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set environment variables; None unsets."""

    def put(**values: str | None) -> None:
        for name, value in values.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)

    limits = ("STATEMENT", "COMMAND", "LOCK", "IDLE", "CONNECT")
    put(**{NAME: None, f"{NAME}_FILE": None, "DATABASE_URL": None, "ACADEMY_PROCESS": None})
    put(**{f"DATABASE_{limit}_TIMEOUT": None for limit in limits})
    return put


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        call()
    return str(caught.value)


def test_env_str_returns_what_is_set(environment: Callable[..., None]) -> None:
    environment(**{NAME: "Academy of Anywhere"})

    assert env_str(NAME, "unused") == "Academy of Anywhere"


@pytest.mark.parametrize("value", [None, ""])
def test_env_str_falls_back_when_missing_or_empty(environment: Callable[..., None], value: str | None) -> None:
    environment(**{NAME: value})

    assert env_str(NAME, "default") == "default"
    assert refusal(lambda: env_str(NAME)) == f"Set the environment variable {NAME}: it has no default."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("true", True),
        ("1", True),
        ("YES", True),
        (" on ", True),
        ("False", False),
        ("0", False),
        ("no", False),
        ("off", False),
    ],
)
def test_env_bool_reads_words(environment: Callable[..., None], value: str, expected: bool) -> None:  # noqa: FBT001
    environment(**{NAME: value})

    assert env_bool(NAME, default=not expected) is expected


def test_env_bool_refuses_other_words(environment: Callable[..., None]) -> None:
    environment(**{NAME: "maybe"})

    assert refusal(lambda: env_bool(NAME, default=True)) == f"{NAME} must be true or false, not 'maybe'."


@pytest.mark.parametrize("value", [None, "", "  "])
def test_env_bool_falls_back_when_missing_or_empty(environment: Callable[..., None], value: str | None) -> None:
    environment(**{NAME: value})

    assert (env_bool(NAME, default=True), env_bool(NAME, default=False)) == (True, False)


def test_env_int_reads_a_whole_number(environment: Callable[..., None]) -> None:
    environment(**{NAME: " 25 "})

    assert env_int(NAME, default=1) == 25


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("many", f"{NAME} must be a whole number, not 'many'."),
        ("1.5", f"{NAME} must be a whole number, not '1.5'."),
        ("-1", f"{NAME} must be 0 or more, not -1."),
    ],
)
def test_env_int_refuses_anything_else(environment: Callable[..., None], value: str, message: str) -> None:
    environment(**{NAME: value})

    assert refusal(lambda: env_int(NAME, default=1)) == message


def test_env_int_knows_its_least_value(environment: Callable[..., None]) -> None:
    environment(**{NAME: "4"})

    assert refusal(lambda: env_int(NAME, default=9, least=5)) == f"{NAME} must be 5 or more, not 4."
    environment(**{NAME: None})
    assert env_int(NAME, default=9, least=5) == 9


def test_env_list_splits_at_commas_without_blanks(environment: Callable[..., None]) -> None:
    environment(**{NAME: " a.example.org, ,b.example.org,"})

    assert env_list(NAME) == ["a.example.org", "b.example.org"]


@pytest.mark.parametrize("value", [None, "", " , "])
def test_env_list_falls_back_when_nothing_is_in_it(environment: Callable[..., None], value: str | None) -> None:
    environment(**{NAME: value})

    assert (env_list(NAME), env_list(NAME, default=["localhost"])) == ([], ["localhost"])


def test_env_secret_comes_from_the_variable(environment: Callable[..., None]) -> None:
    environment(**{NAME: "s" * 50})

    assert env_secret(NAME) == "s" * 50


def test_env_secret_comes_from_a_file_first(environment: Callable[..., None], tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("f" * 50 + "\n", encoding="utf-8")
    environment(**{NAME: "s" * 50, f"{NAME}_FILE": str(path)})

    assert env_secret(NAME) == "f" * 50


@pytest.mark.parametrize("value", [None, "", "s" * 49])
def test_env_secret_refuses_a_short_one(environment: Callable[..., None], value: str | None) -> None:
    environment(**{NAME: value})

    assert refusal(lambda: env_secret(NAME)) == f"Set {NAME} (or {NAME}_FILE) to at least 50 random characters."


def test_env_secret_refuses_a_file_that_is_not_there(environment: Callable[..., None], tmp_path: Path) -> None:
    environment(**{f"{NAME}_FILE": str(tmp_path / "missing")})

    assert refusal(lambda: env_secret(NAME)) == f"{NAME}_FILE cannot be read: No such file or directory."


def test_env_database_is_the_embedded_file_without_a_url(environment: Callable[..., None], tmp_path: Path) -> None:
    path = tmp_path / "academy.sqlite3"

    database = env_database(default_path=path)

    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", str(path))
    assert database["OPTIONS"] == SQLITE_OPTIONS


def test_env_database_is_another_file_by_url(environment: Callable[..., None], tmp_path: Path) -> None:
    environment(DATABASE_URL="sqlite:////srv/academy.sqlite3")

    database = env_database(default_path=tmp_path)

    assert (database["NAME"], database["OPTIONS"]) == ("/srv/academy.sqlite3", SQLITE_OPTIONS)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_env_database_is_postgresql_by_url(environment: Callable[..., None], tmp_path: Path, scheme: str) -> None:
    environment(DATABASE_URL=f"{scheme}://user:p%40ss@db.example.org:5433/academy")

    database = env_database(default_path=tmp_path)

    assert {key: database[key] for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "academy",
        "USER": "user",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": 5433,
    }
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


def postgres_options(environment: Callable[..., None], tmp_path: Path, *, query: str = "") -> dict[str, object]:
    environment(DATABASE_URL=f"postgres://user@db/academy{query}")
    return env_database(default_path=tmp_path)["OPTIONS"]


def test_env_database_gives_up_in_time(environment: Callable[..., None], tmp_path: Path) -> None:
    assert postgres_options(environment, tmp_path) == {
        "connect_timeout": 5,
        "tcp_user_timeout": 15_000,
        "options": "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
    }


def test_env_database_takes_the_limits_of_the_environment(environment: Callable[..., None], tmp_path: Path) -> None:
    environment(
        DATABASE_STATEMENT_TIMEOUT="7",
        DATABASE_LOCK_TIMEOUT="3",
        DATABASE_IDLE_TIMEOUT="0",
        DATABASE_CONNECT_TIMEOUT="2",
    )

    assert postgres_options(environment, tmp_path) == {
        "connect_timeout": 2,
        "tcp_user_timeout": 15_000,
        "options": "-c statement_timeout=7s -c lock_timeout=3s -c idle_in_transaction_session_timeout=0s",
    }


@pytest.mark.parametrize(("given", "seconds"), [(None, 3600), ("0", 0), ("90", 90)])
def test_env_database_gives_commands_their_own_time(
    environment: Callable[..., None], tmp_path: Path, given: str | None, seconds: int
) -> None:
    environment(ACADEMY_PROCESS="command", DATABASE_STATEMENT_TIMEOUT="7", DATABASE_COMMAND_TIMEOUT=given)

    options = postgres_options(environment, tmp_path)["options"]

    assert options == (
        f"-c statement_timeout={seconds}s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    )


def test_env_database_lets_the_url_have_the_last_word(environment: Callable[..., None], tmp_path: Path) -> None:
    query = "?sslmode=verify-full&connect_timeout=9&options=-c%20lock_timeout=1s"

    assert postgres_options(environment, tmp_path, query=query) == {
        "sslmode": "verify-full",
        "connect_timeout": 9,
        "tcp_user_timeout": 15_000,
        "options": (
            "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c lock_timeout=1s"
        ),
    }


@pytest.mark.parametrize("url", ["mysql://localhost/academy", "academy", "postgres", "://", "http://example.org/"])
def test_env_database_refuses_any_other_url(environment: Callable[..., None], tmp_path: Path, url: str) -> None:
    environment(DATABASE_URL=url)

    assert refusal(lambda: env_database(default_path=tmp_path)) == (
        "DATABASE_URL must start with postgres:// or sqlite:///."
    )


@pytest.mark.parametrize(
    "url",
    [
        "postgres://",
        "postgres://user:secret@db:5432",
        "postgres://user:secret@db:port/academy",
        "postgres://[::1/academy",
    ],
)
def test_env_database_refuses_a_broken_url_without_repeating_it(
    environment: Callable[..., None], tmp_path: Path, url: str
) -> None:
    environment(DATABASE_URL=url)

    assert refusal(lambda: env_database(default_path=tmp_path)) == (
        "DATABASE_URL must be like postgres://user:password@host:5432/name or sqlite:////path."
    )


def test_env_days_reads_numbers_by_word(environment: Callable[..., None]) -> None:
    environment(**{NAME: "record = 3650, audit=never,"})

    assert env_days(NAME) == {"record": 3650, "audit": None}
    environment(**{NAME: None})
    assert env_days(NAME) == {}


@pytest.mark.parametrize("value", ["record", "record=", "=3", "record=0", "record=-1", "record=ten", "record=1.5"])
def test_env_days_refuses_what_is_no_period(environment: Callable[..., None], value: str) -> None:
    environment(**{NAME: value})

    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} must be like record=3650, audit=never; not '{value}'"):
        env_days(NAME)
