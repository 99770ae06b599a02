"""Closing an account for good: the person goes, what was shown stays."""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Cast

from academy.lib.append_only import AppendOnlyQuerySet
from academy.lib.privacy import Closing, Personal
from academy.people.domain.audit import record_act
from academy.people.domain.declarations import declarations, rows_about
from academy.people.domain.grants import may_change, withdraw_grant
from academy.people.domain.memberships import leave
from academy.people.domain.rights import CLOSE_ACCOUNTS
from academy.people.domain.sessions import close_sessions
from academy.people.enums import ActKind, ClosingReason, GrantKind
from academy.people.models import CLOSED, AuditEvent, Grant, Membership, User

logger = logging.getLogger(__name__)


class MayNotClose(Exception):
    """Somebody tried to close the account of another person without the right to."""


class LastAdministrator(Exception):
    """Without this person nobody could administer the site."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedAccount:
    """What happened to the rows about a person, by the label of their model: how many went, were emptied, stay."""

    deleted: Counter[str]
    blanked: Counter[str]
    kept: Counter[str]


def may_close(*, person: User, by: User) -> bool:
    """Return whether ``by`` may close the account of ``person``: their own, or as the permission says."""
    return by.pk == person.pk or may_change(by=by, person=person, permission=CLOSE_ACCOUNTS)


@transaction.atomic
def close_account(*, person: User, reason: ClosingReason, by: User, at: datetime) -> ClosedAccount:
    """Erase a person: their name and words, their ways to sign in and what they practised. There is no way back.

    What they have shown stays as the declarations of the models say, on a row without a name. Files go when the
    transaction is through. A second time changes nothing. Raises MayNotClose or LastAdministrator.
    """
    if not may_close(person=person, by=by):
        raise MayNotClose("An account is closed by its owner, or by those who have the right to.")
    # Administrators wait for each other here: else the last two could both go.
    administrators = list(_administrators(at=at).select_for_update())
    person = User.objects.select_for_update().get(pk=person.pk)
    done = ClosedAccount(deleted=Counter(), blanked=Counter(), kept=Counter())
    if person.closed_at is not None:
        return done
    if administrators == [person]:
        raise LastAdministrator("Make somebody else an administrator first.")
    closing = Closing(person=person, by=by, at=at)
    _end_rights(closing)
    for model, personal in declarations().items():
        if model is not User:
            _erase(model, personal, closing=closing, done=done)
    done.blanked[AuditEvent._meta.label] += _leave_no_trace_in_the_audit(person)
    _leave_shell(closing)
    done.blanked[User._meta.label] += 1
    actor = None if reason == ClosingReason.UNCONFIRMED else by  # then the program acts
    others = actor is not None and actor.pk != person.pk
    record_act(kind=ActKind.ACCOUNT_ERASED, actor=actor, at=at, obj=person, reason=reason.value, traced=others)
    # By this line whoever restores a backup knows what to close again.
    logger.info("Account %s is closed.", person.pk)
    return done


def _administrators(*, at: datetime) -> QuerySet[User]:
    """Return those who may do everything everywhere: by a grant, or made from the command line."""
    granted = Grant.objects.in_force(at).filter(kind=GrantKind.SITE_ADMIN).values("person")
    return User.objects.filter(Q(is_superuser=True) | Q(pk__in=granted), is_active=True).order_by("pk")


def _end_rights(closing: Closing) -> None:
    """Withdraw what the person may do, today or later, and let them leave where they belong and are signed in."""
    person, by, at = closing.person, closing.by, closing.at
    for grant in Grant.objects.filter(person=person).not_over(at):
        withdraw_grant(grant=grant, by=by, at=at)
    for membership in Membership.objects.current().of(person):
        leave(membership=membership, by=by, at=at)
    close_sessions(person=person, by=by, at=at)


def _erase(model: type[Model], personal: Personal, *, closing: Closing, done: ClosedAccount) -> None:
    """Do to the rows about the person what their model declares."""
    label = model._meta.label
    rows = rows_about(model, personal, person=closing.person)
    if personal.delete:
        for name in personal.files:
            delete_files_afterwards(rows, name)
        done.deleted[label] += delete_rows(rows)
    if personal.wipe is not None:
        done.blanked[label] += personal.wipe(closing)
    elif personal.blank:
        done.blanked[label] += blank_rows(rows, personal)
    elif personal.ends:
        at, by = f"{personal.ends}_at", f"{personal.ends}_by"
        done.blanked[label] += rows.filter(**{f"{at}__isnull": True}).update(**{at: closing.at, by: closing.by})
    if not personal.delete:
        done.kept[label] += rows.count()


def delete_rows(rows: QuerySet[Any, Any]) -> int:
    """Delete rows of any model, facts included, and return how many there were."""
    if isinstance(rows, AppendOnlyQuerySet):
        return rows.expire()
    _all, by_model = rows.order_by().delete()
    return by_model.get(rows.model._meta.label, 0)


def blank_rows(rows: QuerySet[Any, Any], personal: Personal) -> int:
    """Empty what the model declares as erasable, and return how many rows had something in it."""
    if isinstance(rows, AppendOnlyQuerySet):
        return rows.erase()
    return rows.exclude(**personal.blank).update(**personal.blank)


def _leave_no_trace_in_the_audit(person: User) -> int:
    """Empty where the person's own acts came from, and whatever else names their address.

    What they did to others, and why, stays: nobody gets rid of the traces of their acts by leaving.
    """
    acts = AuditEvent.objects.filter(actor_id=person.pk).erase("origin", "device")
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("before", "after", "reason")}
    named = Q(*((f"{text}__icontains", person.email) for text in texts), _connector=Q.OR)
    return acts + AuditEvent.objects.annotate(**texts).filter(named).erase()


def delete_files_afterwards(rows: QuerySet[Any, Any], name: str) -> None:
    """Delete files once their rows are gone for certain: a file cannot be rolled back."""
    for row in rows:
        file: FieldFile = getattr(row, name)
        if file.name:
            delete: Callable[[], None] = partial(file.storage.delete, file.name)
            transaction.on_commit(delete)


def _leave_shell(closing: Closing) -> None:
    """Take everything out of the row of the person but its number."""
    person: User = closing.person
    person.user_permissions.clear()
    # Nobody who noted the old public id finds what stays, and no mail can reach the address.
    person.public_id = uuid.uuid4()
    person.email = f"{person.public_id}@closed.invalid"
    person.display_name = CLOSED
    person.language = settings.LANGUAGE_CODE
    person.time_zone = "UTC"
    person.set_unusable_password()
    person.last_login = None
    person.is_active = person.is_superuser = False
    person.date_joined = person.closed_at = closing.at
    person.closed_by = closing.by
    person.save()
