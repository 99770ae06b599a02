"""Asking to join: a person asks an organisation, or an administrator asks a person. The other side decides, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from academy.people.domain.audit import record_act
from academy.people.domain.memberships import check_member_reach, join
from academy.people.domain.refusals import MembershipRefused
from academy.people.enums import ActKind, JoinedBy
from academy.people.models import Membership, MembershipRequest, Organisation, User

MESSAGE_LENGTH = 500


@transaction.atomic
def ask_to_join(*, person: User, organisation: Organisation, message: str, at: datetime) -> MembershipRequest:
    """Ask to belong to an organisation; asked again while it waits, the same request.

    Where an administrator has asked the person meanwhile, both want it: they belong. Raises MembershipRefused.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    # Nobody closes it meanwhile.
    stored: Organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if stored.closed_at or not stored.takes_requests:
        raise MembershipRefused(_("“%(name)s” takes no requests.") % {"name": stored.name})
    if Membership.objects.current().filter(person=person, organisation=stored).exists():
        raise MembershipRefused(_("You belong to “%(name)s” already.") % {"name": stored.name})
    _check_length(message, field="message")
    request, made = MembershipRequest.objects.get_or_create(
        person=person,
        organisation=stored,
        decided_at=None,
        defaults={"message": message.strip(), "asked_at": at, "asked_by": person},
    )
    if not made and request.asked_by_id != person.pk:
        return _decide(request, accept=True, by=person, at=at, reason="")
    return request


@transaction.atomic
def decide_request(
    *, request: MembershipRequest, accept: bool, by: User, at: datetime, reason: str = ""
) -> MembershipRequest:
    """Accept or refuse, as an administrator, what a person asked; a refusal says why.

    Decided already in the same way, nothing changes. Raises MembershipRefused, also when it was decided otherwise.
    """
    stored = _locked(request)
    check_member_reach(stored.organisation, by=by, at=at)
    if stored.decided_at:
        return _as_decided(stored, accept=accept)
    if stored.asked_by_id != stored.person_id:
        raise MembershipRefused(_("This waits for the person, who was asked."))
    if stored.person_id == by.pk:
        raise MembershipRefused(_("Another administrator decides on your own request."))
    if not accept and not reason.strip():
        raise MembershipRefused(_("Say why: the person reads it."), field="reason")
    _check_length(reason, field="reason")
    return _decide(stored, accept=accept, by=by, at=at, reason="" if accept else reason.strip())


@transaction.atomic
def answer_offer(*, request: MembershipRequest, accept: bool, by: User, at: datetime) -> MembershipRequest:
    """Say yes or no, as the person, to an administrator who asked. Raises MembershipRefused."""
    stored = _locked(request)
    if stored.person_id != by.pk or stored.asked_by_id == by.pk:
        raise MembershipRefused(_("This is not for you to answer."))
    if stored.decided_at:
        return _as_decided(stored, accept=accept)
    return _decide(stored, accept=accept, by=by, at=at, reason="" if accept else _("Declined by the person."))


def _check_length(text: str, *, field: str) -> None:
    if len(text.strip()) > MESSAGE_LENGTH:
        raise MembershipRefused(_("Write %(count)d characters or fewer.") % {"count": MESSAGE_LENGTH}, field=field)


def _locked(request: MembershipRequest) -> MembershipRequest:
    """Return a request as stored, locked after its person and its organisation, in the order of all that joins."""
    User.objects.select_for_update(no_key=True).get(pk=request.person_id)
    Organisation.objects.select_for_update(no_key=True).get(pk=request.organisation_id)
    return (
        MembershipRequest.objects.select_for_update(of=("self",))
        .select_related("organisation", "person")
        .get(pk=request.pk)
    )


def _as_decided(stored: MembershipRequest, *, accept: bool) -> MembershipRequest:
    if stored.accepted is not accept:
        raise MembershipRefused(_("Somebody else has decided this already, and otherwise."))
    return stored


def _decide(stored: MembershipRequest, *, accept: bool, by: User, at: datetime, reason: str) -> MembershipRequest:
    stored.accepted, stored.reason, stored.decided_at, stored.decided_by = accept, reason, at, by
    stored.save(update_fields=["accepted", "reason", "decided_at", "decided_by"])
    if accept:
        join(person=stored.person, organisation=stored.organisation, through=JoinedBy.REQUEST, by=by, at=at)
    else:
        told, place = {"what": "request refused", "organisation": stored.organisation.code}, stored.organisation
        kind = ActKind.MEMBERSHIP_CHANGED
        record_act(kind=kind, actor=by, at=at, obj=stored.person, after=told, reason=reason, place=place)
    return stored
