"""Providers that people sign in with: added and amended by administrators, and what their claims mean here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from academy.lib.encryption import decrypt, encrypt
from academy.people.domain.audit import record_act, record_change
from academy.people.enums import ActKind, ProviderKind
from academy.people.models import ProviderOrganisation, SignInProvider, User

# What seals the secrets of providers.
PURPOSE = "people.sign_in_provider"
# What we keep of the claims beside the one that names the organisation: to tell a person which account it is.
KEPT_CLAIMS = ("name", "email")

Claims = Mapping[str, Any]
Listener = Callable[[User, SignInProvider, Claims, datetime], None]
_listeners: list[Listener] = []


class IssuerIsInUse(ValidationError):
    """People have signed in with this issuer: another one would be other people."""


def on_signed_in(listener: Listener) -> Listener:
    """Call ``listener(user, provider, claims, at)`` when somebody has signed in with a provider.

    Claims are those of ``kept_claims``; ``organisation_codes`` says what they mean. Whoever joins people to
    organisations registers in an ``AppConfig.ready``: a provider does not know what follows from a sign-in.
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


@transaction.atomic
def note_sign_in(*, user: User, issuer: str, claims: Claims, at: datetime) -> None:
    """Tell the listeners that somebody has signed in. Raises SignInProvider.DoesNotExist for an unknown issuer."""
    provider = SignInProvider.objects.get(issuer=issuer)
    for listener in _listeners:
        listener(user, provider, claims, at)


def kept_claims(claims: Claims, *, organisation_claim: str) -> dict[str, Any]:
    """Return what we keep of what a provider says about somebody: the rest is none of our business."""
    names = {*KEPT_CLAIMS, organisation_claim}
    return {name: value for name, value in claims.items() if name in names}


def organisation_codes(*, provider: SignInProvider, claims: Claims) -> list[str]:
    """Return the codes of the organisations that the claims name, in order, each once. One query."""
    said = claims.get(provider.organisation_claim) if provider.organisation_claim else None
    values = [str(value) for value in said] if isinstance(said, list | tuple) else [str(said)] if said else []
    meaning = dict(provider.organisations.values_list("claim_value", "organisation_code"))
    return list(dict.fromkeys(meaning[value] for value in values if value in meaning))


def enabled_providers() -> Sequence[SignInProvider]:
    """Return the providers that people may sign in with, by name. One query."""
    return list(SignInProvider.objects.enabled())


def is_in_use(provider: SignInProvider) -> bool:
    """Say whether somebody's account is connected to this provider."""
    return bool(SocialAccount.objects.filter(provider=provider.issuer).exists())


def open_secret(sealed: str) -> str:
    """Return a client secret, for the request to its provider and nothing else. Raises Unreadable."""
    return decrypt(sealed, purpose=PURPOSE) if sealed else ""


@transaction.atomic
def add_provider(
    provider: SignInProvider, *, secret: str, organisations: Mapping[str, str], by: User, at: datetime
) -> SignInProvider:
    """Store a new provider with its secret, and what the values of its claim mean.

    Raises ValidationError for what cannot be: an issuer, a name or a short name that exists, something missing.
    """
    provider.created_at = at
    provider.created_by = by
    _store(provider, secret=secret, organisations=organisations)
    record_act(kind=ActKind.PROVIDER_CHANGED, actor=by, at=at, obj=provider, after=_told(provider))
    return provider


@transaction.atomic
def amend_provider(
    provider: SignInProvider, *, secret: str, organisations: Mapping[str, str], by: User, at: datetime
) -> SignInProvider:
    """Store changes of a provider; an empty secret keeps the one that is stored.

    Raises IssuerIsInUse for another issuer or another kind once somebody has signed in; ValidationError as above.
    """
    stored = SignInProvider.objects.select_for_update().get(pk=provider.pk)
    if (stored.issuer, stored.kind) != (provider.issuer, provider.kind) and is_in_use(stored):
        raise IssuerIsInUse(
            {
                "issuer": _(
                    "People have signed in with %(issuer)s. Another issuer knows other people: "
                    "switch this provider off and add another one."
                )
                % {"issuer": stored.issuer}
            }
        )
    before = _told(stored)
    _store(provider, secret=secret, organisations=organisations)
    record_change(kind=ActKind.PROVIDER_CHANGED, actor=by, at=at, obj=provider, before=before, after=_told(provider))
    return provider


def _told(provider: SignInProvider) -> dict[str, Any]:
    """Return what the audit tells of a provider: of its secret, only whether it has one."""
    return {
        **{name: getattr(provider, name) for name in provider.AUDIT_FIELDS},
        "organisations": dict(provider.organisations.values_list("claim_value", "organisation_code")),
    }


def _store(provider: SignInProvider, *, secret: str, organisations: Mapping[str, str]) -> None:
    if provider.slug in ProviderKind.values:
        raise ValidationError({"slug": _("Choose another short name: this one is taken by the program itself.")})
    if secret:
        provider.sealed_secret = encrypt(secret, purpose=PURPOSE)
    provider.full_clean()
    provider.save()
    provider.organisations.all().delete()
    ProviderOrganisation.objects.bulk_create(
        ProviderOrganisation(provider=provider, claim_value=value, organisation_code=code)
        for value, code in organisations.items()
    )
