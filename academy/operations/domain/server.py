"""What gunicorn asks of us before it starts. Its first process imports this: neither Django nor settings."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from academy.operations.domain.port import PortTaken, open_port

# Here, for gunicorn reads its configuration anew when it reloads, and this module stays.
health_ports: list[socket.socket] = []
CHECK = ["-m", "django", "check", "--deploy", "--database", "default", "--fail-level", "ERROR"]


class NotFitToServe(SystemExit):
    """Serving would lose something or let somebody in, or nobody would hear how it goes. Ends gunicorn."""


def require_fit_to_serve() -> None:
    """Run the checks for a deployment, in a process of their own so that a reload still loads all code anew.

    Raises NotFitToServe; the checks have printed why.
    """
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "academy.settings.production")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    checked = subprocess.run([sys.executable, *CHECK], env=environment, check=False)  # noqa: S603 -- our own program
    if checked.returncode:
        raise NotFitToServe(
            "The academy does not start: see the errors above. docs/operating.md explains the settings."
        )


def open_health_port(*, host: str, port: int) -> None:
    """Open the port for probes once, if one is wanted: workers are forked from here, and share it."""
    if not port or health_ports:
        return
    try:
        health_ports.append(open_port(host=host, port=port))
    except PortTaken as taken:
        raise NotFitToServe(str(taken)) from None
