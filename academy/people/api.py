"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, open_account, update_profile
from academy.people.domain.grants import GrantRefused, give_grant, is_staff, reach_of, withdraw_grant
from academy.people.domain.groups import sync_groups
from academy.people.domain.invitations import Invitee, accept_invitation, invite, open_link, withdraw_invitation
from academy.people.domain.memberships import join
from academy.people.domain.offers import InvitationRefused
from academy.people.domain.organisations import find_organisation, found_organisation
from academy.people.domain.people_imports import INVITED_FOR, add_people, start_import
from academy.people.domain.people_plans import Candidate, Outcome, PeoplePlan, PlannedPerson, plan_people
from academy.people.domain.uploads import drop_upload, stage_upload, staged_upload
from academy.people.domain.visitors import person_of
from academy.people.enums import GrantKind, GrantScope, JoinedBy, OrganisationKind
from academy.people.reach import Reach

__all__ = [
    "INVITED_FOR",
    "Candidate",
    "GrantKind",
    "GrantRefused",
    "GrantScope",
    "InvitationRefused",
    "Invitee",
    "JoinedBy",
    "NotYourAccount",
    "OrganisationKind",
    "Outcome",
    "PeoplePlan",
    "PlannedPerson",
    "Reach",
    "accept_invitation",
    "add_people",
    "drop_upload",
    "find_organisation",
    "found_organisation",
    "give_grant",
    "invite",
    "is_staff",
    "join",
    "open_account",
    "open_link",
    "person_of",
    "plan_people",
    "reach_of",
    "stage_upload",
    "staged_upload",
    "start_import",
    "sync_groups",
    "update_profile",
    "withdraw_grant",
    "withdraw_invitation",
]
