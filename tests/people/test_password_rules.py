"""What a new password may be: long, and nothing that others would guess or have stolen."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from academy.people.domain.passwords import is_in_list
from academy.people.models import User
from tests.factories.people import UserFactory

STOLEN = ("four quiet herons fishing", "thursday evening rain", "a b c d e f g h")
ANA = User(email="ana.perez@ministry.example", display_name="Ana Pérez Gómez")


def sha1(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def write_list(path: Path, passwords: tuple[str, ...], *, end: str = "\r\n") -> Path:
    """A list as the downloader of Have I Been Pwned writes it."""
    lines = sorted(f"{sha1(password)}:{number}" for number, password in enumerate(passwords, start=1))
    path.write_bytes(end.join([*lines, ""]).encode())
    return path


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "twelve chars",
        "ｐａｓｓｗｏｒｄではありません",
        "🦆" * 6 + "🐍" * 6,
        "x9" * 500,
        "procurement herons fish at dawn",
    ],
)
def test_long_password_of_any_characters_will_do(password: str) -> None:
    validate_password(password, ANA)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "password_too_short"),
        ("qwertyqwerty", "password_too_common"),
        ("liverpool2026!", "password_padded"),
        ("!!!2026dragon2026", "password_padded"),
        ("dragondragondragon", "password_padded"),
        ("Procurement2026", "password_of_context"),
        ("procurement-academy", "password_of_context"),
        ("ministry.perez.1", "password_of_context"),
        ("gómez-gómez-1!", "password_of_context"),
    ],
)
def test_password_that_others_would_guess_is_refused(password: str, code: str) -> None:
    with pytest.raises(ValidationError) as raised:
        validate_password(password, ANA)

    assert code in {error.code for error in raised.value.error_list}


def test_longest_password_is_accepted_and_a_longer_one_refused_in_words(client: Client, db: None) -> None:
    user = UserFactory()
    client.force_login(user)
    data = {"oldpassword": "correct horse battery staple"}
    too_long = client.post(reverse("account_change_password"), {**data, "password1": "ab" * 500 + "c"})
    longest = client.post(reverse("account_change_password"), {**data, "password1": "ab" * 500})

    assert "The password must be 1,000 characters or fewer." in too_long.text
    assert longest.status_code == 302


def test_password_of_the_list_is_refused_at_sign_up(client: Client, db: None, tmp_path: Path) -> None:
    data = {"display_name": "Ana", "email": "ana@example.org", "password1": STOLEN[0]}
    with override_settings(BREACHED_PASSWORDS_FILE=str(write_list(tmp_path / "list", STOLEN))):
        response = client.post(reverse("account_signup"), data)

    assert "This password is known from a theft of data elsewhere. Choose another." in response.text
    assert not User.objects.exists()


def test_list_that_cannot_be_read_lets_nobody_through_and_says_so(
    client: Client, db: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = {"display_name": "Ana", "email": "ana@example.org", "password1": STOLEN[0]}
    with override_settings(BREACHED_PASSWORDS_FILE=str(tmp_path / "gone")):
        response = client.post(reverse("account_signup"), data)

    assert "New passwords cannot be checked at the moment. Try again later." in response.text
    told = [record.getMessage() for record in caplog.records if record.name != "academy.requests"]
    assert told == ["The list of breached passwords cannot be read: No such file or directory."]
    assert not User.objects.exists()


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@given(stored=st.sets(st.text(min_size=1, max_size=5), min_size=1, max_size=30), asked=st.text(min_size=1, max_size=5))
@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_halving_finds_what_is_there_and_nothing_else(tmp_path: Path, end: str, stored: set[str], asked: str) -> None:
    path = write_list(tmp_path / "list", tuple(stored), end=end)

    assert all(is_in_list(password, path) for password in stored)
    assert is_in_list(asked, path) == (asked in stored)


def test_empty_list_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"")

    assert not is_in_list("anything", tmp_path / "list")


def test_long_list_is_searched_from_end_to_end(tmp_path: Path) -> None:
    path = tmp_path / "list"
    hashes = sorted(
        hashlib.sha1(str(number).encode(), usedforsecurity=False).hexdigest().upper() for number in range(50_000)
    )
    path.write_text("\n".join(f"{one}:1" for one in hashes))

    assert [is_in_list(str(number), path) for number in (0, 25_000, 49_999, 50_000)] == [True, True, True, False]


@pytest.mark.parametrize("deploy", [False, True])
@pytest.mark.parametrize(("file", "ids"), [("", {"people.W001"}), ("gone", {"people.E001"}), ("list", set())])
def test_start_says_when_there_is_no_list(tmp_path: Path, file: str, ids: set[str], *, deploy: bool) -> None:
    write_list(tmp_path / "list", STOLEN)
    with override_settings(BREACHED_PASSWORDS_FILE=str(tmp_path / file) if file else ""):
        found = {message.id for message in run_checks(tags=["security"], include_deployment_checks=deploy)}

    # That there is none at all is for those to know who deploy.
    assert {name for name in found if name.startswith("people.")} == (ids if deploy else ids - {"people.W001"})
