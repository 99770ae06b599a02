"""How long each kind of data is kept, on which ground, and the deletion of what has had its time."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Model, ProtectedError, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from academy.lib.privacy import Keep, Personal
from academy.people.domain.audit import record_act
from academy.people.domain.closing import (
    LastAdministrator,
    blank_rows,
    close_account,
    delete_files_afterwards,
    delete_rows,
)
from academy.people.domain.declarations import declarations
from academy.people.enums import ActKind, ClosingReason
from academy.people.models import User

logger = logging.getLogger(__name__)

YEAR = 365
CHUNK = 1000
# The name under which accounts that were never confirmed are counted; they have a period of their own.
UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """What is kept how long. ``days`` is None where it is kept until somebody acts, or for good.

    ``lasts`` says it in words; where it counts days, they stand in it as ``%(length)s``.
    """

    holds: Promise
    purpose: Promise
    basis: Promise
    lasts: Promise
    days: int | None


PUBLIC_TASK = _("We need it for the public task of training people who spend public money.")
PERIODS: Mapping[str, Period] = {
    Keep.ACCOUNT.value: Period(
        holds=_("Your account: name, e-mail address, language, time zone, how you sign in, preferences"),
        purpose=_("To know you when you come back, and to print your name on certificates"),
        basis=_("You asked for an account, and it cannot exist without this."),
        lasts=_("Until you close your account"),
        days=None,
    ),
    UNCONFIRMED: Period(
        holds=_("Accounts whose e-mail address was never confirmed"),
        purpose=_("To let their owner confirm it"),
        basis=_("You asked for an account, and it cannot exist without this."),
        lasts=_("%(length)s from the day on which it was opened"),
        days=30,
    ),
    Keep.SESSION.value: Period(
        holds=_("Where you are signed in"),
        purpose=_("To keep you signed in from one page to the next"),
        basis=_("You asked for an account, and it cannot exist without this."),
        lasts=_("%(length)s from the day on which it ended"),
        days=1,
    ),
    Keep.STUDY.value: Period(
        holds=_("How you learn: practice answers, lessons that you finished, the role that you aim for"),
        purpose=_("To show you where you stopped and what comes next"),
        basis=PUBLIC_TASK,
        lasts=_("Until you close your account; a practice answer at most %(length)s"),
        days=2 * YEAR,
    ),
    Keep.RECORD.value: Period(
        holds=_(
            "What you have shown: courses taken, attempts with answers and marks, results, skills, certificates; "
            "where you belonged and what you were entrusted with"
        ),
        purpose=_("To prove it to you, to employers and to those who audit the programme"),
        basis=PUBLIC_TASK,
        lasts=_(
            "As long as you have an account; after you close it %(length)s more, without your name. The ledger of steps keeps numbers and times"
        ),
        days=10 * YEAR,
    ),
    Keep.CONTENT.value: Period(
        holds=_("What staff write: who made, changed or approved which page or question"),
        purpose=_("To trace mistakes in what people learn and are examined by"),
        basis=PUBLIC_TASK,
        lasts=_("As long as the content; the number of a closed account stands in place of a name"),
        days=None,
    ),
    Keep.WORK.value: Period(
        holds=_(
            "Left-overs of work: open editors, half-filled forms, broken uploads, lines that could not be imported"
        ),
        purpose=_("To let staff go on where they stopped, and warn them of each other"),
        basis=PUBLIC_TASK,
        lasts=_("%(length)s from the last time that it was touched"),
        days=30,
    ),
    Keep.AUDIT.value: Period(
        holds=_("Who changed what in accounts and on pages, and when"),
        purpose=_("To account for acts of staff, and to find out what happened when something went wrong"),
        basis=_("We must be able to show that data are safe and that nobody abuses a right."),
        lasts=_("%(length)s from the day of the act; then only what kind of act it was, when, and numbers"),
        days=7 * YEAR,
    ),
    Keep.MESSAGE.value: Period(
        holds=_("E-mails to you and other work in the background"),
        purpose=_("To send them, and to find out why one did not arrive"),
        basis=_("You asked for an account, and it cannot exist without this."),
        lasts=_("%(length)s from the day on which it was done; 90 days where it failed"),
        days=14,
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How many rows of a model went, or would go, because of one period."""

    period: str
    model: str
    rows: int


