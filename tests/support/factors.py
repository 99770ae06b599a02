"""Second steps of signing in, for tests."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.test import Client

from tests.factories.people import APP_SECRET


def app_code(secret: str = APP_SECRET, *, step: int = 0) -> str:
    """What an authenticator app shows now, or ``step`` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def confirm(client: Client) -> None:
    """Make a signed-in client one that has just shown that it is they, for views that ask for it."""
    session = client.session
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        *records,
        {"method": "password", "at": time.time(), "reauthenticated": True},
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = session[SESSION_KEY]
    session.save()
