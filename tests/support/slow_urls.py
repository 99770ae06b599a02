"""Addresses whose views ask the database for what takes too long."""

from __future__ import annotations

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from academy.lib.access import PUBLIC, access
from academy.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

LOCK = 42


@access(PUBLIC)
def long_statement(request: HttpRequest) -> HttpResponse:
    """Take longer than a statement may."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '100ms'")
        cursor.execute("SELECT pg_sleep(30)")
    return HttpResponse()


@access(PUBLIC)
def lock_wait(request: HttpRequest) -> HttpResponse:
    """Wait for a lock that somebody else holds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '100ms'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return HttpResponse()


urlpatterns = [path("long/", long_statement), path("lock/", lock_wait)]
