"""Accounts: opened, amended by staff, and kept up to date by their owner."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from functools import cache

from allauth.account.models import EmailAddress
from django.db import transaction

from academy.people.domain.audit import record_act, record_change
from academy.people.domain.sessions import close_sessions
from academy.people.enums import ActKind
from academy.people.models import User

# Names kept for old programs: they repeat zones of the list or have no place.
NO_PLACES = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


class NotYourAccount(Exception):
    """Somebody tried to change the account of another person without the right to."""


def tidy_name(text: str) -> str:
    """Return a name in one line without spaces at its ends: it is printed on certificates."""
    return " ".join(text.split())


@cache
def time_zones() -> tuple[str, ...]:
    """Return the zones to choose from, UTC first, the others by name ("Africa/Nairobi")."""
    places = (name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith(NO_PLACES))
    return ("UTC", *sorted(places))


@transaction.atomic
def open_account(
    *,
    email: str,
    display_name: str,
    language: str,
    by: User | None,
    at: datetime,
    password: str | None = None,
    time_zone: str = "UTC",
    verified: bool = False,
) -> User:
    """Open an account for a person: without a password they choose one by “Forgotten your password?”.

    ``verified`` says that the address is known to be theirs; otherwise they confirm it when they first sign in.
    ``by`` is None when the program itself acts (demo accounts). What the person may do is given by grants.
    Raises ValidationError for an address that exists, a name that is empty or too long, an unknown zone.
    """
    user = User.objects.create_user(
        email,
        password,
        display_name=tidy_name(display_name),
        language=language,
        time_zone=time_zone,
        date_joined=at,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    record_act(kind=ActKind.ACCOUNT_OPENED, actor=by, at=at, obj=user, after=told_of(user))
    return user


@transaction.atomic
def amend_account(
    *,
    user: User,
    email: str,
    display_name: str,
    language: str,
    time_zone: str,
    is_active: bool,
    by: User,
    at: datetime,
) -> User:
    """Change another person's account in the CMS.

    A new address is not confirmed until its owner opens the link that the next sign-in sends. Who is not active any
    more is signed out everywhere. Who may do this is ``rules.can_amend``. Raises ValidationError as above.
    """
    # What is stored decides: a form has filled ``user`` with what it wants already.
    stored = User.objects.select_for_update().get(pk=user.pk)
    before = told_of(stored)
    user.email = email.strip().lower()
    user.display_name = tidy_name(display_name)
    user.language = language
    user.time_zone = time_zone
    # Whoever is to leave is let out below.
    user.is_active = is_active or stored.is_active
    user.session_round = stored.session_round
    user.full_clean(exclude=["password"])
    user.save()
    if user.email != stored.email:
        EmailAddress.objects.filter(user=user).delete()
        EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    kind = ActKind.ACCOUNT_REOPENED if is_active and not stored.is_active else ActKind.ACCOUNT_AMENDED
    record_change(kind=kind, actor=by, at=at, obj=user, before=before, after=told_of(user))
    if stored.is_active and not is_active:
        disable_account(person=user, by=by, at=at)
    return user


def told_of(user: User) -> dict[str, object]:
    """Return what the audit tells of an account."""
    return {name: getattr(user, name) for name in user.AUDIT_FIELDS}


@transaction.atomic
def disable_account(*, person: User, by: User | None, at: datetime) -> User:
    """Close an account: nobody signs in with it any more, and whoever is in is out. Twice is as good as once.

    ``by`` is None when the program itself acts; else see ``rules.can_amend``.
    """
    stored = User.objects.select_for_update().get(pk=person.pk)
    if stored.is_active:
        User.objects.filter(pk=person.pk).update(is_active=False)
        before, after = {"is_active": True}, {"is_active": False}
        record_act(kind=ActKind.ACCOUNT_CLOSED, actor=by, at=at, obj=person, before=before, after=after)
    person.is_active = False
    return close_sessions(person=person, by=by, at=at)


@transaction.atomic
def update_profile(*, user: User, display_name: str, language: str, time_zone: str, by: User, at: datetime) -> User:
    """Store what a person says about themselves, and tell the audit what changed.

    Raises NotYourAccount when ``by`` is somebody else, ValidationError for a name, language or zone that cannot be.
    """
    if by.pk != user.pk:
        raise NotYourAccount("A profile is changed by its owner.")
    fields = ("display_name", "language", "time_zone")
    stored = User.objects.select_for_update().get(pk=user.pk)
    before = {name: getattr(stored, name) for name in fields}
    user.display_name = tidy_name(display_name)
    user.language = language
    user.time_zone = time_zone
    user.full_clean(exclude=["password"])
    user.save(update_fields=fields)
    after = {name: getattr(user, name) for name in fields}
    record_change(kind=ActKind.PROFILE_CHANGED, actor=by, at=at, obj=user, before=before, after=after)
    return user
