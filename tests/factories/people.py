"""People."""

from __future__ import annotations

import uuid
from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from factory.django import DjangoModelFactory, Password

from academy.lib.encryption import encrypt
from academy.people.domain.factors import has_second_factor
from academy.people.domain.groups import ensure_collection, ensure_group
from academy.people.domain.providers import PURPOSE
from academy.people.domain.rights import RIGHTS
from academy.people.enums import ActKind, GrantKind, GrantScope, JoinedBy, OrganisationKind
from academy.people.models import (
    AuditEvent,
    Grant,
    Membership,
    MembershipRequest,
    Organisation,
    OrganisationDomain,
    OrganisationMove,
    OrganisationName,
    OrganisationSection,
    ProviderOrganisation,
    SignInProvider,
    StagedUpload,
    User,
)
from tests.support.moment import AT

# Who writes and teaches, and who writes alone.
TRAINERS = (GrantKind.AUTHOR, GrantKind.PUBLISHER, GrantKind.TRAINER)
EDITORS = (GrantKind.AUTHOR, GrantKind.PUBLISHER)
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
    """A trainer who writes, everywhere; with ``kinds=EDITORS`` an editor, with ``place=organisation`` in that branch.

    Administrators: ``StaffFactory(kinds=[GrantKind.SITE_ADMIN])``, and of the last resort ``UserFactory(is_superuser=True)``.
    Each has a second factor, unless ``second_factor=False``.
    """

    @factory.post_generation
    def kinds(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        if create:
            grant(self, *(extracted or TRAINERS), place=kwargs.get("place"))

    @factory.post_generation
    def second_factor(self, create: Any, extracted: Any, **kwargs: Any) -> None:
        if create and extracted is False:
            self.authenticator_set.all().delete()


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
        fields["sealed_secret"] = encrypt(secret, purpose=PURPOSE) if secret else ""
        return super()._create(model_class, *args, **fields)


class ProviderOrganisationFactory(DjangoModelFactory[ProviderOrganisation]):
    """“MOF” is the ministry of finance."""

    class Meta:
        model = ProviderOrganisation

    provider = factory.SubFactory(SignInProviderFactory)
    claim_value = "MOF"
    organisation_code = "ke-mof"


def add_second_factor(user: User) -> Authenticator:
    """Give a person an authenticator app, as if they had set it up."""
    return TOTP.activate(user, APP_SECRET).instance


def grant(user: Any, *kinds: GrantKind, place: Organisation | None = None) -> Any:
    """Let somebody do what these kinds may, everywhere or in a branch, from some time ago on; return them.

    The rows alone, and the second factor that whoever may do more than learn has: the audit tells of none of them.
    """
    if not has_second_factor(user):
        add_second_factor(user)
    for kind in kinds:
        if place and RIGHTS[kind].files:
            ensure_collection(place)
        Grant.objects.create(
            person=user,
            kind=kind,
            scope=GrantScope.ORGANISATION if place else GrantScope.SITE,
            organisation=place,
            group=ensure_group(kind=kind, organisation=place),
            given_at=AT,
            starts_at=AT,
        )
    return user


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A programme; with ``parent=`` a country, or ``kind=`` whatever may hang there."""

    class Meta:
        model = Organisation

    code = factory.Sequence(lambda number: f"organisation-{number}")
    name = factory.Sequence(lambda number: f"Organisation {number}")
    kind = factory.LazyAttribute(lambda made: OrganisationKind.COUNTRY if made.parent else OrganisationKind.PROGRAMME)
    parent = None

    @classmethod
    def _create(cls, model_class: Any, parent: Any = None, **fields: Any) -> Any:
        if parent is None:
            return model_class.add_root(**fields)
        # Where the next child hangs is counted on the parent as it is stored.
        return model_class.objects.get(pk=parent.pk).add_child(**fields)


class OrganisationNameFactory(DjangoModelFactory[OrganisationName]):
    """What it is called in Spanish."""

    class Meta:
        model = OrganisationName

    organisation = factory.SubFactory(OrganisationFactory)
    language = "es"
    name = "Organización"


class OrganisationMoveFactory(DjangoModelFactory[OrganisationMove]):
    """A move from one programme to another."""

    class Meta:
        model = OrganisationMove

    organisation = factory.SubFactory(OrganisationFactory)
    from_parent = factory.SubFactory(OrganisationFactory)
    to_parent = factory.SubFactory(OrganisationFactory)
    reason = "The ministries were merged."
    moved_at = AT
    moved_by = factory.SubFactory(UserFactory)


class OrganisationDomainFactory(DjangoModelFactory[OrganisationDomain]):
    """A domain of its own."""

    class Meta:
        model = OrganisationDomain

    organisation = factory.SubFactory(OrganisationFactory)
    domain = factory.Sequence(lambda number: f"ministry-{number}.example")


class OrganisationSectionFactory(DjangoModelFactory[OrganisationSection]):
    """A page that does not exist any more."""

    class Meta:
        model = OrganisationSection

    organisation = factory.SubFactory(OrganisationFactory)
    page_key = factory.LazyFunction(uuid.uuid4)


class MembershipFactory(DjangoModelFactory[Membership]):
    """Somebody belongs to an organisation, added by an administrator."""

    class Meta:
        model = Membership

    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    joined_through = JoinedBy.STAFF
    joined_at = AT
    joined_by = factory.SubFactory(UserFactory)


class MembershipRequestFactory(DjangoModelFactory[MembershipRequest]):
    """A request that waits."""

    class Meta:
        model = MembershipRequest

    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    message = "I evaluate bids."
    asked_at = AT
    asked_by = factory.SelfAttribute("person")
    # None until it is decided; whoever says when, says what.
    accepted = factory.LazyAttribute(lambda made: True if made.decided_at or made.decided_by else None)
    decided_at = None
    decided_by = None


class StagedUploadFactory(DjangoModelFactory[StagedUpload]):
    """A file of organisations that waits."""

    class Meta:
        model = StagedUpload

    purpose = "organisations"
    content = b"code,name\n"
    uploaded_at = AT
    uploaded_by = factory.SubFactory(UserFactory)


class GrantFactory(DjangoModelFactory[Grant]):
    """An author, everywhere, until it is withdrawn."""

    class Meta:
        model = Grant

    person = factory.SubFactory(UserFactory)
    kind = GrantKind.AUTHOR
    scope = GrantScope.SITE
    group = factory.LazyAttribute(lambda made: ensure_group(kind=made.kind))
    given_at = AT
    given_by = factory.SubFactory(UserFactory)
    starts_at = AT


__all__ = [
    "APP_SECRET",
    "EDITORS",
    "PASSWORD",
    "TRAINERS",
    "AuditEventFactory",
    "ProviderOrganisationFactory",
    "SignInProviderFactory",
    "StaffFactory",
    "UserFactory",
    "add_second_factor",
    "grant",
]
