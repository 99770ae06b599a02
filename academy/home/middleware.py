"""Languages of addresses, the one that somebody chose, and what is said when the database is busy."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import get_language, get_language_from_path
from django.views.defaults import page_not_found

from academy.home.errors import bad_request, busy
from academy.home.staff.others import check_pages_named
from academy.lib.access import STAFF

logger = logging.getLogger(__name__)

ONE_YEAR = 365 * 24 * 60 * 60


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but where a view answers that there is nothing, that is the answer.

    Django would lead on to the same address below a language: as pages of the tree may be called anything, it takes
    every such address for a good one, and sends whoever guesses in the CMS round a corner before they see the 404.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Look for the address in another language only where no view was found for it as it stands."""
        if response.status_code == 404 and getattr(request, "resolver_match", None):
            response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
            return response
        return super().process_response(request, response)


class RememberLanguageMiddleware:
    """Keeps the language in a cookie when a reader goes from one of our pages to one in another language.

    The address says the language of a page; the cookie serves the address without one alone. Nobody who
    stays in their language gets it, so their pages can be cached for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and set the cookie when the language changed on the way here."""
        response = self.get_response(request)
        chosen = get_language_from_path(request.path_info)
        if chosen and response.status_code == 200 and self.language_before(request) not in {None, chosen}:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=ONE_YEAR,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    @staticmethod
    def language_before(request: HttpRequest) -> str | None:
        """The language of the page of ours that led here, or None."""
        before = urlsplit(request.headers.get("referer", ""))
        return get_language_from_path(before.path) if before.netloc == request.get_host() else None


class NotYoursMiddleware:
    """Answers in the CMS about what is not somebody's as about what does not exist: 404, with the same page.

    Wagtail says “permission denied” and leads to the start: that tells whoever counts through the numbers what there
    is. Where an address names nothing, its words stay: they are about a place that everybody knows of.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and put the one page of what does not exist in place of a refusal that names something."""
        response = self.get_response(request)
        match = request.resolver_match
        if not match or not match.route.startswith("cms/") or not (match.args or match.kwargs):
            return response
        # Who may not open the CMS at all is told so at every address of it.
        if not STAFF.test(request.user):
            return response
        if response.status_code in {403, 404} or self.is_refusal(request, response):
            return page_not_found(request, Http404(), template_name="wagtailadmin/404.html")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Let nobody near a page by its number who does not know of it: not every view of Wagtail's asks."""
        match = request.resolver_match
        if match and match.route.startswith("cms/") and STAFF.test(request.user):
            check_pages_named(request, view_name=match.view_name, arguments=kwargs)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 400 to a form that no page of the CMS would send: Wagtail takes for granted that fields are there."""
        match = request.resolver_match
        if not match or not match.route.startswith("cms/"):
            return None
        # What the step before put into the session is asked for in the same way.
        out_of_turn = match.view_name == "wagtailredirects:process_import" and isinstance(exception, KeyError)
        broken = isinstance(exception, MultiValueDictKeyError) or out_of_turn
        return bad_request(request, exception) if broken else None

    @staticmethod
    def is_refusal(request: HttpRequest, response: HttpResponse) -> bool:
        """Whether Wagtail led to the start with an error to tell; then nobody shall read it."""
        if response.status_code != 302 or response["Location"] != reverse("wagtailadmin_home"):
            return False
        told = list(messages.get_messages(request))
        if not told or told[-1].level != messages.ERROR:
            return False
        # As MessageMiddleware begins: with what was there before this request.
        request._messages = default_storage(request)  # type: ignore[attr-defined]  # noqa: SLF001 -- where Django keeps it
        return True


class BusyMiddleware:
    """Answers 503 and when to try again where a view meets a database that is locked, full or away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: what goes wrong in a view comes to process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that nothing was saved; the transaction was rolled back before we hear of it."""
        if not isinstance(exception, OperationalError):
            return None
        logger.error("The database did not answer at %s.", request.path, exc_info=exception)
        return busy(request)
