"""What adding or inviting a list of people would do, row by row, before anything is written.

Whoever administers a branch is told nothing of accounts elsewhere: somebody they do not see is invited, whether there
is an account or not, and the answer is the same. Nothing here removes or changes anybody.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from academy.people.domain.grants import EVERYWHERE, reach_of
from academy.people.domain.rights import CHANGE_PEOPLE
from academy.people.enums import InvitationKind
from academy.people.models import Invitation, Membership, Organisation, User, sees_members, validate_time_zone
from academy.people.reach import Reach

CHUNK = 500
ADDRESS_LENGTH, NAME_LENGTH = 254, 150
ANSWERS = {"yes": True, "no": False, "": False}


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"  # an account is opened, with a membership
    JOINS = "joins"  # somebody who has an account belongs to one more organisation
    INVITED = "invited"
    WAITING = "waiting"  # invited before, and has not answered
    MEMBER = "member"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """What a row of a list says of a person. ``faults`` are what was wrong with the row itself."""

    position: int
    email: str = ""
    name: str = ""
    organisation: str = ""
    language: str = ""
    time_zone: str = ""
    invite: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedPerson:
    """A row and what becomes of it; ``reasons`` say what is to be mended, and how."""

    row: Candidate
    outcome: Outcome
    organisation: Organisation | None = None
    person: int | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PeoplePlan:
    """All rows, in the order of the list."""

    rows: tuple[PlannedPerson, ...] = ()

    def of(self, outcome: Outcome) -> list[PlannedPerson]:
        """Return the rows of one outcome."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def totals(self) -> dict[str, int]:
        """How many rows there are, and how many of each outcome: these add up to the first."""
        count = Counter(row.outcome for row in self.rows)
        return {"rows": len(self.rows), **{str(outcome): count[outcome] for outcome in Outcome}}

    @property
    def has_work(self) -> bool:
        """Whether anything would be done."""
        return any(row.outcome in {Outcome.NEW, Outcome.JOINS, Outcome.INVITED} for row in self.rows)

    @property
    def digest(self) -> str:
        """What changes with anything that the plan would do."""
        told = [(row.row, row.outcome, row.organisation and row.organisation.pk, row.reasons) for row in self.rows]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def plan_people(rows: Sequence[Candidate], *, by: User | None, at: datetime) -> PeoplePlan:
    """Say what each row would do; ``by`` is None on the command line, and may then add everywhere, but not invite.

    Two queries, and four for each chunk of rows.
    """
    return PeoplePlan(rows=tuple(_Planner(rows, by=by, at=at).planned()))


