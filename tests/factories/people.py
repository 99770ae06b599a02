"""People."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory, Password

from academy.people.models import User

PASSWORD = "a long enough password"


class UserFactory(DjangoModelFactory[User]):
    """An active person without any grant, who signs in with :data:`PASSWORD`."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person-{number}@example.org")
    display_name = factory.Sequence(lambda number: f"Person {number}")
    password = Password(PASSWORD)
