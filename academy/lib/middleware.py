"""What every answer tells the browser, and what no request may hold."""

from __future__ import annotations

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.handlers.exception import response_for_exception
from django.db import IntegrityError
from django.forms.formsets import ORDERING_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDictKeyError

GetResponse = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Tells browsers which of their powers our pages do not want, and that other sites may not embed our files."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.permissions = ", ".join(f"{power}=()" for power in settings.PERMISSIONS_POLICY)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, static files included."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.permissions)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PolicyMiddleware(CSPMiddleware):
    """Gives the CMS a Content-Security-Policy of its own, and every other page that of the site.

    A preview in the CMS is a page of the site: it keeps the policy with which it was made.
    """

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 -- their signature
    ) -> PolicyParts:
        """Return what the policy of this answer is made of."""
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only and request.path_info.startswith(settings.CMS_PREFIX):
            parts.config = settings.CMS_CONTENT_SECURITY_POLICY
        return parts


# How many forms there are in a set of forms, and how many of them are stored already.
COUNTS = ("-TOTAL_FORMS", "-INITIAL_FORMS")


class SoundRequestMiddleware:
    """Answers 400 to what no page of ours makes a browser send.

    An address with a NUL in it: PostgreSQL fails at it wherever it gets to. And a form that lacks a field which its
    view takes for granted.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or raise BadRequest."""
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("An address holds a NUL.")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that the request is broken, where a view of a package looked for a field that was not sent.

        The second kind comes from Wagtail's inline panels, when a form announces more parts than it holds; the third
        from any set of forms that announces fewer than none, and is then stored on top of what there is.
        """
        lacks_field = isinstance(exception, MultiValueDictKeyError)
        lacks_part = isinstance(exception, KeyError) and exception.args == (ORDERING_FIELD_NAME,)
        miscounts = isinstance(exception, IntegrityError) and any(
            name.endswith(COUNTS) and not str(value).isdecimal() for name, value in request.POST.items()
        )
        if request.method == "POST" and (lacks_field or lacks_part or miscounts):
            return response_for_exception(request, BadRequest("A form lacks a field."))
        return None
