"""Sessions: where somebody is signed in, and how that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from academy.people.domain.audit import record_act
from academy.people.domain.devices import Device, device_of
from academy.people.domain.grants import is_staff
from academy.people.domain.visitors import person_of
from academy.people.enums import ActKind
from academy.people.models import User

# What a session says of itself, in seconds since 1970.
STARTED, SEEN = "academy_started", "academy_seen"


class NoSuchSession(Exception):
    """The session is not there, not any more, or somebody else's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSession:
    """One place where a person is signed in."""

    id: int
    device: Device
    address: str
    started_at: datetime
    seen_at: datetime
    is_current: bool


def sessions_of(*, person: User, current_key: str | None, at: datetime) -> tuple[OpenSession, ...]:
    """Return where the person is signed in at ``at``: the session that asks first, the others by last use."""
    known = {row.session_key: row for row in UserSession.objects.filter(user_id=person.pk)}
    staff = is_staff(person)
    found = []
    for stored in Session.objects.filter(session_key__in=known, expire_date__gt=at):
        data = stored.get_decoded()
        row = known[stored.session_key]
        seen_at = datetime.fromtimestamp(data.get(SEEN, row.created_at.timestamp()), tz=at.tzinfo)
        if not _is_of_now(data, person) or _outlasts(data, staff=staff, at=at):
            continue
        found.append(
            OpenSession(
                id=row.pk,
                device=device_of(row.user_agent),
                address=row.ip,
                started_at=row.created_at,
                seen_at=seen_at,
                is_current=stored.session_key == current_key,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.is_current, one.seen_at), reverse=True))


def _is_of_now(data: dict[str, Any], person: User) -> bool:
    """Whether the session was opened with the present password and not closed since."""
    return constant_time_compare(data.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())


def is_over(data: Any, *, person: User, at: datetime) -> bool:
    """Whether a session has been left alone, or open, for too long; staff's sooner."""
    # The question who is staff costs a query, so it comes last.
    return _outlasts(data, staff=False, at=at) or (_outlasts(data, staff=True, at=at) and is_staff(person))


def _outlasts(data: Any, *, staff: bool, at: datetime) -> bool:
    """Whether a session is over by the limits for staff, or by those for everybody."""
    started, seen = data.get(STARTED), data.get(SEEN)
    if started is None or seen is None:
        return False
    age, idle = (
        (settings.STAFF_SESSION_AGE, settings.STAFF_SESSION_IDLE)
        if staff
        else (settings.SESSION_AGE, settings.SESSION_IDLE)
    )
    moment = at.timestamp()
    return bool(moment - started >= age.total_seconds() or moment - seen >= idle.total_seconds())


@transaction.atomic
def end_session(*, person: User, session_id: int, by: User, at: datetime) -> None:
    """Sign the person out in one place. Raises NoSuchSession for one that is not theirs."""
    row = UserSession.objects.filter(user_id=person.pk, pk=session_id).first()
    if row is None:
        raise NoSuchSession(session_id)
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    record_act(kind=ActKind.SESSION_ENDED, actor=by, at=at, obj=person, after={"what": "one"})


@transaction.atomic
def close_sessions(*, person: User, by: User | None, at: datetime) -> User:
    """Sign the person out everywhere: at once, for good, and with every link that was mailed to them.

    Sessions that nobody listed end as well, because each names the round in which it was opened. ``by`` is None
    when the program itself acts. Returns the person as stored.
    """
    User.objects.filter(pk=person.pk).update(session_round=F("session_round") + 1)
    person.refresh_from_db(fields=["session_round"])
    rows = UserSession.objects.filter(user_id=person.pk)
    Session.objects.filter(session_key__in=list(rows.values_list("session_key", flat=True))).delete()
    rows.delete()
    return person


def end_other_sessions(*, request: HttpRequest, at: datetime) -> None:
    """Sign the person who asks out everywhere but here."""
    person = person_of(request)
    close_sessions(person=person, by=person, at=at)
    # The session goes on under a new key, in the new round.
    update_session_auth_hash(request, person)
    UserSession.objects.create_from_request(request)


@transaction.atomic
def sign_out_elsewhere(*, request: HttpRequest, at: datetime) -> None:
    """The same because the person asked for it, and told."""
    end_other_sessions(request=request, at=at)
    person = person_of(request)
    record_act(kind=ActKind.SESSION_ENDED, actor=person, at=at, obj=person, after={"what": "others"}, request=request)
