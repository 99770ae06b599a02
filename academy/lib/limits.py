"""How often something may be tried: allauth's counter, for our own views.

It counts in the cache that all processes share, and takes a visitor's address from as many proxies as the
settings trust, so that an invented ``X-Forwarded-For`` is no new visitor.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

APP = "academy"


def within_limit(request: HttpRequest, *, scope: str, rate: str, key: str | None = None, counting: bool = True) -> bool:
    """Count one try at ``scope`` and return whether it was one of those that ``rate`` allows.

    Without ``counting`` it only tells: for what counts failures alone.

    ``rate`` is as allauth writes it: "20/m/ip" for an address, "5/h/user" for who is signed in, "5/h/key" for
    what ``key`` names; several with commas between.
    """
    if not settings.RATE_LIMITS:
        return True
    usage = ratelimit.consume(
        request, app=APP, action=scope, config={scope: rate}, key=key, limit_get=True, dry_run=not counting
    )
    return usage is not None


def rate_limited(scope: str, rate: str, *, reading: bool = False) -> Callable[[View[P]], View[P]]:
    """Answer 429 where a view is asked more often than ``rate`` allows, in our words.

    Sending counts; looking counts only with ``reading``, for a view that is asked a secret by its address::

        @access(PUBLIC)
        @rate_limited("verify", "60/m/ip", reading=True)
        def verify(request, code): ...
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            counts = reading or request.method not in {"GET", "HEAD", "OPTIONS"}
            if counts and not within_limit(request, scope=scope, rate=rate):
                response: HttpResponse = ratelimit.respond_429(request)
                return response
            return view(request, *args, **kwargs)

        return limited

    return decorate
