"""What every template knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")


def theme_of(request: HttpRequest) -> str:
    """The colours that the reader chose: "auto", "light" or "dark". A cookie that says anything else says nothing."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name, and the reader's colours."""
    return {"site_name": settings.SITE_NAME, "theme": theme_of(request)}
