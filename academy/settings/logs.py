"""How the academy logs: JSON for machines, lines for people. See docs/decisions/0013."""

from __future__ import annotations

from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured

from academy.operations.domain.logs import escape_controls, hide_secrets

# Every line is about one request, or about none.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # the proxy knows the addresses; here they would be personal data

# What structlog's events and those of the standard library both go through.
SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]
STYLES = {
    # ASCII alone, so that no character of anybody's means anything to a terminal.
    "json": structlog.processors.JSONRenderer(sort_keys=False, ensure_ascii=True),
    "lines": structlog.dev.ConsoleRenderer(colors=False, timestamp_key="time", pad_event_to=0, pad_level=False),
}


def log_config(style: str) -> dict[str, Any]:
    """Return Django's LOGGING, and make structlog write through it. ``style`` is json or lines."""
    if style not in STYLES:
        raise ImproperlyConfigured(f"LOG_FORMAT must be json or lines, not {style!r}.")
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "academy": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    hide_secrets,
                    escape_controls,
                    STYLES[style],
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "academy"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # Django's own handlers would mail admins and print in DEBUG alone: root's is enough.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # One line a request, with its traceback where it failed, comes from our middleware.
            "django.request": {"level": "CRITICAL"},
            # Scanners ask for hosts that are not ours all day: the request's own line tells of the 400.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # A line for each page that is indexed or saved tells an operator nothing: Wagtail keeps that history.
            "django_tasks": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},
            # It tells each step of a passkey's ceremony, with what the browser sent.
            "fido2": {"level": "WARNING"},
            # Gunicorn speaks the same way; its access log is off, ours says more.
            "gunicorn.error": {"handlers": ["console"], "level": "INFO", "propagate": False},
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
