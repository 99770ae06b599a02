"""What allauth and Django do with accounts, told to the audit. Only a request that sends something gets here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from django.apps import apps
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils.module_loading import import_string

from academy.lib.clock import now
from academy.people.domain.audit import record_act
from academy.people.enums import ActKind
from academy.people.models import User

# Signals of parts of allauth that an installation may not have: app, signal, and the act that it tells.
OPTIONAL = (
    ("allauth.mfa", "allauth.mfa.signals.authenticator_added", ActKind.FACTOR_ADDED),
    ("allauth.mfa", "allauth.mfa.signals.authenticator_removed", ActKind.FACTOR_REMOVED),
    ("allauth.mfa", "allauth.mfa.signals.authenticator_reset", ActKind.FACTOR_RESET),
    ("allauth.mfa", "allauth.mfa.signals.authentication_failed", ActKind.FACTOR_FAILED),
    ("allauth.socialaccount", "allauth.socialaccount.signals.social_account_added", ActKind.PROVIDER_LINKED),
    ("allauth.socialaccount", "allauth.socialaccount.signals.social_account_removed", ActKind.PROVIDER_UNLINKED),
)


def connect() -> None:
    """Listen, once."""
    # Django's own signals, not allauth's: whatever door a package opens, it ends there.
    _listen(user_logged_in, note_sign_in)
    _listen(user_login_failed, note_failed_sign_in)
    _listen(user_logged_out, note_sign_out)
    _listen(account.email_changed, note_changed_address)
    for signal, kind in (
        (account.user_signed_up, ActKind.SIGNED_UP),
        (account.password_set, ActKind.PASSWORD_SET),
        (account.password_changed, ActKind.PASSWORD_CHANGED),
        (account.password_reset, ActKind.PASSWORD_RESET),
    ):
        _listen(signal, told_of_a(kind))
    for app, name, kind in OPTIONAL:
        if apps.is_installed(app):
            _listen(import_string(name), told_of_a(kind))


def _listen(signal: Signal, receiver: Any) -> None:
    signal.connect(receiver, weak=False, dispatch_uid=f"academy.people.audit.{id(signal)}")


def _actor(request: HttpRequest | None) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


def told_of_a(kind: ActKind) -> Any:
    """Return a receiver for a signal that says ``request`` and whose account it is."""

    def receive(sender: Any, request: HttpRequest | None = None, user: User | None = None, **said: Any) -> None:
        factor, linked = said.get("authenticator"), said.get("sociallogin") or said.get("socialaccount")
        told: dict[str, Any] = {}
        if factor is not None:
            told["factor"] = factor.type
        if linked is not None:
            linked = getattr(linked, "account", linked)
            user = user or linked.user
            told["provider"] = linked.provider
        record_act(kind=kind, actor=_actor(request), at=now(), obj=user, after=told, request=request)

    return receive


def note_sign_in(sender: Any, request: HttpRequest, user: User, **said: Any) -> None:
    """Somebody is in, and by which methods."""
    methods = [record["method"] for record in get_authentication_records(request, user)]
    record_act(kind=ActKind.SIGNED_IN, actor=user, at=now(), obj=user, after={"methods": methods}, request=request)


def note_failed_sign_in(
    sender: Any, credentials: Mapping[str, Any], request: HttpRequest | None = None, **said: Any
) -> None:
    """Somebody is not. What they typed is not kept: it may be anybody's address, or a password in the wrong field."""
    address = str(credentials.get("email") or credentials.get("username") or "")
    account = User.objects.filter(email=address.strip().lower()).first() if address else None
    record_act(kind=ActKind.SIGN_IN_FAILED, actor=_actor(request), at=now(), obj=account, request=request)


def note_sign_out(sender: Any, request: HttpRequest, user: User | None, **said: Any) -> None:
    """Somebody left."""
    if user is not None:
        record_act(kind=ActKind.SIGNED_OUT, actor=user, at=now(), obj=user, request=request)


def note_changed_address(
    sender: Any, request: HttpRequest, user: User, from_email_address: Any, to_email_address: Any, **said: Any
) -> None:
    """Another address signs in from now on; or the first one is known to be theirs, of which allauth says the same."""
    before = {"email": from_email_address.email} if from_email_address else {}
    record_act(
        kind=ActKind.EMAIL_CHANGED if before else ActKind.EMAIL_CONFIRMED,
        actor=_actor(request),
        at=now(),
        obj=user,
        before=before,
        after={"email": to_email_address.email},
        request=request,
    )
