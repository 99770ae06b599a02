"""Pages about the site itself. Their words stand in the templates, so that they are there before any content."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from academy.lib.access import PUBLIC, access
from academy.pages.context_processors import THEME_COOKIE


@dataclass(frozen=True, kw_only=True, slots=True)
class CookieFacts:
    """One cookie: its name in the browser, why we set it, how long it stays."""

    name: str
    purpose: Promise
    lasts: Promise


COOKIES = (
    CookieFacts(
        name=settings.SESSION_COOKIE_NAME,
        purpose=_("Keeps you signed in from one page to the next."),
        lasts=_("Two weeks, or until you sign out"),
    ),
    CookieFacts(
        name=settings.CSRF_COOKIE_NAME,
        purpose=_("Proves that a form you send was opened by you on this site. Set where there is a form."),
        lasts=_("A year"),
    ),
    CookieFacts(
        name=settings.LANGUAGE_COOKIE_NAME,
        purpose=_("Remembers which language to greet you in, when you chose one."),
        lasts=_("A year"),
    ),
    CookieFacts(
        name=THEME_COOKIE,
        purpose=_("Remembers light or dark colours, when you chose."),
        lasts=_("A year"),
    ),
)


@access(PUBLIC)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to learn here, and what to do when something does not work."""
    return render(request, "home/help.html")


@access(PUBLIC)
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """The cookies that the site sets, each with its reason."""
    return render(request, "home/cookies.html", {"cookies": COOKIES})


@access(PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested, what is known not to work, and how to tell us."""
    context = {"contact": settings.CONTACT_EMAIL, "appearance_url": reverse("appearance")}
    return render(request, "home/accessibility.html", context)
