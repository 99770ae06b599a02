"""What a new password may not be: known from a breach, common with a few signs around it, or made of our own name.

By length and lists alone (NIST SP 800-63B, ASVS 5.0 chapter 6.2): no rule about kinds of characters, no expiry.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core import checks
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

# What is around the word: digits and signs at both ends.
AROUND = r"[\W\d_]+"
# The site is about it, so that it comes to everybody's mind.
SUBJECT = ("procurement", "academy", "password")
# What must be left of a password without the words that anybody would guess.
LEFT = 8


class PaddedPasswordValidator:
    """Refuses a common password with digits and signs around it, or said several times.

    Django's list has 190 passwords of 12 characters; most long passwords that people really use are made from
    the short ones.
    """

    @cached_property
    def common(self) -> set[str]:
        """Django's list."""
        passwords: set[str] = CommonPasswordValidator().passwords
        return passwords

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for “liverpool2026!” and “dragondragon1”."""
        word = re.sub(rf"^{AROUND}|{AROUND}$", "", password.lower())
        once = re.fullmatch(r"(.+?)\1*", word)
        if word in self.common or (once and once[1] in self.common):
            raise ValidationError(
                _("This password is a common one with signs around it. Choose one that nobody would guess."),
                code="password_padded",
            )

    def get_help_text(self) -> str:
        """What Django shows where it lists the rules."""
        return _("Your password can’t be a common one with signs around it.")


class ContextWordValidator:
    """Refuses a password that is hardly more than the site's name, its subject or the person's own address."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for “Procurement2026” and for “ana.perez.2026” of ana.perez@example.org."""
        left = password.lower()
        for word in self.words(user):
            left = left.replace(word, "")
        if len(left) < min(LEFT, len(password)):
            raise ValidationError(
                _("This password is made of your own address or of the name of this site. Choose other words."),
                code="password_of_context",
            )

    @staticmethod
    def words(user: Any) -> list[str]:
        """Return the words, the longest first, so that none hides in another."""
        sources = [settings.SITE_NAME, *SUBJECT, getattr(user, "email", ""), getattr(user, "display_name", "")]
        parts = {part for source in sources for part in re.split(r"[\W_]+", source.lower()) if len(part) > 3}
        return sorted(parts, key=len, reverse=True)

    def get_help_text(self) -> str:
        """What Django shows where it lists the rules."""
        return _("Your password can’t be made of your own address or of the name of this site.")


class BreachedPasswordValidator:
    """Refuses what stands in the list of breached passwords that the operator supplies; nothing is asked of anybody.

    The list is that of Have I Been Pwned as its own downloader writes it: lines ``SHA-1:COUNT``, sorted. It is read
    by halving, some forty short reads of a file of any size.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password of the list."""
        path = settings.BREACHED_PASSWORDS_FILE
        if not path:
            return
        try:
            is_known = is_in_list(password, Path(path))
        except OSError as error:
            # Letting it through would be a hole that nobody notices.
            logger.exception("The list of breached passwords cannot be read: %s.", error.strerror)
            raise ValidationError(
                _("New passwords cannot be checked at the moment. Try again later."), code="password_unchecked"
            ) from error
        if is_known:
            raise ValidationError(
                _("This password is known from a theft of data elsewhere. Choose another."),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        """What Django shows where it lists the rules."""
        return _("Your password can’t be one that is known from a theft of data.")


def is_in_list(password: str, path: Path) -> bool:
    """Whether the SHA-1 of ``password`` begins a line of the sorted file. Raises OSError when it cannot be read."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        low, high = 0, os.fstat(file.fileno()).st_size
        # The line is one that begins at ``low`` or later, and before ``high``.
        while low < high:
            middle = (low + high) // 2
            line = _line_from(file, middle)
            found = line[: len(wanted)].upper()
            if found == wanted:
                return True
            if line and found < wanted:
                low = file.tell()
            else:
                high = middle
        return False


def _line_from(file: BinaryIO, place: int) -> bytes:
    """Return the first line that begins at ``place`` or after it; empty at the end of the file."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline()


def check_there_is_a_list(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Say at ``check --deploy`` when there is no list."""
    if settings.BREACHED_PASSWORDS_FILE:
        return []
    return [
        checks.Warning(
            "New passwords are not compared with breached ones: there is no list.",
            hint="Name the list of Have I Been Pwned by BREACHED_PASSWORDS_FILE. See docs/operating.md.",
            id="people.W001",
        )
    ]


def check_list_can_be_read(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Say at every check that a list which is named cannot be read: nobody could choose a password."""
    if not settings.BREACHED_PASSWORDS_FILE:
        return []
    try:
        is_in_list("", Path(settings.BREACHED_PASSWORDS_FILE))
    except OSError as error:
        return [
            checks.Error(
                f"The list of breached passwords cannot be read: {error.strerror}.",
                hint="See BREACHED_PASSWORDS_FILE.",
                id="people.E001",
            )
        ]
    return []
