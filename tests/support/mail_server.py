"""A mail server that takes what it likes: enough of SMTP for Django to talk to."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from threading import Thread
from typing import Any

from django.test import override_settings


@dataclass(kw_only=True, slots=True)
class MailServer:
    """What it accepted, and what it answers to addresses that it does not like."""

    refuses: Mapping[str, str] = field(default_factory=dict)
    accepted: list[Message] = field(default_factory=list)
    # Hangs up instead of answering, once so many have been accepted.
    breaks_after: int = 10_000

    @property
    def recipients(self) -> list[str]:
        """To whom the accepted ones go."""
        return [str(message["To"]) for message in self.accepted]


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        state: MailServer = self.server.state  # type: ignore[attr-defined]  # set below
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "MAIL" and len(state.accepted) >= state.breaks_after:
                return
            if verb == "DATA":
                self.say("354 go on")
                state.accepted.append(message_from_bytes(self.read_message(), policy=default))
            address = line.partition("<")[2].partition(">")[0]
            self.say(
                state.refuses.get(address, "250 ok") if verb == "RCPT" else "221 bye" if verb == "QUIT" else "250 ok"
            )

    def read_message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    """A server that Django sends to meanwhile."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        state = MailServer(**options)
        server.state = state  # type: ignore[attr-defined]  # for Talk
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        backend = "django.core.mail.backends.smtp.EmailBackend"
        with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=server.server_address[1]):
            yield state
        server.shutdown()
        thread.join()
