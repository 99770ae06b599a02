"""Checks before the start: silent when all is well, and each speaks when its own thing is not."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import override_settings

WELL: dict[str, Any] = {
    "DEBUG": False,
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": ["academy.example.org", ".example.net"],
    "WAGTAILADMIN_BASE_URL": "https://academy.example.org",
    "TRUSTED_PROXY_COUNT_IS_SET": True,
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "academy_cache"}},
    "EMAIL_BACKEND": "academy.operations.domain.mail.HoldingEmailBackend",
    "MAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "academy@example.org",
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
}
PRODUCTION = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "academy.example.org",
    "BASE_URL": "https://academy.example.org",
    "FROM_EMAIL": "academy@example.org",
    "TRUSTED_PROXY_COUNT": "1",
    "DATABASE_URL": "postgres://academy@localhost/academy",
    "DJANGO_SETTINGS_MODULE": "academy.settings.production",
}
LOCMEM = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def found(**changes: Any) -> list[str]:
    """Return the ids of our messages about a deployment that is well but for ``changes``."""
    # Nothing is asked of a database: the settings alone are changed.
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**WELL, **changes}.items():
            patch.setattr(settings, name, value)
        messages = run_checks(include_deployment_checks=True)
    return sorted(message.id for message in messages if message.id.startswith("operations."))


def test_deployment_that_is_well_hears_nothing() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DEBUG": True}, "operations.E001"),
        ({"SECRET_KEY": "k" * 49}, "operations.E002"),
        ({"SECRET_KEY": "only-for-development-and-refused-in-production-" + "x" * 20}, "operations.E002"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 50}, "operations.E002"),
        ({"ALLOWED_HOSTS": ["*"]}, "operations.E003"),
        ({"WAGTAILADMIN_BASE_URL": "http://academy.example.org"}, "operations.E004"),
        ({"WAGTAILADMIN_BASE_URL": "https://elsewhere.example.org"}, "operations.E004"),
        ({"WAGTAILADMIN_BASE_URL": "https://"}, "operations.E004"),
        ({"TRUSTED_PROXY_COUNT_IS_SET": False}, "operations.E005"),
        ({"CACHES": LOCMEM}, "operations.E006"),
        ({"CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}}, "operations.E006"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "operations.E007"),
        ({"MAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "operations.E007"),
        ({"DEFAULT_FROM_EMAIL": "academy@localhost"}, "operations.W001"),
        ({"DEFAULT_FROM_EMAIL": "Academy <academy@localhost>"}, "operations.W001"),
        ({"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, "operations.W002"),
    ],
)
def test_check_speaks_of_its_own_thing_alone(changes: dict[str, Any], expected: str) -> None:
    assert found(**changes) == [expected]


def test_deployment_without_hosts_hears_of_both() -> None:
    assert found(ALLOWED_HOSTS=[]) == ["operations.E003", "operations.E004"]


def test_base_url_may_be_any_host_that_is_allowed() -> None:
    assert found(WAGTAILADMIN_BASE_URL="https://learn.example.net:8443/") == []


def test_nothing_nags_in_development() -> None:
    errors = StringIO()

    with override_settings(DEBUG=True, CACHES=LOCMEM, ALLOWED_HOSTS=[]):
        call_command("check", stdout=StringIO(), stderr=errors)

    assert errors.getvalue() == ""


def test_production_with_a_valid_environment_is_clean(tmp_path: Path) -> None:
    stolen = tmp_path / "stolen-passwords"
    stolen.touch()
    checked = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **PRODUCTION, "BREACHED_PASSWORDS_FILE": str(stolen)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stdout) == (0, "System check identified no issues (1 silenced).\n")
