"""Who is asking."""

from __future__ import annotations

import logging
import zoneinfo

from django.http import HttpRequest
from django.urls import reverse

from academy.people.models import User

logger = logging.getLogger(__name__)


class NobodyIsSignedIn(Exception):
    """A view that needs a person was reached by nobody: its access policy is wrong."""


def person_of(request: HttpRequest) -> User:
    """Return the signed-in person, for views whose policy lets nobody else in. Raises NobodyIsSignedIn."""
    if not isinstance(request.user, User):
        raise NobodyIsSignedIn(request.path)
    return request.user


def zone_of(person: User) -> zoneinfo.ZoneInfo | None:
    """Return the person's zone; None (the installation's) for a name that this machine no longer knows."""
    try:
        return zoneinfo.ZoneInfo(person.time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        # They could not reach the page on which to mend it if this were an error.
        logger.warning("The time zone of %s is unknown here.", person.public_id)
        return None


def person_url(person: User) -> str:
    """Return where the CMS shows what a person may do."""
    return reverse("person_rights", args=[person.public_id])
