"""Who there is, where they belong, what they may do, and what was done."""

from academy.people.models.audit import AuditEvent
from academy.people.models.grants import Grant, GroupInForce
from academy.people.models.invitations import (
    Invitation,
    InvitationMail,
    InvitationUse,
    PeopleImport,
)
from academy.people.models.memberships import Membership, MembershipRequest, sees_members
from academy.people.models.organisations import (
    Organisation,
    OrganisationDomain,
    OrganisationMove,
    OrganisationName,
    OrganisationSection,
    below,
)
from academy.people.models.people import CLOSED, User, UserManager, validate_time_zone
from academy.people.models.providers import ProviderOrganisation, SignInProvider
from academy.people.models.uploads import StagedUpload

__all__ = [
    "CLOSED",
    "AuditEvent",
    "Grant",
    "GroupInForce",
    "Invitation",
    "InvitationMail",
    "InvitationUse",
    "Membership",
    "MembershipRequest",
    "Organisation",
    "OrganisationDomain",
    "OrganisationMove",
    "OrganisationName",
    "OrganisationSection",
    "PeopleImport",
    "ProviderOrganisation",
    "SignInProvider",
    "StagedUpload",
    "User",
    "UserManager",
    "below",
    "sees_members",
    "validate_time_zone",
]
