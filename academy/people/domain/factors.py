"""Second factors: who has one, and who must."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from academy.people.domain.audit import record_act
from academy.people.domain.grants import is_staff
from academy.people.domain.sessions import close_sessions
from academy.people.enums import ActKind
from academy.people.models import User

# Recovery codes alone are none: they stand in for one that was lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondFactors:
    """What a person signs in with beside the password; ``codes``: whether there are any for when it is lost."""

    app: bool
    passkeys: int
    codes: bool

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
        codes=count[Authenticator.Type.RECOVERY_CODES] > 0,
    )


def has_second_factor(person: User) -> bool:
    """Whether the person signs in with more than a password."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists())


def must_set_up_second_factor(person: User) -> bool:
    """Whether the person may do more than learn and has no second factor yet."""
    return bool(settings.MFA_REQUIRED_FOR_STAFF) and not has_second_factor(person) and is_staff(person)


@transaction.atomic
def remove_second_factors(*, person: User, by: User, at: datetime) -> int:
    """Take away all that a person signs in with beside the password, because they have lost it. Ends their sessions.

    Whoever asks for it for somebody else has made sure, otherwise than by e-mail, who is asking. Returns how many
    factors there were, recovery codes not counted.
    """
    held = Authenticator.objects.filter(user_id=person.pk)
    count: int = held.filter(type__in=FACTORS).count()
    held.delete()
    record_act(kind=ActKind.FACTOR_REMOVED, actor=by, at=at, obj=person, after={"what": "all", "rows": count})
    close_sessions(person=person, by=by, at=at)
    return count
