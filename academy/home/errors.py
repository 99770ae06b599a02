"""Pages for what went wrong. Each says what happened and what to do; what is for the log stays out of them."""

from __future__ import annotations

import sys

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template import loader

RETRY_SECONDS = 5


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from elsewhere. Says how to go on; the reason is for the log."""
    return render(request, "403_csrf.html", status=403)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page is not for this person."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing stands at this address."""
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request itself is broken or forged: nothing of it is trusted, so nothing is looked up for the answer."""
    return HttpResponseBadRequest(loader.get_template("400.html").render({"site_name": settings.SITE_NAME}))


def busy(request: HttpRequest) -> HttpResponse:
    """The database could not answer in time: what was sent is not saved, and sending it again may help."""
    page = loader.get_template("503.html").render({"site_name": settings.SITE_NAME})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_SECONDS)})


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours. The page needs neither the database nor a context processor, for those may be what failed.

    A database that did not answer before a view was reached, as for the session, is no fault but a busy moment.
    """
    if isinstance(sys.exception(), OperationalError):
        return busy(request)
    context = {"site_name": settings.SITE_NAME, "request_id": getattr(request, "request_id", "")}
    return HttpResponseServerError(loader.get_template("500.html").render(context))
