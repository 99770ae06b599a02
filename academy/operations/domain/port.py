"""A port of their own for probes.

When the database hangs, each thread of the web server waits for it, and a probe waits behind them. A listener beside
the web server answers all the same. It shares nothing with it but the process, whose life it tells.
Gunicorn's first process imports this module: it must need neither Django nor settings.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

SECONDS_FOR_A_CLIENT = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A status and a body in JSON."""

    status: int
    body: bytes


NOT_FOUND = Answer(status=404, body=b'{"status": "not found"}')
Answers = Mapping[str, Callable[[], Answer]]


class PortTaken(Exception):
    """Nobody can listen there."""


def open_port(*, host: str, port: int) -> socket.socket:
    """Return a socket that listens, to be shared by processes that are forked from this one. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(64)
    except OSError as error:
        listening.close()
        raise PortTaken(f"HEALTH_PORT: nobody can listen at {host}:{port}: {error.strerror}.") from None
    return listening


class _Server(ThreadingHTTPServer):
    def __init__(self, listening: socket.socket, answers: Answers) -> None:
        super().__init__(("", 0), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        # Processes that share the socket wake up together, and one of them gets the connection.
        self.socket.settimeout(0.1)
        self.answers = answers


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = SECONDS_FOR_A_CLIENT
    server_version, sys_version = "academy", ""

    def do_GET(self) -> None:
        """Answer a probe."""
        find = self.server.answers.get(self.path)
        answer = find() if find else NOT_FOUND
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name in the standard library
        """Probes come every few seconds: nobody reads of them."""


def answer_probes(listening: socket.socket, *, answers: Answers) -> Thread:
    """Answer at ``listening``, by path, from a thread of this process, until the process ends."""
    thread = Thread(target=_Server(listening, answers).serve_forever, name="probes", daemon=True)
    thread.start()
    return thread
