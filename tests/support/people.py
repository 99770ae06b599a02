"""One person of every kind, for tests that ask what each may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser

from academy.people.enums import GrantKind
from academy.people.models import User
from tests.factories.people import EDITORS, TRAINERS, StaffFactory, UserFactory


def one_of_each() -> Mapping[str, User | AnonymousUser]:
    """Return the kinds of people by name. The operator came from the command line."""
    made: dict[str, Any] = {
        "anonymous": AnonymousUser(),
        "learner": UserFactory(display_name="Lea"),
        "trainer": StaffFactory(display_name="Tom", kinds=TRAINERS),
        "manager": StaffFactory(display_name="Mia", kinds=[GrantKind.PROGRAMME_MANAGER]),
        "editor": StaffFactory(display_name="Eva", kinds=EDITORS),
        "admin": StaffFactory(display_name="Ada", kinds=[GrantKind.SITE_ADMIN]),
        "operator": UserFactory(display_name="Olu", is_superuser=True),
    }
    return made
