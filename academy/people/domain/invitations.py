"""Inviting people into an organisation, and accepting. Nobody joins without a word of their own."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from academy.jobs.api import Job, start_job
from academy.people.domain.accounts import tidy_name
from academy.people.domain.audit import record_act
from academy.people.domain.grants import reach_of
from academy.people.domain.invitation_codes import code_from, hash_of, hashes_of
from academy.people.domain.invitation_mail import INVITATIONS
from academy.people.domain.memberships import join
from academy.people.domain.offers import InvitationRefused, Reason, check_offer
from academy.people.domain.rights import CHANGE_PEOPLE
from academy.people.enums import ActKind, InvitationKind, InvitationState, JoinedBy
from academy.people.models import Invitation, InvitationMail, InvitationUse, Membership, Organisation, User
from academy.people.models.invitations import MOST_SEATS

LONGEST = timedelta(days=366)
BATCH = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitee:
    """Somebody to invite, and the row of the list that names them."""

    position: int
    email: str
    name: str = ""
    # Empty: that of the whole list.
    language: str = ""


@transaction.atomic
def invite(
    *,
    organisation: Organisation,
    people: Sequence[Invitee],
    language: str,
    message: str,
    expires_at: datetime,
    by: User,
    at: datetime,
) -> Job:
    """Invite people by e-mail and return the job that sends the e-mails. Raises InvitationRefused.

    Whoever is invited already and has not answered is left as they are; an invitation that ran out is replaced.
    """
    check_inviter(organisation, by=by, at=at)
    check_end(expires_at, at=at)
    made = add_invitations(
        organisation=organisation,
        people=people,
        language=language,
        message=message,
        expires_at=expires_at,
        by=by,
        at=at,
    )
    job = start_job(kind=INVITATIONS, by=by, at=at, total=len(made), about={"organisation": organisation.pk})
    add_mails(job, made)
    return job


def add_invitations(
    *,
    organisation: Organisation,
    people: Sequence[Invitee],
    language: str,
    message: str,
    expires_at: datetime,
    by: User,
    at: datetime,
) -> list[tuple[Invitation, int]]:
    """Store an invitation for each who has none that is open, with its position. For verbs that have checked who asks."""
    # Two lists at once would invite the same person twice.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    by_address = {person.email.strip().lower(): person for person in people}
    asked = list(by_address)
    waiting: set[str] = set()
    for start in range(0, len(asked), BATCH):
        unanswered = Invitation.objects.filter(
            organisation=organisation,
            kind=InvitationKind.PERSONAL,
            email__in=asked[start : start + BATCH],
            accepted_at=None,
            withdrawn_at=None,
        )
        unanswered.filter(expires_at__lte=at).update(withdrawn_at=at, withdrawn_by=by)
        waiting.update(unanswered.filter(expires_at__gt=at).values_list("email", flat=True))
    new = [
        _made(
            organisation=organisation,
            kind=InvitationKind.PERSONAL,
            email=email,
            name=tidy_name(person.name),
            language=person.language or language,
            message=message.strip(),
            expires_at=expires_at,
            invited_at=at,
            invited_by=by,
        )
        for email, person in by_address.items()
        if email not in waiting
    ]
    stored = Invitation.objects.bulk_create(new, batch_size=BATCH)
    if stored:
        _tell(organisation, by=by, at=at, rows=len(stored), ends_at=expires_at)
    return [(invitation, by_address[invitation.email].position) for invitation in stored]


def add_mails(job: Job, made: Sequence[tuple[Invitation, int]]) -> None:
    """Say which e-mails a job is to send."""
    InvitationMail.objects.bulk_create(
        [InvitationMail(job=job, invitation=invitation, position=position) for invitation, position in made],
        batch_size=BATCH,
    )


@transaction.atomic
def open_link(
    *,
    organisation: Organisation,
    seats: int,
    language: str,
    message: str,
    expires_at: datetime,
    by: User,
    at: datetime,
) -> Invitation:
    """Make a link by which as many people may join as there are seats. Raises InvitationRefused."""
    check_inviter(organisation, by=by, at=at)
    check_end(expires_at, at=at)
    if not 0 < seats <= MOST_SEATS:
        raise InvitationRefused(Reason.SEATS, _("There can be 1 to %(most)d places.") % {"most": MOST_SEATS})
    invitation = _made(
        organisation=organisation,
        kind=InvitationKind.OPEN,
        seats=seats,
        language=language,
        message=message.strip(),
        expires_at=expires_at,
        invited_at=at,
        invited_by=by,
    )
    invitation.save()
    _tell(organisation, by=by, at=at, what="link", rows=seats, ends_at=expires_at)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """Take an invitation back: its link works no longer. Who joined by it stays. Withdrawn again, nothing changes."""
    stored = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    if not reach_of(by, CHANGE_PEOPLE, at=at).covers(stored.organisation.path):
        raise InvitationRefused(Reason.NOT_YOURS, _("This organisation is not yours to administer."))
    if stored.withdrawn_at is None:
        stored.withdrawn_at, stored.withdrawn_by = at, by
        stored.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _tell(stored.organisation, by=by, at=at, what="withdrawn")
    return stored


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, at: datetime) -> Job:
    """Send the e-mail of a personal invitation that is open once more; return the job. Raises InvitationRefused."""
    stored = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    check_inviter(stored.organisation, by=by, at=at)
    if stored.kind != InvitationKind.PERSONAL or stored.state_at(at) != InvitationState.WAITING:
        raise InvitationRefused(Reason.OVER, _("This invitation is no longer open. Invite the person again."))
    job = start_job(kind=INVITATIONS, by=by, at=at, total=1, about={"organisation": stored.organisation_id})
    add_mails(job, [(stored, 1)])
    return job


@transaction.atomic
def accept_invitation(*, code: str, person: User, at: datetime) -> Membership:
    """Join by an invitation: takes one of its seats, never more than there are.

    Raises InvitationRefused with the reason: unknown, withdrawn, expired, full, for another address, member already.
    """
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(code_hash__in=hashes_of(code))
        .first()
    )
    # Of two links that somebody opened at once, one lets them in.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    invitation = check_offer(found, person=person, at=at)
    membership = join(
        person=person, organisation=invitation.organisation, through=JoinedBy.INVITATION, by=person, at=at
    )
    InvitationUse.objects.create(
        invitation=invitation, person=person, membership=membership, used_at=at, used_by=person
    )
    if invitation.kind == InvitationKind.PERSONAL:
        invitation.accepted_at, invitation.accepted_by = at, person
        invitation.save(update_fields=["accepted_at", "accepted_by"])
    return membership


def check_inviter(organisation: Organisation, *, by: User, at: datetime) -> None:
    """Raise InvitationRefused unless ``by`` administers the people there, and it is open."""
    if not reach_of(by, CHANGE_PEOPLE, at=at).covers(organisation.path):
        raise InvitationRefused(Reason.NOT_YOURS, _("This organisation is not yours to administer."))
    if organisation.closed_at:
        raise InvitationRefused(Reason.CLOSED, _("“%(name)s” is closed.") % {"name": organisation.name})


def check_end(expires_at: datetime, *, at: datetime) -> None:
    """Raise InvitationRefused for an end that has passed, or is further away than a year."""
    if not at < expires_at <= at + LONGEST:
        raise InvitationRefused(Reason.END, _("It must end in the future, and within a year."))


def _tell(organisation: Organisation, *, by: User, at: datetime, **after: object) -> None:
    """Tell the audit where, how many and until when; whom stands in the invitations."""
    record_act(kind=ActKind.INVITED, actor=by, at=at, obj=organisation, after=after, place=organisation)


def _made(**fields: object) -> Invitation:
    identity = uuid.uuid4()
    return Invitation(uuid=identity, code_hash=hash_of(code_from(identity)), **fields)