def periods() -> dict[str, Period]:
    """Return every period as this installation has it. Raises ImproperlyConfigured for a setting that cannot be.

    ``RETENTION_DAYS`` changes days, by the name of the period; None there means that nothing goes by time alone.
    """
    own: Mapping[str, Any] = settings.RETENTION_DAYS
    for name, days in own.items():
        if name not in PERIODS:
            raise ImproperlyConfigured(f"RETENTION_DAYS knows {', '.join(PERIODS)}, not {name!r}.")
        if days is not None and (not isinstance(days, int) or days < 1):
            raise ImproperlyConfigured(f"RETENTION_DAYS[{name!r}] must be a number of days, or None, not {days!r}.")
    return {
        name: Period(
            holds=period.holds,
            purpose=period.purpose,
            basis=period.basis,
            lasts=period.lasts,
            days=own.get(name, period.days),
        )
        for name, period in PERIODS.items()
    }


def apply_retention(*, at: datetime, dry_run: bool = False) -> list[Outcome]:
    """Delete whatever has had its time, in chunks that are each a transaction. A second run finds nothing.

    Rows that the database lets nobody delete are emptied. The audit tells of it if anything went. With ``dry_run``
    nothing does, and what would is counted.
    """
    days = {name: period.days for name, period in periods().items()}
    outcomes = [_unconfirmed(days[UNCONFIRMED], at=at, dry_run=dry_run)]
    for model, personal in declarations().items():
        if not personal.since:
            continue
        limit = days[personal.keep.value]
        due = _due(model, personal, before=at - timedelta(days=limit)) if limit is not None else None
        rows = 0 if due is None else due.count() if dry_run else _let_go(due, personal)
        outcomes.append(Outcome(period=personal.keep.value, model=model._meta.label, rows=rows))
    gone = {one.model: one.rows for one in outcomes if one.rows}
    if gone and not dry_run:
        told = {"rows": sum(gone.values()), "what": gone}
        record_act(kind=ActKind.RETENTION_APPLIED, actor=None, at=at, after=told)
    return outcomes


def _due(model: type[Model], personal: Personal, *, before: datetime) -> QuerySet[Any, Any]:
    if callable(personal.since):
        return personal.since(before)
    due = model._default_manager.filter(**{f"{personal.since}__lt": before})
    return due.exclude(**personal.blank) if personal.final else due


def _let_go(due: QuerySet[Any, Any], personal: Personal) -> int:
    rows = due.model._default_manager
    done = 0
    for chunk in _chunks(due):
        with transaction.atomic():
            gone = rows.filter(pk__in=chunk)
            if personal.final:
                done += blank_rows(gone, personal)
                continue
            for name in personal.files:
                delete_files_afterwards(gone, name)
            done += delete_rows(gone)
    return done


def _chunks(due: QuerySet[Any, Any]) -> Iterator[list[Any]]:
    """Return the keys of what is due, in handfuls that every database takes."""
    keys = list(due.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _unconfirmed(days: int | None, *, at: datetime, dry_run: bool) -> Outcome:
    """Remove accounts that were opened and never confirmed. One that something rests on is left as a shell."""
    due = User.objects.none()
    if days is not None:
        due = User.objects.filter(
            ~Q(emailaddress__verified=True),
            date_joined__lt=at - timedelta(days=days),
            last_login__isnull=True,
            closed_at__isnull=True,
        )
    done = due.count() if dry_run else sum(_remove(person, at=at) for person in due.order_by("pk"))
    return Outcome(period=UNCONFIRMED, model=User._meta.label, rows=done)


@transaction.atomic
def _remove(person: User, *, at: datetime) -> bool:
    try:
        close_account(person=person, reason=ClosingReason.UNCONFIRMED, by=person, at=at)
    except LastAdministrator:
        return False  # `createsuperuser` confirms no address
    try:
        with transaction.atomic():
            # The shell names itself as the one who closed it, and would protect itself.
            User.objects.filter(pk=person.pk).update(closed_at=None, closed_by=None)
            User.objects.get(pk=person.pk).delete()
    except ProtectedError:
        logger.info("What was opened as %s and never confirmed is left as a shell.", person.pk)
    return True
