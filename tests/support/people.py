"""One person of every kind, for tests that ask what each may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser

from academy.people.models import User
from tests.factories.people import EDITORS, TRAINERS, StaffFactory, UserFactory


def one_of_each() -> Mapping[str, User | AnonymousUser]:
    """Return the kinds of people by name. A manager is a learner until there is something to manage."""
    made: dict[str, Any] = {
        "anonymous": AnonymousUser(),
        "learner": UserFactory(display_name="Lea"),
        "trainer": StaffFactory(display_name="Tom", group=TRAINERS),
        "manager": UserFactory(display_name="Mia"),
        "editor": StaffFactory(display_name="Eva", group=EDITORS),
        "admin": UserFactory(display_name="Ada", is_superuser=True),
    }
    return made
