"""Who may do what with people."""

from __future__ import annotations

from academy.lib.clock import now
from academy.people.domain.grants import reach_of, reach_of_grants
from academy.people.domain.rights import CHANGE_PEOPLE, SEE_AUDIT
from academy.people.models import Grant, User, sees_members


def sees_whole_history(person: User) -> bool:
    """Whether a person may read what anybody did anywhere. One query at most."""
    return reach_of(person, SEE_AUDIT).everywhere


def can_amend(by: User, person: User) -> bool:
    """Whether ``by`` may change the account of ``person``.

    Only within reach, and never of somebody whose own rights go further: whoever can change an address can take
    an account over, with all that it may do.
    """
    reach = reach_of(by, CHANGE_PEOPLE)
    if reach.everywhere:
        return by.is_superuser or not person.is_superuser
    if person.is_superuser or not User.objects.filter(sees_members(reach), pk=person.pk).exists():
        return False
    theirs = reach_of_grants(list(Grant.objects.filter(person=person).not_over(now()).select_related("organisation")))
    return reach.contains(theirs)
