"""Who belongs where: joining, asking to, leaving. History is kept."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from academy.people.domain.accounts import open_account
from academy.people.domain.grants import reach_of
from academy.people.domain.rights import CHANGE_PEOPLE
from academy.people.enums import JoinedBy
from academy.people.models import Membership, MembershipRequest, Organisation, User


class MembershipRefused(Exception):
    """This person cannot join, or be taken out; the message says why, for people."""


@transaction.atomic
def join(*, person: User, organisation: Organisation, through: JoinedBy, by: User | None, at: datetime) -> Membership:
    """Let a person belong to an organisation; one who belongs to it already still does, once.

    Who may let them in is decided by whoever calls: see the verbs below. Raises MembershipRefused for a closed one.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if organisation.closed_at:
        raise MembershipRefused(_("“%(name)s” is closed.") % {"name": organisation.name})
    membership, made = Membership.objects.current().get_or_create(
        person=person,
        organisation=organisation,
        left_at=None,
        defaults={"joined_through": through, "joined_at": at, "joined_by": by},
    )
    if made:
        log(person, "wagtail.edit", user=by, timestamp=at, data={"joined": organisation.code, "through": through})
    return membership


@transaction.atomic
def add_member(*, person: User, organisation: Organisation, by: User, at: datetime) -> Membership:
    """Add a person as an administrator of the organisation. Raises MembershipRefused."""
    _check_reach(organisation, by=by, at=at)
    return join(person=person, organisation=organisation, through=JoinedBy.STAFF, by=by, at=at)


@transaction.atomic
def open_account_at_work(
    *,
    email: str,
    display_name: str,
    language: str,
    time_zone: str,
    organisation: Organisation | None,
    by: User,
    at: datetime,
) -> User:
    """Open an account for somebody who works at ``organisation``. Raises ValidationError or MembershipRefused."""
    user = open_account(email=email, display_name=display_name, language=language, time_zone=time_zone, by=by, at=at)
    if organisation:
        add_member(person=user, organisation=organisation, by=by, at=at)
    return user


@transaction.atomic
def leave(*, membership: Membership, by: User, at: datetime) -> Membership:
    """End a membership: by the person themselves, or by an administrator. Ended again, nothing changes."""
    stored = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)
    if stored.left_at:
        return stored
    if by.pk != stored.person_id:
        _check_reach(stored.organisation, by=by, at=at)
    stored.left_at, stored.left_by = at, by
    stored.save(update_fields=["left_at", "left_by"])
    log(stored.person, "wagtail.edit", user=by, timestamp=at, data={"left": stored.organisation.code})
    return stored


def domains_of(person: User) -> list[str]:
    """Return the domains of a person's confirmed addresses, and those above them: a.b.example, b.example."""
    addresses = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    found = []
    for address in addresses:
        labels = address.rpartition("@")[2].lower().split(".")
        found += [".".join(labels[start:]) for start in range(len(labels) - 1)]
    return found


@transaction.atomic
def join_by_domain(*, person: User, at: datetime) -> list[Membership]:
    """Let a person into the organisations whose domain their confirmed address has, the nearest of each address.

    Whoever left one before is not put back: that was decided.
    """
    left = Membership.objects.of(person).exclude(left_at=None).values("organisation")
    matching = Organisation.objects.open().filter(domains__domain__in=domains_of(person)).exclude(pk__in=left)
    nearest = {
        organisation.pk: organisation
        for organisation in matching.distinct()
        if not any(other.path != organisation.path and other.path.startswith(organisation.path) for other in matching)
    }
    return [
        join(person=person, organisation=organisation, through=JoinedBy.DOMAIN, by=person, at=at)
        for organisation in nearest.values()
    ]


@transaction.atomic
def ask_to_join(*, person: User, organisation: Organisation, message: str, at: datetime) -> MembershipRequest:
    """Ask to belong to an organisation; asked again while it waits, the same request. Raises MembershipRefused."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if organisation.closed_at or not organisation.takes_requests:
        raise MembershipRefused(_("“%(name)s” takes no requests.") % {"name": organisation.name})
    if Membership.objects.current().filter(person=person, organisation=organisation).exists():
        raise MembershipRefused(_("You belong to “%(name)s” already.") % {"name": organisation.name})
    request, _made = MembershipRequest.objects.get_or_create(
        person=person,
        organisation=organisation,
        decided_at=None,
        defaults={"message": message.strip(), "asked_at": at, "asked_by": person},
    )
    return request


@transaction.atomic
def decide_request(
    *, request: MembershipRequest, accept: bool, by: User, at: datetime, reason: str = ""
) -> MembershipRequest:
    """Accept or refuse a request, once; a refusal says why. Raises MembershipRefused."""
    stored = (
        MembershipRequest.objects.select_for_update(of=("self",))
        .select_related("organisation", "person")
        .get(pk=request.pk)
    )
    _check_reach(stored.organisation, by=by, at=at)
    if stored.decided_at:
        return stored
    if stored.person_id == by.pk:
        raise MembershipRefused(_("Another administrator decides on your own request."))
    if not accept and not reason.strip():
        raise MembershipRefused(_("Say why: the person reads it."))
    stored.accepted, stored.reason, stored.decided_at, stored.decided_by = accept, reason.strip(), at, by
    stored.save(update_fields=["accepted", "reason", "decided_at", "decided_by"])
    if accept:
        join(person=stored.person, organisation=stored.organisation, through=JoinedBy.REQUEST, by=by, at=at)
    return stored


def _check_reach(organisation: Organisation, *, by: User, at: datetime) -> None:
    if not reach_of(by, CHANGE_PEOPLE, at=at).covers(organisation.path):
        raise MembershipRefused(_("This organisation is not yours to administer."))
