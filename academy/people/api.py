"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, disable_account, open_account, tidy_name, update_profile
from academy.people.domain.audit import NotForTheAudit, record_act, record_change, record_refusal
from academy.people.domain.email_domains import domain_problem, handed_down, tidy_domains
from academy.people.domain.factors import has_second_factor
from academy.people.domain.grants import GrantRefused, give_grant, is_staff, reach_of, withdraw_grant
from academy.people.domain.groups import pages_of, sync_groups
from academy.people.domain.memberships import add_member, join, join_by_domain, may_add
from academy.people.domain.organisations import (
    amend_organisation,
    check_code,
    check_place,
    find_organisation,
    found_organisation,
)
from academy.people.domain.providers import on_signed_in, organisation_codes
from academy.people.domain.refusals import MembershipRefused, OrganisationRefused
from academy.people.domain.sessions import close_sessions
from academy.people.domain.step_up import recently_authenticated, require_recent_authentication
from academy.people.domain.uploads import drop_upload, stage_upload, staged_upload
from academy.people.domain.visitors import person_of, person_url, zone_of
from academy.people.enums import ActKind, GrantKind, GrantScope, JoinedBy, OrganisationKind
from academy.people.reach import Reach
from academy.people.rules import AUDITOR, administers_site, may_read_audit, sees_whole_history

__all__ = [
    "AUDITOR",
    "ActKind",
    "GrantKind",
    "GrantRefused",
    "GrantScope",
    "JoinedBy",
    "MembershipRefused",
    "NotForTheAudit",
    "NotYourAccount",
    "OrganisationKind",
    "OrganisationRefused",
    "Reach",
    "add_member",
    "administers_site",
    "amend_organisation",
    "check_code",
    "check_place",
    "close_sessions",
    "disable_account",
    "domain_problem",
    "drop_upload",
    "find_organisation",
    "found_organisation",
    "give_grant",
    "handed_down",
    "has_second_factor",
    "is_staff",
    "join",
    "join_by_domain",
    "may_add",
    "may_read_audit",
    "on_signed_in",
    "open_account",
    "organisation_codes",
    "pages_of",
    "person_of",
    "person_url",
    "reach_of",
    "recently_authenticated",
    "record_act",
    "record_change",
    "record_refusal",
    "require_recent_authentication",
    "sees_whole_history",
    "stage_upload",
    "staged_upload",
    "sync_groups",
    "tidy_domains",
    "tidy_name",
    "update_profile",
    "withdraw_grant",
    "zone_of",
]
