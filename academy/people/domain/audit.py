"""The audit: one entry for each act, in the transaction in which it happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Model
from django.http import HttpRequest

from academy.people.domain.origins import Origin, origin_of
from academy.people.enums import SIGN_INS, ActKind
from academy.people.models import AuditEvent, Organisation, User

# Longer values are cut: an entry tells what changed, it is no copy of it.
VALUE_LENGTH = 200
VALUES = 50
LABEL_LENGTH = 200
REASON_LENGTH = 500

# What may be told beside the fields of the object: how it was done, and how much.
DETAILS = frozenset(
    {
        "address",
        "ends_at",
        "factor",
        "file",
        "filters",
        "format",
        "grant",
        "group",
        "method",
        "methods",
        "name",
        "organisation",
        "organisations",
        "parent",
        "provider",
        "rows",
        "starts_at",
        "through",
        "what",
    }
)
# The fields of models that we did not write. Ours say it themselves, by AUDIT_FIELDS.
FIELDS_OF_OTHERS: Mapping[str, frozenset[str]] = {
    "auth.Group": frozenset({"name"}),
    "socialaccount.SocialApp": frozenset({"provider", "provider_id", "name", "client_id"}),
}

REFUSALS_PER = 60 * 60  # seconds: the same person at the same door is told of once in that time


class NotForTheAudit(Exception):
    """Somebody tried to write a value into the audit that is not on the list: it might be a secret."""


def record_act(
    *,
    kind: ActKind,
    actor: User | None,
    at: datetime,
    obj: Model | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    place: Organisation | None = None,
    request: HttpRequest | None = None,
    traced: bool = True,
) -> AuditEvent:
    """Append an entry. ``actor`` is None when nobody was signed in, or when the program acted; ``place`` is whose affair it is.

    ``before`` and ``after`` name fields of ``obj`` that its model lists in AUDIT_FIELDS, or DETAILS. Where the act
    came from is taken from ``request``, else from the request that is under way; not where ``traced`` is false,
    because whoever acts is being forgotten. Raises NotForTheAudit.
    """
    origin = origin_of(request) if traced else Origin()
    return AuditEvent.objects.create(
        kind=kind,
        actor_id=actor.pk if actor else None,
        object_type=obj._meta.label if obj else "",
        object_id=str(obj.pk) if obj else "",
        label="" if obj is None or isinstance(obj, User) else str(obj)[:LABEL_LENGTH],
        organisation_id=place.pk if place else None,
        before=_told(obj, before or {}),
        after=_told(obj, after or {}),
        reason=" ".join(reason.split())[:REASON_LENGTH],
        origin=origin.network,
        device=origin.device,
        request_id=origin.request_id,
        occurred_at=at,
    )


def record_change(
    *,
    kind: ActKind,
    actor: User | None,
    at: datetime,
    obj: Model,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
    place: Organisation | None = None,
) -> AuditEvent | None:
    """Append an entry about what differs between ``before`` and ``after``; nothing, and None, if nothing does."""
    changed = [name for name in after if before.get(name) != after[name]]
    if not changed:
        return None
    return record_act(
        kind=kind,
        actor=actor,
        at=at,
        obj=obj,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
        reason=reason,
        place=place,
    )


def record_refusal(*, actor: User, door: str, at: datetime, request: HttpRequest) -> AuditEvent | None:
    """Append that a person sent something to a view that is not for them; the same door once an hour.

    Only what would have changed something is told: looking writes nothing, and is in the log of the server.
    """
    if not cache.add(f"audit-refusal-{actor.pk}-{door}"[:200], 1, REFUSALS_PER):
        return None
    return record_act(kind=ActKind.REFUSED, actor=actor, at=at, after={"what": door}, request=request)


def recent_sign_ins(*, user: User, limit: int = 10) -> list[AuditEvent]:
    """Return the latest sign-ins to the account of ``user``, failed ones too, newest first."""
    about = AuditEvent.objects.filter(object_type=User._meta.label, object_id=str(user.pk), kind__in=SIGN_INS)
    return list(about[:limit])


def _told(obj: Model | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON, cut to a sane length, when all of them may be told."""
    label = obj._meta.label if obj else ""
    allowed = DETAILS | FIELDS_OF_OTHERS.get(label, frozenset()) | frozenset(getattr(obj, "AUDIT_FIELDS", ()))
    if secret := set(values) - allowed:
        raise NotForTheAudit(f"{', '.join(sorted(secret))} of {label or 'nothing'}")
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in list(value.items())[:VALUES]}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(part) for part in list(value)[:VALUES]]
    text = str(value)
    return text if len(text) <= VALUE_LENGTH else f"{text[: VALUE_LENGTH - 1]}…"