class _Planner:
    """Decides on rows, a chunk of them with one look at what is stored."""

    def __init__(self, rows: Sequence[Candidate], *, by: User | None, at: datetime) -> None:
        self.rows, self.by, self.at = rows, by, at
        self.reach: Reach = reach_of(by, CHANGE_PEOPLE, at=at) if by else EVERYWHERE
        within = Organisation.objects.within(self.reach)
        self.organisations: Mapping[str, Organisation] = {one.code: one for one in within}
        self.first: dict[tuple[str, str], int] = {}
        for row in rows:
            self.first.setdefault((address(row), row.organisation), row.position)

    def planned(self) -> Iterator[PlannedPerson]:
        """Yield the plan of each row."""
        for start in range(0, len(self.rows), CHUNK):
            chunk = self.rows[start : start + CHUNK]
            stored = _Stored(chunk, reach=self.reach, at=self.at)
            for row in chunk:
                yield self._decide(row, stored)

    def _decide(self, row: Candidate, stored: _Stored) -> PlannedPerson:
        organisation = self.organisations.get(row.organisation)
        reasons = [*row.faults] or [*self._reasons(row, organisation)]
        if reasons or organisation is None:
            return PlannedPerson(row=row, outcome=Outcome.REFUSED, reasons=tuple(reasons))
        email, place = address(row), organisation.pk
        account = stored.accounts.get(email)
        outcome = self._outcome(row, known=account is not None)
        if account and not account.is_active:
            told = _("This account is closed. Open it again, or remove the row.")
            return PlannedPerson(row=row, outcome=Outcome.REFUSED, reasons=(told,))
        if account and (account.pk, place) in stored.members:
            outcome = Outcome.MEMBER
        elif outcome is Outcome.INVITED and (email, place) in stored.waiting:
            outcome = Outcome.WAITING
        if outcome is Outcome.NEW and not row.name:
            reasons.append(_("“name” is empty. Enter the person’s name."))
        if outcome is Outcome.INVITED and self.by is None:
            reasons.append(_("Say who invites, with --by."))
        if reasons:
            return PlannedPerson(row=row, outcome=Outcome.REFUSED, reasons=tuple(reasons))
        return PlannedPerson(
            row=row, outcome=outcome, organisation=organisation, person=account.pk if account else None
        )

    def _outcome(self, row: Candidate, *, known: bool) -> Outcome:
        if ANSWERS[row.invite.lower()]:
            return Outcome.INVITED
        if known:
            return Outcome.JOINS
        # Beyond reach nothing is known, so nothing is told: an account there and none at all look alike.
        return Outcome.NEW if self.reach.everywhere else Outcome.INVITED

    def _reasons(self, row: Candidate, organisation: Organisation | None) -> Iterator[str]:
        yield from _address_reasons(row)
        if organisation is None:
            if row.organisation:
                yield _("“%(code)s” is not the code of an organisation of yours.") % {"code": row.organisation}
            else:
                yield _("“organisation_code” is empty.")
        elif organisation.closed_at:
            yield _("“%(name)s” is closed.") % {"name": organisation.name}
        if len(row.name) > NAME_LENGTH:
            yield _("The name must be 150 characters or fewer.")
        if row.language and row.language not in dict(settings.LANGUAGES):
            yield _("“%(code)s” is not a language of this site. Use one of: %(codes)s.") % {
                "code": row.language,
                "codes": ", ".join(dict(settings.LANGUAGES)),
            }
        if row.time_zone and not _is_zone(row.time_zone):
            yield _("“%(name)s” is not a time zone. Use one like “America/Bogota”.") % {"name": row.time_zone}
        if row.invite.lower() not in ANSWERS:
            yield _("“invite” is “%(answer)s”. Use yes or no.") % {"answer": row.invite}
        first = self.first[(address(row), row.organisation)]
        if first != row.position and address(row):
            yield _("This person is in row %(row)d already. Remove one of the two.") % {"row": first}


class _Stored:
    """What is stored about the people of a chunk, as far as the importer sees them. Four queries."""

    def __init__(self, rows: Sequence[Candidate], *, reach: Reach, at: datetime) -> None:
        asked = {address(row) for row in rows}
        seen = User.objects.filter(sees_members(reach))
        self.accounts: dict[str, User] = {user.email.lower(): user for user in seen.filter(email__in=asked)}
        others = EmailAddress.objects.filter(email__in=asked, verified=True, user__in=seen).select_related("user")
        for other in others:
            self.accounts.setdefault(other.email.lower(), other.user)
        people = {user.pk for user in self.accounts.values()}
        current = Membership.objects.current().filter(person__in=people)
        self.members = set(current.values_list("person_id", "organisation_id"))
        open_ones = Invitation.objects.filter(
            kind=InvitationKind.PERSONAL, email__in=asked, accepted_at=None, withdrawn_at=None, expires_at__gt=at
        )
        self.waiting = set(open_ones.within(reach).values_list("email", "organisation_id"))


def address(row: Candidate) -> str:
    """Return the address as it is stored and compared."""
    return row.email.strip().lower()


def _address_reasons(row: Candidate) -> Iterator[str]:
    email = address(row)
    if not email:
        yield _("There is no e-mail address in this row.")
        return
    if len(email) > ADDRESS_LENGTH:
        yield _("The e-mail address must be 254 characters or fewer.")
        return
    try:
        validate_email(email)
    except ValidationError:
        yield _("“%(email)s” is not an e-mail address. It looks like name@example.org.") % {"email": row.email[:100]}


def _is_zone(name: str) -> bool:
    try:
        validate_time_zone(name)
    except ValidationError:
        return False
    return True
