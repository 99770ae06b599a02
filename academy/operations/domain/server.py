"""What gunicorn asks of us before it starts. Its first process imports this: neither Django nor settings."""

from __future__ import annotations

import os
import subprocess
import sys

CHECK = ["-m", "django", "check", "--deploy", "--database", "default", "--fail-level", "ERROR"]


class NotFitToServe(SystemExit):
    """A check found an error: serving would lose something or let somebody in."""


def require_fit_to_serve() -> None:
    """Run the checks for a deployment, in a process of their own so that a reload still loads all code anew.

    Raises NotFitToServe, which ends gunicorn; the checks have printed why.
    """
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "academy.settings.production")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    checked = subprocess.run([sys.executable, *CHECK], env=environment, check=False)  # noqa: S603 -- our own program
    if checked.returncode:
        raise NotFitToServe(
            "The academy does not start: see the errors above. docs/operating.md explains the settings."
        )
