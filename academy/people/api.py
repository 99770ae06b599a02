"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, open_account, tidy_name, update_profile
from academy.people.domain.email_domains import domain_problem, handed_down, tidy_domains
from academy.people.domain.grants import GrantRefused, give_grant, is_staff, reach_of, withdraw_grant
from academy.people.domain.groups import sync_groups
from academy.people.domain.memberships import add_member, join, join_by_domain, may_add
from academy.people.domain.organisations import (
    amend_organisation,
    check_code,
    check_place,
    find_organisation,
    found_organisation,
)
from academy.people.domain.refusals import MembershipRefused, OrganisationRefused
from academy.people.domain.uploads import drop_upload, stage_upload, staged_upload
from academy.people.domain.visitors import person_of
from academy.people.enums import GrantKind, GrantScope, JoinedBy, OrganisationKind
from academy.people.reach import Reach
from academy.people.rules import sees_whole_history

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
    "check_code",
    "check_place",
    "domain_problem",
    "drop_upload",
    "find_organisation",
    "found_organisation",
    "give_grant",
    "handed_down",
    "is_staff",
    "join",
    "join_by_domain",
    "may_add",
    "open_account",
    "person_of",
    "reach_of",
    "sees_whole_history",
    "stage_upload",
    "staged_upload",
    "sync_groups",
    "tidy_domains",
    "tidy_name",
    "update_profile",
    "withdraw_grant",
]
