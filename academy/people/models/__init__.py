"""Who there is, where they belong, and what they may do."""

from academy.people.models.grants import Grant, GroupInForce
from academy.people.models.organisations import (
    Membership,
    MembershipRequest,
    Organisation,
    OrganisationDomain,
    OrganisationMove,
    OrganisationName,
    OrganisationSection,
    sees_members,
)
from academy.people.models.people import User, UserManager, validate_time_zone
from academy.people.models.uploads import StagedUpload

__all__ = [
    "Grant",
    "GroupInForce",
    "Membership",
    "MembershipRequest",
    "Organisation",
    "OrganisationDomain",
    "OrganisationMove",
    "OrganisationName",
    "OrganisationSection",
    "StagedUpload",
    "User",
    "UserManager",
    "sees_members",
    "validate_time_zone",
]
