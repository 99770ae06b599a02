"""Accounts: opened, amended by staff, and kept up to date by their owner."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from functools import cache

from allauth.account.models import EmailAddress
from django.db import transaction
from wagtail.log_actions import log

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

    A new address is not confirmed until its owner opens the link that the next sign-in sends. Who may do this is
    ``rules.can_amend``. Raises ValidationError as above.
    """
    # What is stored decides: a form has filled ``user`` with what it wants already.
    stored = User.objects.select_for_update().get(pk=user.pk)
    user.email = email.strip().lower()
    user.display_name = tidy_name(display_name)
    user.language = language
    user.time_zone = time_zone
    user.is_active = is_active
    user.full_clean(exclude=["password"])
    user.save()
    if user.email != stored.email:
        EmailAddress.objects.filter(user=user).delete()
        EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    return user


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
