"""My learning: where one stands, and one thing to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from academy.home.domain.my import my_learning
from academy.lib.access import SIGNED_IN, access
from academy.lib.clock import now
from academy.people.api import person_of


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def my(request: HttpRequest) -> HttpResponse:
    """The learner's own page."""
    return render(request, "home/my.html", {"my": my_learning(learner=person_of(request), at=now())})
