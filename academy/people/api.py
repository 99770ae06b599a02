"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, disable_account, open_account, update_profile
from academy.people.domain.audit import NotForTheAudit, record_act, record_change, record_refusal
from academy.people.domain.factors import has_second_factor
from academy.people.domain.grants import GrantRefused, give_grant, is_staff, reach_of, withdraw_grant
from academy.people.domain.groups import pages_of, sync_groups
from academy.people.domain.memberships import join
from academy.people.domain.organisations import find_organisation, found_organisation
from academy.people.domain.providers import on_signed_in, organisation_codes
from academy.people.domain.sessions import close_sessions
from academy.people.domain.step_up import recently_authenticated, require_recent_authentication
from academy.people.domain.visitors import person_of, person_url, zone_of
from academy.people.enums import ActKind, GrantKind, GrantScope, JoinedBy, OrganisationKind
from academy.people.reach import Reach
from academy.people.rules import AUDITOR, may_read_audit

__all__ = [
    "AUDITOR",
    "ActKind",
    "GrantKind",
    "GrantRefused",
    "GrantScope",
    "JoinedBy",
    "NotForTheAudit",
    "NotYourAccount",
    "OrganisationKind",
    "Reach",
    "close_sessions",
    "disable_account",
    "find_organisation",
    "found_organisation",
    "give_grant",
    "has_second_factor",
    "is_staff",
    "join",
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
    "sync_groups",
    "update_profile",
    "withdraw_grant",
    "zone_of",
]
