"""The outermost middleware: probes are answered before anything else, and each request leaves one line."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

from academy.operations.domain.logs import HIDDEN, hide_in_path, is_secret
from academy.operations.domain.probes import LIVE, READY
from academy.operations.views import live, ready

logger = structlog.get_logger("academy.requests")

PROBES = {LIVE: live, READY: ready}
HEADER = "X-Request-ID"
SANE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{7,63}")


class HealthMiddleware:
    """Answers probes in front of everything that could fail: host check, redirect to TLS, session, database.

    A probe asks by the address of the machine and without TLS. The same views stand in the table of addresses,
    where the test that walks it finds what they declare.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe, or pass on."""
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)


class RequestLogMiddleware(RequestMiddleware):
    """One line a request: its id, who, what, how it ended and how long it took; never what was sent.

    The id comes from the proxy if it looks like one, else it is made here. It goes back as a header, onto the page
    for faults of ours, and into every line that is logged meanwhile.
    """

    def prepare(self, request: HttpRequest) -> None:
        """Begin: from here on each line carries the request."""
        structlog.contextvars.clear_contextvars()
        sent = request.headers.get(HEADER, "")
        request.request_id = sent if SANE_ID.fullmatch(sent) else secrets.token_hex(8)  # type: ignore[attr-defined]  # read by the page for faults
        request.began = time.perf_counter()  # type: ignore[attr-defined]  # read when it ends
        structlog.contextvars.bind_contextvars(
            request_id=request.request_id,  # type: ignore[attr-defined]  # set above
            method=request.method,
            path=hide_in_path(request.path[:2000])[:500],
        )

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Now it is known who asks, and which parts of the path the view takes for a key."""
        path = hide_in_path(request.path[:2000])
        for name, value in kwargs.items():
            if is_secret(name) and isinstance(value, str) and value:
                path = path.replace(value, HIDDEN)
        structlog.contextvars.bind_contextvars(path=path[:500])
        self.bind_user_id(request)

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Name the person by their public id, if somebody has looked them up: a log line asks no database."""
        user = getattr(request, "_cached_user", None)  # where Django keeps the person of the session
        if user is not None and user.is_authenticated:
            structlog.contextvars.bind_contextvars(user=str(user.public_id))

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """End with one line, unless the fault has had its own."""
        response.headers[HEADER] = request.request_id  # type: ignore[attr-defined]  # set by prepare
        if getattr(request, "_raised_exception", None) is None:
            self.bind_user_id(request)
            # A style sheet is nobody's request.
            is_static = request.path.startswith(settings.STATIC_URL) and response.status_code < 400
            write = logger.debug if is_static else self.writer(response.status_code)
            write("request_finished", **self.facts(request, status=response.status_code))
        structlog.contextvars.clear_contextvars()

    def _process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Log a fault with its traceback, while Django still holds it."""
        request._raised_exception = exception  # type: ignore[attr-defined]  # noqa: SLF001 -- the name that our parent looks for
        self.bind_user_id(request)
        status = 503 if isinstance(exception, OperationalError) else 500
        logger.error("request_failed", exc_info=exception, **self.facts(request, status=status))

    @staticmethod
    def writer(status: int) -> Callable[..., Any]:
        """Return how loud an answer of this kind is told."""
        if status >= 500:
            return logger.error
        return logger.warning if status >= 400 else logger.info

    @staticmethod
    def facts(request: HttpRequest, *, status: int) -> dict[str, Any]:
        """Return what a line says beside the context that ``prepare`` has bound."""
        return {
            "status": status,
            "duration_ms": round((time.perf_counter() - request.began) * 1000),  # type: ignore[attr-defined]  # set by prepare
            "user_agent": request.headers.get("User-Agent", "")[:300],
        }
