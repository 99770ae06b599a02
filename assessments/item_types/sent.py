"""What forms and files send: one text a field, within limits, of characters that can be stored."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.item_types.rich import Rich, visible
from assessments.item_types.shape import InvalidResponse, Sent

MOST_CHARACTERS = 1_000


def field_text(sent: Sent, field: str, *, most: int = MOST_CHARACTERS) -> str:
    """Return what a field holds, trimmed; empty when it is not there. Raises InvalidResponse."""
    values = sent.get(field, ())
    if len(values) > 1:
        raise InvalidResponse(_("This page gave two answers in one place. Load it again, then answer."))
    return within(values[0], most=most) if values else ""


def within(text: str, *, most: int = MOST_CHARACTERS) -> str:
    """Return a text trimmed and with plain line breaks. Raises InvalidResponse when it can't be stored."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > most:
        raise InvalidResponse(
            ngettext("Write at most %(count)d character.", "Write at most %(count)d characters.", most)
            % {"count": most}
        )
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text):
        raise InvalidResponse(_("Your answer has a character that can't be stored. Write it again."))
    return text


def known_fields(response: Mapping[str, Any], *fields: str) -> None:
    """Refuse a response of a file that has other fields than these. Raises InvalidResponse."""
    if strange := sorted(set(response) - set(fields)):
        raise InvalidResponse(_("“%(field)s” is no field of an answer to this question.") % {"field": strange[0][:100]})


def text_of(value: Any, *, most: int = MOST_CHARACTERS) -> str:
    """Return a text of a file, empty for null. Numbers read as they are written. Raises InvalidResponse."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise InvalidResponse(_("The answer must be a text."))
    return within(str(value), most=most)


def alike(text: str) -> str:
    """Return a text as it is compared with another: blanks run together, characters in one form."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def reads(rich: Rich) -> str:
    """Return what a reader reads as it is compared; a picture without words reads as its markup."""
    return alike(visible(rich) or rich.text)
