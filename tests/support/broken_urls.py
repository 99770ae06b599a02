"""One address whose view has a fault."""

from __future__ import annotations

from typing import NoReturn

from django.http import HttpRequest
from django.urls import path

from academy.lib.access import PUBLIC, access
from academy.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class Fault(Exception):
    """What nobody expected."""


@access(PUBLIC)
def broken(request: HttpRequest) -> NoReturn:
    """Fail."""
    raise Fault


urlpatterns = [path("broken/", broken)]
