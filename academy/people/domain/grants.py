"""Grants: given, withdrawn, and how far each right of a person reaches."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from academy.lib.clock import now
from academy.people.domain.audit import record_act
from academy.people.domain.groups import ensure_collection, ensure_group
from academy.people.domain.rights import GIVE_GRANTS, RIGHTS, allows
from academy.people.enums import SCOPES, ActKind, GrantKind, GrantScope
from academy.people.models import Grant, Membership, Organisation, User, sees_members
from academy.people.reach import Reach

EVERYWHERE, NOWHERE = Reach(everywhere=True), Reach()


class GrantRefused(Exception):
    """This grant cannot be given or withdrawn; the message says why, for people."""


def grants_in_force(*, person: User, at: datetime) -> list[Grant]:
    """Return what a person may do at a moment. One query."""
    if not person.is_active:
        return []
    return list(Grant.objects.filter(person=person).in_force(at).select_related("organisation").order_by("pk"))


def reach_of(person: User, permission: str, *, at: datetime | None = None) -> Reach:
    """Return where a person holds ``permission`` ("app.codename"), now or ``at`` a moment. One query at most."""
    if not person.is_active or not person.pk:
        return NOWHERE
    if person.is_superuser:
        return EVERYWHERE
    held = [grant for grant in grants_in_force(person=person, at=at or now()) if allows(grant.kind, permission)]
    return reach_of_grants(held)


def reach_of_grants(grants: Collection[Grant]) -> Reach:
    """Return the places where any of these grants holds."""
    return Reach(
        everywhere=any(grant.scope == GrantScope.SITE for grant in grants),
        paths=tuple(sorted({grant.organisation.path for grant in grants if grant.organisation})),
        courses=frozenset(grant.subject for grant in grants if grant.scope == GrantScope.COURSE and grant.subject),
        cohorts=frozenset(grant.subject for grant in grants if grant.scope == GrantScope.COHORT and grant.subject),
    )


def may_change(*, by: User, person: User, permission: str) -> bool:
    """Return whether ``by`` may do to the account of ``person`` what ``permission`` says.

    Only where that person belongs to nobody else, and never where their own rights go further: whoever changes an
    account could take it over, with all that it may do.
    """
    reach = reach_of(by, permission)
    if reach.everywhere:
        return by.is_superuser or not person.is_superuser
    if person.is_superuser or not reach:
        return False
    current = Membership.objects.current().of(person).select_related("organisation")
    places = [membership.organisation.path for membership in current]
    if not places or not all(reach.covers(path) for path in places):
        return False
    theirs = Grant.objects.filter(person=person).not_over(now()).select_related("organisation")
    return reach.contains(reach_of_grants(list(theirs)))


def is_staff(person: User) -> bool:
    """Whether a person may do more than learn. One query at most."""
    if not person.is_active:
        return False
    return person.is_superuser or Grant.objects.filter(person=person).in_force(now()).exists()


def check_grant(
    *,
    person: User,
    kind: GrantKind,
    scope: GrantScope,
    organisation: Organisation | None,
    by: User | None,
    at: datetime,
) -> None:
    """Raise GrantRefused, with a sentence, when ``by`` may not give this."""
    if scope not in SCOPES[kind]:
        raise GrantRefused(
            _("“%(kind)s” cannot be given for this: %(scope)s.") % {"kind": kind.label, "scope": scope.label}
        )
    if not person.is_active:
        raise GrantRefused(_("This account is closed."))
    if by is None:
        return
    if by.pk == person.pk:
        raise GrantRefused(_("Nobody can give rights to themselves. Ask another administrator."))
    reach = reach_of(by, GIVE_GRANTS, at=at)
    if reach.everywhere:
        return
    if not organisation or not reach.covers(organisation.path):
        raise GrantRefused(_("You can give rights in your own organisation and below it, and nowhere else."))
    if not User.objects.filter(sees_members(reach), pk=person.pk).exists():
        raise GrantRefused(_("This person does not belong to your organisation."))


@transaction.atomic
def give_grant(
    *,
    person: User,
    kind: GrantKind,
    scope: GrantScope,
    by: User | None,
    at: datetime,
    organisation: Organisation | None = None,
    subject: UUID | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    reason: str = "",
) -> Grant:
    """Let a person do what ``kind`` may, in one place, from ``starts_at`` (else now) to ``ends_at`` (else until withdrawn).

    It holds from that moment in sessions that are open already. ``subject`` is the translation key of a course or
    the identity of a cohort. The same grant again, while one of the same end is not over, returns that one.
    ``by`` is None when the program itself acts. Raises GrantRefused.
    """
    check_grant(person=person, kind=kind, scope=scope, organisation=organisation, by=by, at=at)
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    begins = starts_at or at
    if ends_at is not None and ends_at <= begins:
        raise GrantRefused(_("It must end after it starts."))
    same = Grant.objects.not_over(at).filter(
        person=person,
        kind=kind,
        scope=scope,
        organisation=organisation,
        subject=subject,
        starts_at__lte=begins,
        ends_at=ends_at,
    )
    existing: Grant | None = same.first()
    if existing:
        return existing
    if organisation and RIGHTS[kind].files:
        ensure_collection(organisation)
    grant = Grant.objects.create(
        person=person,
        kind=kind,
        scope=scope,
        organisation=organisation,
        subject=subject,
        group=ensure_group(kind=kind, organisation=organisation, subject=subject),
        reason=reason,
        given_at=at,
        given_by=by,
        starts_at=begins,
        ends_at=ends_at,
    )
    told = {"grant": grant.group.name, "starts_at": begins, "ends_at": ends_at}
    record_act(kind=ActKind.GRANT_GIVEN, actor=by, at=at, obj=person, after=told, reason=reason, place=organisation)
    return grant


@transaction.atomic
def withdraw_grant(*, grant: Grant, by: User, at: datetime, reason: str = "") -> Grant:
    """Take a grant back: it holds no longer, in open sessions either. Withdrawn again, nothing changes.

    Whoever may give it may withdraw it, and its holder may give it up. Raises GrantRefused.
    """
    locked = Grant.objects.select_for_update(of=("self",)).select_related("organisation", "group").get(pk=grant.pk)
    if locked.withdrawn_at is not None:
        return locked
    if by.pk != locked.person_id and not may_withdraw(by=by, at=at)(locked):
        raise GrantRefused(_("You can withdraw rights in your own organisation and below it, and nowhere else."))
    locked.withdrawn_at, locked.withdrawn_by = at, by
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    told = {"grant": locked.group.name}
    place = locked.organisation
    record_act(kind=ActKind.GRANT_ENDED, actor=by, at=at, obj=locked.person, before=told, reason=reason, place=place)
    return locked


def may_withdraw(*, by: User, at: datetime) -> Callable[[Grant], bool]:
    """Return a test for grants that ``by`` may withdraw. One query, however many are tested."""
    reach = reach_of(by, GIVE_GRANTS, at=at)

    def inside(grant: Grant) -> bool:
        return reach.everywhere or (grant.organisation is not None and reach.covers(grant.organisation.path))

    return inside
