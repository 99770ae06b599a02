"""The two choices of a statement that is true or false."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

TRUTHS = ("true", "false")


def truths(language: str) -> tuple[str, str]:
    """Return the words for true and false in a language, in English where we don't speak it."""
    with override(language if language in dict(settings.LANGUAGES) else "en"):
        return _("True"), _("False")
