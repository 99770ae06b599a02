"""Who is asking."""

from __future__ import annotations

from django.http import HttpRequest

from academy.people.models import User


class NobodyIsSignedIn(Exception):
    """A view that needs a person was reached by nobody: its access policy is wrong."""


def person_of(request: HttpRequest) -> User:
    """Return the signed-in person, for views whose policy lets nobody else in. Raises NobodyIsSignedIn."""
    if not isinstance(request.user, User):
        raise NobodyIsSignedIn(request.path)
    return request.user
