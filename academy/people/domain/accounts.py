"""Accounts: opened, amended by staff, and kept up to date by their owner."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.log_actions import log

from academy.people.domain.sessions import close_sessions
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
    is_superuser: bool = False,
    groups: Iterable[Group] = (),
) -> User:
    """Open an account for a person: without a password they choose one by “Forgotten your password?”.

    ``verified`` says that the address is known to be theirs; otherwise they confirm it when they first sign in.
    ``by`` is None when the program itself acts (demo accounts). Only a superuser, or the program, makes a superuser.
    Raises ValidationError for an address that exists, a name that is empty or too long, an unknown zone.
    """
    if is_superuser and by is not None and not by.is_superuser:
        raise NotYourAccount("Only an administrator can make an administrator.")
    user = User.objects.create_user(
        email,
        password,
        display_name=tidy_name(display_name),
        language=language,
        time_zone=time_zone,
        is_superuser=is_superuser,
        date_joined=at,
    )
    user.groups.set(groups)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
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
    is_superuser: bool,
    groups: Iterable[Group],
    by: User,
    at: datetime,
) -> User:
    """Change another person's account in the CMS.

    A new address is not confirmed until its owner opens the link that the next sign-in sends. Who is not active any
    more is signed out everywhere. Raises NotYourAccount when anyone but a superuser touches a superuser or makes one; ValidationError as above.
    """
    # What is stored decides: a form has filled ``user`` with what it wants already.
    stored = User.objects.select_for_update().get(pk=user.pk)
    if (stored.is_superuser or is_superuser) and not by.is_superuser:
        raise NotYourAccount("Only an administrator can change an administrator.")
    user.email = email.strip().lower()
    user.display_name = tidy_name(display_name)
    user.language = language
    user.time_zone = time_zone
    # Whoever is to leave is let out below.
    user.is_active = is_active or stored.is_active
    user.is_superuser = is_superuser
    user.session_round = stored.session_round
    user.full_clean(exclude=["password"])
    user.save()
    user.groups.set(groups)
    if user.email != stored.email:
        EmailAddress.objects.filter(user=user).delete()
        EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    if stored.is_active and not is_active:
        disable_account(person=user, by=by, at=at)
    return user


@transaction.atomic
def disable_account(*, person: User, by: User | None, at: datetime) -> User:
    """Close an account: nobody signs in with it any more, and whoever is in is out. Twice is as good as once.

    ``by`` is None when the program itself acts. Raises NotYourAccount when anyone but a superuser closes that of a
    superuser.
    """
    stored = User.objects.select_for_update().get(pk=person.pk)
    if stored.is_superuser and by is not None and not by.is_superuser:
        raise NotYourAccount("Only an administrator can change an administrator.")
    if stored.is_active:
        User.objects.filter(pk=person.pk).update(is_active=False)
        log(person, "people.disable", user=by, timestamp=at)
    person.is_active = False
    return close_sessions(person=person, by=by, at=at)


@transaction.atomic
def update_profile(*, user: User, display_name: str, language: str, time_zone: str, by: User, at: datetime) -> User:
    """Store what a person says about themselves, and note it in the account's history.

    Raises NotYourAccount when ``by`` is somebody else, ValidationError for a name, language or zone that cannot be.
    """
    if by.pk != user.pk:
        raise NotYourAccount("A profile is changed by its owner.")
    user.display_name = tidy_name(display_name)
    user.language = language
    user.time_zone = time_zone
    user.full_clean(exclude=["password"])
    user.save(update_fields=["display_name", "language", "time_zone"])
    log(user, "wagtail.edit", user=by, timestamp=at)
    return user
