"""The address without a language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import override

from academy.home.domain.arrival import preferred_language
from academy.lib.access import PUBLIC, access
from academy.pages.domain.languages import live_home_languages


@access(PUBLIC)
def root_redirect(request: HttpRequest) -> HttpResponseRedirect:
    """Send the reader to the home page in the language they would choose."""
    code = preferred_language(
        cookie=request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME),
        accept_language=request.headers.get("Accept-Language", ""),
        live=live_home_languages(request=request),
    )
    with override(code):
        response = HttpResponseRedirect(reverse("wagtail_serve", args=[""]))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
