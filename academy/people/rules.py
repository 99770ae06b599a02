"""Who may do what with people."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from academy.lib.access import STAFF, Refusal, rule
from academy.lib.clock import now
from academy.people.domain.grants import reach_of, reach_of_grants
from academy.people.domain.rights import CHANGE_PEOPLE, GIVE_GRANTS, SEE_AUDIT, SEE_PEOPLE
from academy.people.models import Grant, Membership, User, sees_members


def can_see_person(by: User, person: User) -> bool:
    """Whether ``by`` may know of ``person`` as somebody who has an account. One query, two for people of a branch."""
    reach = reach_of(by, SEE_PEOPLE)
    return reach.everywhere or User.objects.filter(sees_members(reach), pk=person.pk).exists()


def sees_whole_history(person: User) -> bool:
    """Whether a person may read what anybody did anywhere. One query at most."""
    return reach_of(person, SEE_AUDIT).everywhere


def administers_site(person: User) -> bool:
    """Whether a person answers for every country: gives rights anywhere. One query at most."""
    return reach_of(person, GIVE_GRANTS).everywhere


def can_amend(by: User, person: User) -> bool:
    """Whether ``by`` may change the account of ``person``.

    Only where that person belongs to nobody else, and never where their own rights go further: whoever changes an
    account could take it over, with all that it may do.
    """
    reach = reach_of(by, CHANGE_PEOPLE)
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


def may_read_audit(person: User | AnonymousUser) -> bool:
    """Say whether a person reads the audit: in the CMS, by a permission of its own."""
    return STAFF.test(person) and person.has_perm("people.view_audit")


# To everybody else there is no such page.
AUDITOR = rule("auditor", may_read_audit, refusal=Refusal.HIDE)
