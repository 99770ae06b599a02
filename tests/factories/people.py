"""People."""

from __future__ import annotations

from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from factory.django import DjangoModelFactory, Password

from academy.lib.clock import now
from academy.people.domain.staff import EDITORS, TRAINERS, appoint
from academy.people.models import User

PASSWORD = "correct horse battery staple"
# The secret of everybody's authenticator app.
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class UserFactory(DjangoModelFactory[User]):
    """An active person without any grant, who signs in with :data:`PASSWORD` and whose address is confirmed.

    ``UserFactory(verified=False)`` has still to confirm it. With ``second_factor=True``, which is so for
    administrators, they have an authenticator app with :data:`APP_SECRET`.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person-{number}@example.org")
    display_name = factory.Sequence(lambda number: f"Person {number}")
    password = Password(PASSWORD)

    @factory.post_generation
    def verified(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        if create:
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=extracted is not False)

    @factory.post_generation
    def second_factor(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        wanted = self.is_superuser if extracted is None else extracted
        if create and wanted:
            add_second_factor(self)


class StaffFactory(UserFactory):
    """A trainer; with ``group=EDITORS`` an editor. Administrators: ``UserFactory(is_superuser=True)``.

    Each has a second factor, unless ``second_factor=False``.
    """

    @factory.post_generation
    def group(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        if create:
            appoint(user=self, group=extracted or TRAINERS, by=None, at=now())

    @factory.post_generation
    def second_factor(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        if create and extracted is not False:
            add_second_factor(self)


def add_second_factor(user: User) -> Authenticator:
    """Give a person an authenticator app, as if they had set it up."""
    return TOTP.activate(user, APP_SECRET).instance


__all__ = ["APP_SECRET", "EDITORS", "PASSWORD", "TRAINERS", "StaffFactory", "UserFactory", "add_second_factor"]
