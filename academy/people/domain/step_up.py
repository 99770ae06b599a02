"""Step-up: before a sensitive act, somebody shows once more that it is they.

By password, passkey or code, whichever they have; then the view goes on. What was posted is kept meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def require_recent_authentication(request: HttpRequest) -> None:
    """Lead to the question “Is it you?” unless it was answered within ACCOUNT_REAUTHENTICATION_TIMEOUT.

    Raises allauth's ReauthenticationRequired, which its middleware answers: it keeps what was posted, asks, and calls
    the view again. Files are not kept: a view that takes some asks at GET, before they are chosen.
    """
    raise_if_reauthentication_required(request, app="academy.people")


def recently_authenticated(view: View[P]) -> View[P]:
    """Let a view be used only by who has shown recently that it is they, whatever its method::

        @access(SIGNED_IN)
        @recently_authenticated
        def download_my_record(request): ...

    For a class, decorate its ``dispatch`` with ``method_decorator``. Where only sending is sensitive, call
    :func:`require_recent_authentication` at that point.
    """

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        require_recent_authentication(request)
        return view(request, *args, **kwargs)

    return asked
