"""Remembers which language somebody chose."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path

ONE_YEAR = 365 * 24 * 60 * 60


class RememberLanguageMiddleware:
    """Keeps the language in a cookie when a reader goes from one of our pages to one in another language.

    The address says the language of a page; the cookie serves the address without one alone. Nobody who
    stays in their language gets it, so their pages can be cached for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and set the cookie when the language changed on the way here."""
        response = self.get_response(request)
        chosen = get_language_from_path(request.path_info)
        if chosen and response.status_code == 200 and self.language_before(request) not in {None, chosen}:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=ONE_YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    @staticmethod
    def language_before(request: HttpRequest) -> str | None:
        """The language of the page of ours that led here, or None."""
        before = urlsplit(request.headers.get("referer", ""))
        return get_language_from_path(before.path) if before.netloc == request.get_host() else None
