"""Who may do what with people."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from academy.lib.access import STAFF, Refusal, rule
from academy.people.domain.grants import may_change, reach_of
from academy.people.domain.rights import CHANGE_PEOPLE, CLOSE_ACCOUNTS, GIVE_GRANTS, SEE_AUDIT, SEE_PEOPLE
from academy.people.models import User, sees_members


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
    """Whether ``by`` may change the account of ``person``; of one that was closed for good nobody may."""
    return person.closed_at is None and may_change(by=by, person=person, permission=CHANGE_PEOPLE)


def may_read_audit(person: User | AnonymousUser) -> bool:
    """Say whether a person reads the audit: in the CMS, by a permission of its own."""
    return STAFF.test(person) and person.has_perm("people.view_audit")


# To everybody else there is no such page.
AUDITOR = rule("auditor", may_read_audit, refusal=Refusal.HIDE)

# The same: who may close nobody's account but their own learns nothing of which there are.
CLOSES_ACCOUNTS = rule("closes accounts", lambda user: bool(reach_of(user, CLOSE_ACCOUNTS)), refusal=Refusal.HIDE)
