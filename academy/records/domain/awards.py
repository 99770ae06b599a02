"""Certificates: issued once, frozen, signed, revocable, and verifiable by anyone who holds the code."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation

from academy.lib.identifiers import normalise_code, random_code
from academy.people.models import User
from academy.records.domain.ledger import record_event
from academy.records.enums import AwardState, EventKind
from academy.records.models import WITHHELD, Award, AwardHolder, AwardRevocation

SALT = "academy.records.award"


class NoSuchAward(Exception):
    """No certificate has this code."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VerifiedAward:
    """What anyone may know of a certificate: its state and everything that is printed on it."""

    award: Award
    state: AwardState
    code: str
    payload: dict[str, Any]
    name: str  # empty: the holder closed the account
    issued_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    revoked_because: str  # empty: it was about the holder, and went with the account

    @property
    def address(self) -> str:
        """Where anyone may verify it, below the site's root, in the language of the certificate."""
        with translation.override(self.payload.get("language")):
            return reverse("verify", args=[self.code])

    @property
    def completed_at(self) -> datetime:
        """When the course was completed."""
        return datetime.fromisoformat(self.payload["completed_at"])

    @property
    def zone(self) -> ZoneInfo:
        """Where its dates are read: the learner's zone when it was issued, so that paper and verification agree."""
        return ZoneInfo(self.payload.get("time_zone", "UTC"))

    @property
    def spoken_code(self) -> str:
        """The code in groups of five, the last of six, as people read and type it."""
        return "-".join([*(self.code[start : start + 5] for start in (0, 5, 10, 15)), self.code[20:]])


def commitment(*, name: str, salt: str) -> str:
    """Return what the signed payload says of the holder: it proves the name to whoever has both, and tells it to none."""
    return hashlib.sha256(f"{salt}:{name}".encode()).hexdigest()


def printed_facts(award: Award) -> str:
    """Return everything that the signature covers, in one canonical line."""
    facts = {
        "code": award.code,
        "issued_at": award.issued_at.astimezone(UTC).isoformat(),
        "expires_at": award.expires_at.astimezone(UTC).isoformat() if award.expires_at else None,
        "payload": award.payload,
    }
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@transaction.atomic
def issue_award(
    *,
    learner: User,
    fact: models.Model,
    name: str,
    payload: dict[str, Any],
    by: User,
    at: datetime,
    expires_at: datetime | None = None,
) -> Award:
    """Issue the certificate for ``fact`` in this name; asked again, return the one that was issued.

    The name stands in a row of its own, which can be erased; the payload only commits to it.
    """
    about = {"fact_type": fact._meta.label, "fact_id": str(getattr(fact, "uuid", fact.pk))}
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)
    existing: Award | None = Award.objects.filter(**about).first()
    if existing:
        return existing
    salt = secrets.token_hex(32)
    award = Award(
        code=random_code(),
        learner=learner,
        payload={**payload, "holder": commitment(name=name, salt=salt)},
        issued_at=at,
        issued_by=by,
        expires_at=expires_at,
        **about,
    )
    award.signature = signing.Signer(salt=SALT).signature(printed_facts(award))
    award.save()
    AwardHolder.objects.create(award=award, name=name, salt=salt)
    record_event(
        kind=EventKind.AWARD_ISSUED, learner=learner, subject=award, by=by, at=at, title=payload.get("title", "")
    )
    return award


@transaction.atomic
def revoke_award(*, award: Award, reason: str, by: User, at: datetime) -> AwardRevocation:
    """Revoke a certificate with a reason that verifiers can read; a second revocation changes nothing."""
    revocation, created = AwardRevocation.objects.get_or_create(
        award=award, defaults={"reason": reason, "revoked_at": at, "revoked_by": by}
    )
    if created:
        record_event(kind=EventKind.AWARD_REVOKED, learner=award.learner, subject=award, by=by, at=at, reason=reason)
    return revocation


def verify_award(*, code: str, at: datetime) -> VerifiedAward:
    """Return what may be known of the certificate with this code. Raises NoSuchAward."""
    normal = normalise_code(code)
    award = normal and Award.objects.select_related("holder", "revocation").filter(code=normal).first()
    if not award:
        raise NoSuchAward(code)
    holder: AwardHolder | None = getattr(award, "holder", None)
    revocation: AwardRevocation | None = getattr(award, "revocation", None)
    return VerifiedAward(
        award=award,
        state=_state(award, holder=holder, revocation=revocation, at=at),
        code=award.code,
        payload=award.payload,
        name=holder.name if holder else "",
        issued_at=award.issued_at,
        expires_at=award.expires_at,
        revoked_at=revocation.revoked_at if revocation else None,
        revoked_because=revocation.reason if revocation and revocation.reason != WITHHELD else "",
    )


def _state(award: Award, *, holder: AwardHolder | None, revocation: AwardRevocation | None, at: datetime) -> AwardState:
    """A row that does not fit its signature says nothing that can be trusted, so that comes first."""
    try:
        signing.Signer(salt=SALT).unsign(f"{printed_facts(award)}:{award.signature}")
    except signing.BadSignature:
        return AwardState.ALTERED
    if holder is None or not _is_holder(award, holder):
        return AwardState.ALTERED
    if revocation:
        return AwardState.REVOKED
    if award.expires_at and award.expires_at <= at:
        return AwardState.EXPIRED
    return AwardState.VALID


def _is_holder(award: Award, holder: AwardHolder) -> bool:
    """An erased name contradicts nothing; any other must be the one that the signature covers."""
    if not holder.name:
        return True
    return bool(award.payload.get("holder") == commitment(name=holder.name, salt=holder.salt))
