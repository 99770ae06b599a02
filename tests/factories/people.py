"""People."""

from __future__ import annotations

from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory, Password

from academy.lib.clock import now
from academy.people.domain.staff import EDITORS, TRAINERS, appoint
from academy.people.enums import ActKind
from academy.people.models import AuditEvent, User
from tests.support.moment import AT

PASSWORD = "correct horse battery staple"


class UserFactory(DjangoModelFactory[User]):
    """An active person without any grant, who signs in with :data:`PASSWORD` and whose address is confirmed.

    ``UserFactory(verified=False)`` has still to confirm it.
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


class AuditEventFactory(DjangoModelFactory[AuditEvent]):
    """Somebody with the id 1 signed in."""

    class Meta:
        model = AuditEvent

    kind = ActKind.SIGNED_IN
    actor_id = 1
    object_type = "people.User"
    object_id = factory.LazyAttribute(lambda row: str(row.actor_id))
    occurred_at = AT


class StaffFactory(UserFactory):
    """A trainer; with ``group=EDITORS`` an editor. Administrators: ``UserFactory(is_superuser=True)``."""

    @factory.post_generation
    def group(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        if create:
            appoint(user=self, group=extracted or TRAINERS, by=None, at=now())


__all__ = ["EDITORS", "PASSWORD", "TRAINERS", "AuditEventFactory", "StaffFactory", "UserFactory"]
