"""The page on which somebody watches their job, and what it could not do as a file."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from academy.jobs.domain.queries import NoSuchJob, failures_file, job_of
from academy.lib.access import SIGNED_IN, access

SECONDS = 5


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def job(request: HttpRequest, job: uuid.UUID) -> HttpResponse:
    """How far the job has come; asks again by itself until it is over, unless one has stopped that."""
    try:
        view = job_of(person=request.user, job=job)
    except NoSuchJob:
        raise Http404 from None
    asks_again = not view.is_finished and request.GET.get("refresh") != "off"
    return render(request, "jobs/job.html", {"view": view, "asks_again": asks_again, "seconds": SECONDS})


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def job_failures(request: HttpRequest, job: uuid.UUID) -> HttpResponse:
    """What the job could not do, for a spreadsheet."""
    headings = (_("Line"), _("What"), _("Problem"))
    try:
        text = failures_file(person=request.user, job=job, headings=headings)
    except NoSuchJob:
        raise Http404 from None
    # The mark at the beginning tells a spreadsheet that this is UTF-8.
    response = HttpResponse(f"\ufeff{text}", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="problems-{job}.csv"'
    return response
