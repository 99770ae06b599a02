"""Pages about the site itself. Their words stand in the templates, so that they are there before any content."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from academy.lib.access import PUBLIC, access


@access(PUBLIC)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to learn here, and what to do when something does not work."""
    return render(request, "home/help.html")


@access(PUBLIC)
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """The cookies that the site sets, each with its reason."""
    return render(request, "home/cookies.html")


@access(PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested, what is known not to work, and how to tell us."""
    return render(request, "home/accessibility.html")
