"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, open_account, update_profile
from academy.people.domain.grants import GrantRefused, give_grant, is_staff, reach_of, withdraw_grant
from academy.people.domain.groups import sync_groups
from academy.people.domain.memberships import add_member, join, join_by_domain
from academy.people.domain.organisations import amend_organisation, find_organisation, found_organisation
from academy.people.domain.refusals import MembershipRefused, OrganisationRefused
from academy.people.domain.visitors import person_of
from academy.people.enums import GrantKind, GrantScope, JoinedBy, OrganisationKind
from academy.people.reach import Reach

__all__ = [
    "GrantKind",
    "GrantRefused",
    "GrantScope",
    "JoinedBy",
    "MembershipRefused",
    "NotYourAccount",
    "OrganisationKind",
    "OrganisationRefused",
    "Reach",
    "add_member",
    "amend_organisation",
    "find_organisation",
    "found_organisation",
    "give_grant",
    "is_staff",
    "join",
    "join_by_domain",
    "open_account",
    "person_of",
    "reach_of",
    "sync_groups",
    "update_profile",
    "withdraw_grant",
]
