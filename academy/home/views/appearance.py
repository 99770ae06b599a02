"""Light or dark, kept in a cookie on the reader's device."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from academy.home.forms import AppearanceForm
from academy.lib.access import PUBLIC, access
from academy.pages.context_processors import THEME_COOKIE, theme_of

ONE_YEAR = 365 * 24 * 60 * 60


@access(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Show the choice; store it for a year when it is made. Nothing is kept on the server."""
    form = AppearanceForm(request.POST if request.method == "POST" else None, initial={"theme": theme_of(request)})
    if request.method == "POST" and form.is_valid():
        # Not a message of the session: a choice of colours must not start one.
        response = HttpResponseRedirect(f"{reverse('appearance')}?saved=1")
        response.set_cookie(
            THEME_COOKIE,
            form.cleaned_data["theme"],
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
    return render(request, "home/appearance.html", {"form": form, "saved": "saved" in request.GET})
