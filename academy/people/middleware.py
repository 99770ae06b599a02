"""Middleware of ours: times in the reader's zone, and deny by default."""

from __future__ import annotations

import logging
import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from academy.lib.access import Refusal, policy_of

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]


class PreferencesMiddleware:
    """Shows times in the signed-in person's own zone. The language is in the address, not here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the zone active; visitors see the zone of the installation."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(self.zone_of(request.user)):
            return self.get_response(request)

    @staticmethod
    def zone_of(user: Any) -> zoneinfo.ZoneInfo | None:
        """Return the person's zone; None (the installation's) for a name that this machine no longer knows."""
        try:
            return zoneinfo.ZoneInfo(user.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            # They could not reach the page on which to mend it if this were an error.
            logger.warning("The time zone of %s is unknown here.", user.public_id)
            return None


class PrivateMiddleware:
    """Keeps what a signed-in person sees out of every cache: on a shared computer, Back shows nobody's pages.

    It also makes Back show a page as it is now, not as it was. The answer to a form may stay in the person's own
    browser: without it, Back to a form with errors would show the browser's own error. A view that sets its own
    ``Cache-Control`` is left alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and mark the answer as private where somebody is signed in."""
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True)
            if request.method in {"GET", "HEAD"}:
                patch_cache_control(response, no_store=True)
        return response


class AccessMiddleware:
    """Deny by default: a view is used by whom its declaration allows, and without one by nobody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the decision needs the view, so it is made in process_view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the request through, or refuse it as the policy of its view says."""
        match = request.resolver_match
        assert match is not None  # Django sets it just before it calls us
        policy = policy_of(match)
        if policy is None:
            logger.error("Refused: %s declares no access policy.", match.view_name or match.route)
            raise PermissionDenied
        if policy.test(request.user):
            return None
        if policy.refusal is Refusal.HIDE:
            raise Http404
        if request.user.is_authenticated or request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        return self.ask_to_sign_in(request)

    @staticmethod
    def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
        """Send a visitor to the sign-in page, and from there back; say so when something was sent in vain."""
        if request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        messages.warning(request, _("Sign in to go on. What you just sent was not saved."))
        return redirect_to_login(page_before(request), resolve_url("account_login"))


def page_before(request: HttpRequest) -> str:
    """Return the path of the page of ours that the request came from, else that of the home page."""
    referer = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(referer)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
