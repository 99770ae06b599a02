"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, open_account, update_profile
from academy.people.domain.grants import GrantRefused, give_grant, is_staff, reach_of, withdraw_grant
from academy.people.domain.groups import sync_groups
from academy.people.domain.memberships import join
from academy.people.domain.organisations import find_organisation, found_organisation
from academy.people.domain.visitors import person_of
from academy.people.enums import GrantKind, GrantScope, JoinedBy, OrganisationKind
from academy.people.reach import Reach

__all__ = [
    "GrantKind",
    "GrantRefused",
    "GrantScope",
    "JoinedBy",
    "NotYourAccount",
    "OrganisationKind",
    "Reach",
    "find_organisation",
    "found_organisation",
    "give_grant",
    "is_staff",
    "join",
    "open_account",
    "person_of",
    "reach_of",
    "sync_groups",
    "update_profile",
    "withdraw_grant",
]
