"""Accepted answers that look right and that nobody types."""

from __future__ import annotations

from django.utils.translation import gettext as _

# Word processors put them between thousands, and before a colon in French.
HARD_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))


def untypable(text: str) -> str:
    """Return what is wrong with an accepted answer that a keyboard cannot give; empty when nothing is."""
    text = text.strip()
    plain = text.replace("&nbsp;", " ").translate(HARD_BLANKS)
    if plain == text:
        return ""
    message = _("The answer “%(text)s” has a blank that does not break, which nobody types. Write an ordinary blank.")
    return message % {"text": plain[:60]}
