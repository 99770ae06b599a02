"""Second factors: who has one, and who must."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings

from academy.people.domain.staff import is_staff
from academy.people.models import User

# Recovery codes alone are none: they stand in for one that was lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondFactors:
    """What a person signs in with beside the password."""

    app: bool
    passkeys: int

    @property
    def any(self) -> bool:
        """Whether there is one at all."""
        return self.app or self.passkeys > 0


def factors_of(person: User) -> SecondFactors:
    """Return the person's second factors."""
    count = Counter(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    return SecondFactors(
        app=count[Authenticator.Type.TOTP] > 0,
        passkeys=count[Authenticator.Type.WEBAUTHN],
    )


def has_second_factor(person: User) -> bool:
    """Whether the person signs in with more than a password."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists())


def must_set_up_second_factor(person: User) -> bool:
    """Whether the person may do more than learn and has no second factor yet."""
    return bool(settings.MFA_REQUIRED_FOR_STAFF) and not has_second_factor(person) and is_staff(person)
