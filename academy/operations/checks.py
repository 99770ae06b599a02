"""What must be so before the site may be served: ``manage.py check --deploy --database default``.

Gunicorn asks the same before it starts, and does not start when an error is found. Nothing here speaks in development.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 -- Django's name
from django.db import DatabaseError, connections
from django.http.request import validate_host

# Each process would have a cache of its own, or none.
NOT_SHARED = ("LocMemCache", "DummyCache")
# Backends that show e-mail to developers and send it to nobody.
NOT_SENDING = ("console", "locmem", "dummy", "filebased")
# PostgreSQL acknowledges what it has not kept when one of these is off: 45 of 3,600 answers were lost in a test.
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
DEVELOPMENT_KEYS = ("only-for-", "django-insecure-")
SHORTEST_KEY = 50

Messages = list[CheckMessage]


def deployment(*tags: str) -> Callable[[Callable[..., Messages]], Callable[..., Messages]]:
    """Register a check that speaks only of what is to be deployed."""
    return register(*tags, deploy=True)


@deployment(Tags.security)
def debug_is_off(**asked: Any) -> Messages:
    """A page of DEBUG shows settings and code to whoever makes a fault happen."""
    if not settings.DEBUG:
        return []
    return [Error("DEBUG is on.", hint="Use DJANGO_SETTINGS_MODULE=academy.settings.production.", id="operations.E001")]


@deployment(Tags.security)
def secret_key_is_secret(**asked: Any) -> Messages:
    """It signs sessions and certificates: one that others know lets them make both."""
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_KEY and not key.startswith(DEVELOPMENT_KEYS):
        return []
    return [
        Error(
            "SECRET_KEY is short, or that of the development settings.",
            hint=f"Set it to {SHORTEST_KEY} random characters or more, and keep it: it signs certificates.",
            id="operations.E002",
        )
    ]


@deployment(Tags.security)
def hosts_are_named(**asked: Any) -> Messages:
    """A host that anybody may claim ends up in links of e-mails."""
    hosts = settings.ALLOWED_HOSTS
    if hosts and "*" not in hosts:
        return []
    return [
        Error(
            "ALLOWED_HOSTS names no host, or all.", hint="Set ALLOWED_HOSTS to your host names.", id="operations.E003"
        )
    ]


@deployment(Tags.security)
def base_url_is_ours(**asked: Any) -> Messages:
    """Links in e-mails lead to this site, by TLS."""
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if parts.scheme == "https" and parts.hostname and validate_host(parts.hostname, settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            "BASE_URL does not begin with https://, or its host is not one of ALLOWED_HOSTS.",
            hint="Set BASE_URL to the address that people use, such as https://academy.example.org.",
            id="operations.E004",
        )
    ]


@deployment(Tags.security)
def proxies_are_counted(**asked: Any) -> Messages:
    """Rate limits count addresses; whoever may choose their own has no limit."""
    if settings.TRUSTED_PROXY_COUNT_IS_SET:
        return []
    return [
        Error(
            "TRUSTED_PROXY_COUNT is not set.",
            hint="Set it to the number of proxies of yours in front of this server, 0 for none.",
            id="operations.E005",
        )
    ]


@deployment(Tags.caches)
def cache_is_shared(**asked: Any) -> Messages:
    """Rate limits and locks count in the cache: for all processes, or not at all."""
    if not settings.CACHES["default"]["BACKEND"].endswith(NOT_SHARED):
        return []
    return [
        Error(
            "The cache is not shared by all processes.",
            hint="Use the database cache of the production settings, or Redis.",
            id="operations.E006",
        )
    ]


@deployment("mail")
def mail_is_sent(**asked: Any) -> Messages:
    """Accounts are confirmed by e-mail: without it nobody gets in."""
    if settings.EMAIL_BACKEND.endswith("HoldingEmailBackend"):
        backend = settings.MAIL_BACKEND
    else:
        backend = settings.EMAIL_BACKEND
    if any(f".{name}." in backend for name in NOT_SENDING):
        return [
            Error("E-mail is not sent to anybody.", hint="Set MAIL_BACKEND to one that sends.", id="operations.E007")
        ]
    if settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") in {"", "localhost"}:
        return [
            Warning(
                "E-mail comes from an address at localhost, which others refuse.",
                hint="Set FROM_EMAIL to an address of yours.",
                id="operations.W001",
            )
        ]
    return []


@deployment(Tags.compatibility)
def database_is_a_server(**asked: Any) -> Messages:
    """SQLite has one writer and one machine."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return []
    return [
        Warning(
            "The database is SQLite: one writer at a time, one machine.",
            hint="Set DATABASE_URL to a PostgreSQL database before many people learn here.",
            id="operations.W002",
        )
    ]


@deployment(Tags.database)
def database_keeps_what_it_acknowledges(*, databases: Sequence[str] | None = None, **asked: Any) -> Messages:
    """Somebody was told that their answer is saved: then it is."""
    messages: Messages = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT name FROM pg_settings WHERE name = ANY (%s) AND setting = 'off'", [list(DURABLE)]
                )
                off = [name for (name,) in cursor.fetchall()]
        except DatabaseError as error:
            words = str(error).strip().splitlines()[0]
            messages.append(Error(f"The database does not answer: {words}", id="operations.E008"))
            continue
        messages += [
            Error(
                f"PostgreSQL runs with {name} off: it loses what it has acknowledged.",
                hint=f"Set {name} to on for the server, the database and the role.",
                id="operations.E009",
            )
            for name in sorted(off)
        ]
    return messages
