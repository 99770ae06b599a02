"""Who belongs where: joining and leaving. History is kept. Asking to join: see ``requests``."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from academy.people.domain.accounts import open_account
from academy.people.domain.audit import record_act
from academy.people.domain.email_domains import organisations_by_address
from academy.people.domain.grants import reach_of
from academy.people.domain.refusals import MembershipRefused
from academy.people.domain.rights import CHANGE_PEOPLE
from academy.people.enums import ActKind, JoinedBy
from academy.people.models import Membership, MembershipRequest, Organisation, User, sees_members


@transaction.atomic
def join(*, person: User, organisation: Organisation, through: JoinedBy, by: User | None, at: datetime) -> Membership:
    """Let a person belong to an organisation; one who belongs to it already still does, once.

    Who may let them in is decided by whoever calls: see the verbs below. A request of theirs that waits is
    accepted with it. Raises MembershipRefused for an organisation that is closed.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    # Nobody closes it meanwhile.
    stored: Organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if stored.closed_at:
        raise MembershipRefused(_("“%(name)s” is closed.") % {"name": stored.name})
    membership, made = Membership.objects.current().get_or_create(
        person=person,
        organisation=stored,
        left_at=None,
        defaults={"joined_through": through, "joined_at": at, "joined_by": by},
    )
    if made:
        MembershipRequest.objects.filter(person=person, organisation=stored, decided_at=None).update(
            accepted=True, decided_at=at, decided_by=by or person
        )
        told = {"organisation": stored.code, "through": through}
        record_act(kind=ActKind.MEMBERSHIP_CHANGED, actor=by, at=at, obj=person, after=told, place=stored)
    return membership


def may_add(*, by: User, person: User, at: datetime) -> bool:
    """Whether ``by`` may put a person into an organisation without asking them: one who is in their reach today.

    An administrator administers whoever belongs to the organisation; nobody becomes theirs without a word of their own.
    """
    reach = reach_of(by, CHANGE_PEOPLE, at=at)
    return reach.everywhere or User.objects.filter(sees_members(reach), pk=person.pk).exists()


@transaction.atomic
def add_member(*, person: User, organisation: Organisation, by: User, at: datetime) -> Membership | MembershipRequest:
    """Add a person as an administrator of the organisation.

    Whoever is not in the administrator's reach yet is asked: that is a request which the person decides.
    Raises MembershipRefused.
    """
    check_member_reach(organisation, by=by, at=at)
    if not person.is_active:
        raise MembershipRefused(_("This account is closed."), field="email")
    if Membership.objects.current().filter(person=person, organisation=organisation).exists():
        raise MembershipRefused(_("%(name)s belongs to it already.") % {"name": person.display_name}, field="email")
    if may_add(by=by, person=person, at=at):
        return join(person=person, organisation=organisation, through=JoinedBy.STAFF, by=by, at=at)
    if organisation.closed_at:
        raise MembershipRefused(_("“%(name)s” is closed.") % {"name": organisation.name})
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    waiting = MembershipRequest.objects.filter(person=person, organisation=organisation, decided_at=None).first()
    if waiting and waiting.asked_by_id == person.pk:
        return join(person=person, organisation=organisation, through=JoinedBy.REQUEST, by=by, at=at)
    return waiting or MembershipRequest.objects.create(
        person=person, organisation=organisation, asked_at=at, asked_by=by
    )


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
        if not reach_of(by, CHANGE_PEOPLE, at=at).covers(organisation.path):
            raise MembershipRefused(_("This organisation is not yours to administer."))
        join(person=user, organisation=organisation, through=JoinedBy.STAFF, by=by, at=at)
    return user


@transaction.atomic
def leave(*, membership: Membership, by: User, at: datetime) -> Membership:
    """End a membership: by the person themselves, or by an administrator. Ended again, nothing changes.

    Raises MembershipRefused.
    """
    stored = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=membership.pk)
    if by.pk != stored.person_id:
        check_member_reach(stored.organisation, by=by, at=at)
    if stored.left_at:
        return stored
    stored.left_at, stored.left_by = at, by
    stored.save(update_fields=["left_at", "left_by"])
    told, place = {"organisation": stored.organisation.code}, stored.organisation
    record_act(kind=ActKind.MEMBERSHIP_CHANGED, actor=by, at=at, obj=stored.person, before=told, place=place)
    return stored


def may_join_by_address(person: User) -> list[Organisation]:
    """Return where a person may join because of a confirmed address, and does not belong yet. Four queries at most.

    Not where they belong to something below already.
    """
    found = organisations_by_address(person)
    if not found:
        return []
    paths = list(Membership.objects.current().of(person).values_list("organisation__path", flat=True))
    return [one for one in found if not any(path.startswith(one.path) for path in paths)]


@transaction.atomic
def join_by_domain(*, person: User, at: datetime) -> list[Membership]:
    """Let a person into the organisations of their confirmed addresses; returns what is new.

    Whoever left one before is not put back: that was decided. They may come back themselves (``join_by_address``).
    """
    if not person.is_active:
        return []
    left = set(Membership.objects.of(person).exclude(left_at=None).values_list("organisation_id", flat=True))
    return [
        join(person=person, organisation=organisation, through=JoinedBy.DOMAIN, by=person, at=at)
        for organisation in may_join_by_address(person)
        if organisation.pk not in left
    ]


@transaction.atomic
def join_by_address(*, person: User, organisation: Organisation, at: datetime) -> Membership:
    """Let a person join an organisation that one of their confirmed addresses belongs to. Raises MembershipRefused."""
    if organisation.pk not in {one.pk for one in organisations_by_address(person)}:
        raise MembershipRefused(_("None of your confirmed addresses belongs to this organisation. Ask to join."))
    return join(person=person, organisation=organisation, through=JoinedBy.DOMAIN, by=person, at=at)


def check_member_reach(organisation: Organisation, *, by: User, at: datetime) -> None:
    """Raise MembershipRefused unless ``by`` administers the people of an organisation."""
    if not reach_of(by, CHANGE_PEOPLE, at=at).covers(organisation.path):
        raise MembershipRefused(_("This organisation is not yours to administer."))
