"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, disable_account, open_account, tidy_name, update_profile
from academy.people.domain.audit import NotForTheAudit, record_act, record_change, record_refusal
from academy.people.domain.closing import ClosedAccount, LastAdministrator, MayNotClose, close_account, may_close
from academy.people.domain.email_domains import domain_problem, handed_down, tidy_domains
from academy.people.domain.factors import has_second_factor
from academy.people.domain.grants import GrantRefused, give_grant, is_staff, reach_of, withdraw_grant
from academy.people.domain.groups import pages_of, sync_groups
from academy.people.domain.invitations import Invitee, accept_invitation, invite, open_link, withdraw_invitation
from academy.people.domain.memberships import add_member, join, join_by_domain, may_add
from academy.people.domain.offers import InvitationRefused
from academy.people.domain.organisations import (
    amend_organisation,
    check_code,
    check_place,
    find_organisation,
    found_organisation,
)
from academy.people.domain.people_imports import INVITED_FOR, add_people, start_import
from academy.people.domain.people_plans import Candidate, Outcome, PeoplePlan, PlannedPerson, plan_people
from academy.people.domain.providers import on_signed_in, organisation_codes
from academy.people.domain.record import VERSION as RECORD_VERSION
from academy.people.domain.record import PersonalRecord, RecordPart, download_record
from academy.people.domain.refusals import MembershipRefused, OrganisationRefused
from academy.people.domain.retention import Period, periods
from academy.people.domain.sessions import close_sessions
from academy.people.domain.step_up import recently_authenticated, require_recent_authentication
from academy.people.domain.uploads import drop_upload, stage_upload, staged_upload
from academy.people.domain.visitors import person_of, person_url, zone_of
from academy.people.enums import ActKind, ClosingReason, GrantKind, GrantScope, JoinedBy, OrganisationKind
from academy.people.reach import Reach
from academy.people.rules import AUDITOR, CLOSES_ACCOUNTS, administers_site, may_read_audit, sees_whole_history

__all__ = [
    "AUDITOR",
    "CLOSES_ACCOUNTS",
    "INVITED_FOR",
    "RECORD_VERSION",
    "ActKind",
    "Candidate",
    "ClosedAccount",
    "ClosingReason",
    "GrantKind",
    "GrantRefused",
    "GrantScope",
    "InvitationRefused",
    "Invitee",
    "JoinedBy",
    "LastAdministrator",
    "MayNotClose",
    "MembershipRefused",
    "NotForTheAudit",
    "NotYourAccount",
    "OrganisationKind",
    "OrganisationRefused",
    "Outcome",
    "PeoplePlan",
    "Period",
    "PersonalRecord",
    "PlannedPerson",
    "Reach",
    "RecordPart",
    "accept_invitation",
    "add_member",
    "add_people",
    "administers_site",
    "amend_organisation",
    "check_code",
    "check_place",
    "close_account",
    "close_sessions",
    "disable_account",
    "domain_problem",
    "download_record",
    "drop_upload",
    "find_organisation",
    "found_organisation",
    "give_grant",
    "handed_down",
    "has_second_factor",
    "invite",
    "is_staff",
    "join",
    "join_by_domain",
    "may_add",
    "may_close",
    "may_read_audit",
    "on_signed_in",
    "open_account",
    "open_link",
    "organisation_codes",
    "pages_of",
    "periods",
    "person_of",
    "person_url",
    "plan_people",
    "reach_of",
    "recently_authenticated",
    "record_act",
    "record_change",
    "record_refusal",
    "require_recent_authentication",
    "sees_whole_history",
    "stage_upload",
    "staged_upload",
    "start_import",
    "sync_groups",
    "tidy_domains",
    "tidy_name",
    "update_profile",
    "withdraw_grant",
    "withdraw_invitation",
    "zone_of",
]
