"""What follows when somebody signed in with their ministry's account."""

from __future__ import annotations

from datetime import datetime

from academy.people.domain.memberships import join
from academy.people.domain.providers import Claims, on_signed_in, organisation_codes
from academy.people.enums import JoinedBy
from academy.people.models import Membership, Organisation, SignInProvider, User


def connect() -> None:
    """Listen, once."""
    on_signed_in(let_into_organisations)


def let_into_organisations(user: User, provider: SignInProvider, claims: Claims, at: datetime) -> None:
    """Let somebody belong where their provider says that they work. Who was taken out of there is not put back."""
    left = Membership.objects.of(user).exclude(left_at=None).values("organisation")
    codes = organisation_codes(provider=provider, claims=claims)
    for organisation in Organisation.objects.open().filter(code__in=codes).exclude(pk__in=left):
        join(person=user, organisation=organisation, through=JoinedBy.SIGN_IN, by=user, at=at)
