"""People."""

from __future__ import annotations

from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory, Password

from academy.lib.clock import now
from academy.lib.sealing import seal
from academy.people.domain.providers import PURPOSE
from academy.people.domain.staff import EDITORS, TRAINERS, appoint
from academy.people.models import ProviderOrganisation, SignInProvider, User
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


class StaffFactory(UserFactory):
    """A trainer; with ``group=EDITORS`` an editor. Administrators: ``UserFactory(is_superuser=True)``."""

    @factory.post_generation
    def group(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        if create:
            appoint(user=self, group=extracted or TRAINERS, by=None, at=now())


class SignInProviderFactory(DjangoModelFactory[SignInProvider]):
    """A ministry that is switched on, by OpenID Connect; ``secret="…"`` is stored sealed."""

    class Meta:
        model = SignInProvider
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Ministry {number}")
    slug = factory.Sequence(lambda number: f"ministry-{number}")
    issuer = factory.Sequence(lambda number: f"https://login-{number}.ministry.example")
    client_id = "academy"
    is_enabled = True
    created_at = AT
    created_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[SignInProvider], *args: Any, secret: str = "", **fields: Any) -> SignInProvider:
        fields["sealed_secret"] = seal(secret, purpose=PURPOSE) if secret else ""
        return super()._create(model_class, *args, **fields)


class ProviderOrganisationFactory(DjangoModelFactory[ProviderOrganisation]):
    """“MOF” is the ministry of finance."""

    class Meta:
        model = ProviderOrganisation

    provider = factory.SubFactory(SignInProviderFactory)
    claim_value = "MOF"
    organisation_code = "ke-mof"


__all__ = [
    "EDITORS",
    "PASSWORD",
    "TRAINERS",
    "ProviderOrganisationFactory",
    "SignInProviderFactory",
    "StaffFactory",
    "UserFactory",
]
