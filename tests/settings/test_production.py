"""Production starts only with what it needs, and then starts safe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

NEEDED = {"SECRET_KEY": "s" * 50, "ALLOWED_HOSTS": "academy.example.org", "BASE_URL": "https://academy.example.org"}
PROGRAM = """
import json
from academy.settings import production as settings
print(json.dumps({name: getattr(settings, name) for name in %r}))
"""


def production(*names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Import the production settings in a process of their own and print some of them."""
    return subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", PROGRAM % (names,)],
        cwd=Path(settings.BASE_DIR),
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_is_safe_with_what_it_needs() -> None:
    names = ("DEBUG", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")

    result = production(*names, **NEEDED)

    assert json.loads(result.stdout) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["academy.example.org"],
        "CSRF_TRUSTED_ORIGINS": ["https://academy.example.org"],
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
    }


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("SECRET_KEY", "Set SECRET_KEY (or SECRET_KEY_FILE) to at least 50 random characters."),
        ("BASE_URL", "Set the environment variable BASE_URL: it has no default."),
    ],
)
def test_production_refuses_to_start_without(missing: str, sentence: str) -> None:
    result = production("DEBUG", **{name: value for name, value in NEEDED.items() if name != missing})

    assert result.returncode == 1
    assert result.stderr.strip().splitlines()[-1] == f"django.core.exceptions.ImproperlyConfigured: {sentence}"
