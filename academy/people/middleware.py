"""Middleware of ours: times in the reader's zone, deny by default, second factors, and sessions that end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import ResolverMatch
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from academy.lib.access import Refusal, policy_of
from academy.lib.clock import now
from academy.people.domain.audit import record_refusal
from academy.people.domain.factors import must_set_up_second_factor
from academy.people.domain.origins import request_under_way
from academy.people.domain.sessions import SEEN, STARTED, is_over
from academy.people.domain.visitors import zone_of
from academy.people.models import User

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class OriginMiddleware:
    """Lets the audit know from which request an act comes, so that no verb has to pass it on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the request known as the one that is under way."""
        with request_under_way(request):
            return self.get_response(request)


class PreferencesMiddleware:
    """Shows times in the signed-in person's own zone. The language is in the address, not here."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the zone active; visitors see the zone of the installation."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)


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
            self.tell_of_refusal(request, match)
            raise Http404
        if request.user.is_authenticated or request.headers.get("x-requested-with") == "XMLHttpRequest":
            self.tell_of_refusal(request, match)
            raise PermissionDenied
        return self.ask_to_sign_in(request)

    @staticmethod
    def tell_of_refusal(request: HttpRequest, match: ResolverMatch) -> None:
        """Log that a signed-in person was turned away from the CMS; what was sent there is in the audit too."""
        user = request.user
        if not isinstance(user, User) or not match.route.startswith("cms/"):
            return
        door = match.view_name or match.route
        logger.warning("Refused: %s %s for %s.", request.method, door, user.public_id)
        if request.method not in SAFE_METHODS:
            record_refusal(actor=user, door=door, at=now(), request=request)

    @staticmethod
    def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
        """Send a visitor to the sign-in page, and from there back; say so when something was sent in vain."""
        if request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        messages.warning(request, _("Sign in to go on. What you just sent was not saved."))
        return redirect_to_login(page_before(request), resolve_url("account_login"))


class SecondFactorMiddleware:
    """Leads whoever may do more than learn, and has no second factor, to the page where one is set up.

    Until then they use the site as learners do, and sign out. Stands behind AccessMiddleware: who may not use a
    view at all is told so first.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the decision needs the view, so it is made in process_view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the request through, or lead to the set-up."""
        match = request.resolver_match
        assert match is not None  # Django sets it just before it calls us
        policy = policy_of(match)
        if policy is None or not policy.above_learner or not request.user.is_authenticated:
            return None
        if not must_set_up_second_factor(request.user):
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        messages.warning(request, self.words(request))
        return redirect("mfa_index")

    @staticmethod
    def words(request: HttpRequest) -> str:
        """Why the page did not open, and whether something was sent in vain."""
        if request.method in {"GET", "HEAD"}:
            return _("Your account can do more than learn. Add a second step to signing in, then that page opens.")
        return _(
            "Your account can do more than learn. Add a second step to signing in. What you just sent was not saved."
        )


class SessionAgeMiddleware:
    """Ends a session that has been left alone, or open, for too long; see SESSION_IDLE and its neighbours.

    Notes in the session when it was last used. What a page of the CMS asks by itself while nobody is there is no use.
    """

    NO_USE = frozenset({"wagtailadmin_editing_sessions:ping"})

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out where it is time to, answer, and note the use."""
        if isinstance(request.user, User) and is_over(request.session, person=request.user, at=now()):
            logout(request)
            messages.warning(request, _("You were signed out, because you had been away or signed in for long."))
        response = self.get_response(request)
        match = request.resolver_match
        if SESSION_KEY in request.session and not (match and match.view_name in self.NO_USE):
            self.note(request)
        return response

    @staticmethod
    def note(request: HttpRequest) -> None:
        """Note the use now and then: each note is a write."""
        moment = int(now().timestamp())
        request.session.setdefault(STARTED, moment)
        if moment - request.session.get(SEEN, 0) >= settings.SESSION_NOTED_EVERY.total_seconds():
            request.session[SEEN] = moment


def page_before(request: HttpRequest) -> str:
    """Return the path of the page of ours that the request came from, else that of the home page."""
    referer = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(referer)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
