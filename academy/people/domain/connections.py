"""Which sign-ins from elsewhere a person has connected to their account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount

from academy.people.models import SignInProvider, User


@dataclass(frozen=True, kw_only=True, slots=True)
class Connected:
    """One sign-in: ``id`` is what its form names, ``who`` the person as the provider knows them, if it told."""

    id: int
    name: str
    who: str
    is_open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SignIns:
    """What is connected, by name; and the providers that are switched on and are not."""

    connected: Sequence[Connected]
    others: Sequence[SignInProvider]


def sign_ins_of(*, user: User) -> SignIns:
    """Return the sign-ins of a person. Two queries."""
    providers = {provider.issuer: provider for provider in SignInProvider.objects.all()}
    accounts = list(SocialAccount.objects.filter(user=user, provider__in=providers).order_by("pk"))
    taken = {account.provider for account in accounts}
    connected = [
        Connected(
            id=account.pk,
            name=providers[account.provider].name,
            who=str(account.extra_data.get("email") or account.extra_data.get("name") or ""),
            is_open=providers[account.provider].is_open,
        )
        for account in accounts
    ]
    return SignIns(
        connected=sorted(connected, key=lambda one: (one.name, one.id)),
        others=[one for one in providers.values() if one.is_open and one.issuer not in taken],
    )
