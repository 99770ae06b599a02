"""E-mail that a restored copy keeps to itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from academy.operations.domain.restored import is_restored, put_into_service

logger = structlog.get_logger(__name__)
KEPT = "kept-mail"


def folder_of_kept_mail() -> Path:
    """Where what was not sent can be read."""
    return Path(settings.VAR_DIR) / KEPT


class HoldingEmailBackend(BaseEmailBackend):
    """Sends by ``MAIL_BACKEND``; in a restored copy it writes into a folder instead, until an operator resumes mail.

    A drill, or a copy for training, knows thousands of real addresses and the work that is still to be done: it must
    not write to anybody a second time.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send, or keep. Returns how many were sent: none in a restored copy."""
        if is_restored(connection):
            folder = folder_of_kept_mail()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder).send_messages(
                email_messages
            )
            logger.warning("mail_kept", count=len(email_messages), why="this database was restored from a backup")
            return 0
        sent = get_connection(settings.MAIL_BACKEND, fail_silently=self.fail_silently).send_messages(email_messages)
        return sent or 0


def resume_mail() -> bool:
    """Let the site send e-mail again. Returns whether it was held. What was kept meanwhile is not sent."""
    if not is_restored(connection):
        return False
    put_into_service(connection)
    return True
