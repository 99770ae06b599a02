"""Where somebody who names no language is sent."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.utils.translation.trans_real import parse_accept_lang_header


def preferred_language(*, cookie: str | None, accept_language: str, live: Collection[str]) -> str:
    """The code of the language to greet in: the cookie's, else the first of ``Accept-Language``, else the site's own.

    Only a language whose home page is published counts (``live``); of a regional variant (``es-MX``) the
    language itself serves. The site's own language is the answer where nothing fits.
    """
    wished = [cookie or "", *(code for code, _quality in parse_accept_lang_header(accept_language.lower()))]
    for code in wished:
        for candidate in (code, code.partition("-")[0]):
            if candidate in live:
                return candidate
    default: str = settings.LANGUAGE_CODE
    return default
