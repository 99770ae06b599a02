"""What an invitation offers to the person who looks at it, or why it offers nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.utils.translation import gettext as _

from academy.people.domain.invitation_codes import hashes_of
from academy.people.enums import InvitationKind, InvitationState
from academy.people.models import Invitation, Membership, User


class Reason(StrEnum):
    """Why an invitation cannot be made or accepted."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    FULL = "full"
    CLOSED = "closed"
    OTHER_ADDRESS = "other_address"
    MEMBER = "member"
    NOT_YOURS = "not_yours"
    SEATS = "seats"
    END = "end"
    OVER = "over"


# Nothing can be done about these by the person who was invited.
OVER = frozenset({Reason.UNKNOWN, Reason.WITHDRAWN, Reason.EXPIRED, Reason.FULL, Reason.CLOSED})


class InvitationRefused(Exception):
    """This cannot be done with an invitation. ``reason`` is for programs, the message for people."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """An invitation as whoever opened its link sees it. ``refused`` says why this person cannot accept it."""

    invitation: Invitation
    organisation: str
    inviter: str
    refused: InvitationRefused | None

    @property
    def is_personal(self) -> bool:
        """It was sent to one address."""
        return self.invitation.kind == InvitationKind.PERSONAL

    @property
    def is_member(self) -> bool:
        """Who looks belongs to the organisation already."""
        return self.refused is not None and self.refused.reason is Reason.MEMBER


def look_at(*, code: str, person: User | None, at: datetime) -> Offer:
    """Return what the invitation with this code offers to a person; None is a visitor.

    Raises InvitationRefused for a code that leads nowhere, or nowhere any more.
    """
    found = (
        Invitation.objects.filter(code_hash__in=hashes_of(code))
        .select_related("organisation", "invited_by")
        .prefetch_related("organisation__names")
        .first()
    )
    refused = None
    try:
        check_offer(found, person=person, at=at)
    except InvitationRefused as error:
        if found is None or error.reason in OVER:
            raise
        refused = error
    assert found is not None  # else it was refused
    return Offer(
        invitation=found,
        organisation=found.organisation.local_name,
        inviter=found.invited_by.display_name,
        refused=refused,
    )


def check_offer(invitation: Invitation | None, *, person: User | None, at: datetime) -> Invitation:
    """Return the invitation if this person may accept it. Raises InvitationRefused."""
    if invitation is None:
        raise InvitationRefused(Reason.UNKNOWN, _("This is not the code of an invitation."))
    if person is not None and _belongs(person, invitation):
        raise InvitationRefused(
            Reason.MEMBER, _("You belong to “%(name)s” already.") % {"name": invitation.organisation.local_name}
        )
    if invitation.organisation.closed_at is not None:
        raise InvitationRefused(Reason.CLOSED, _("The organisation that invited you is closed."))
    over = {
        InvitationState.WITHDRAWN: (Reason.WITHDRAWN, _("This invitation was withdrawn.")),
        InvitationState.USED: (Reason.FULL, _("All places of this invitation are taken.")),
        InvitationState.EXPIRED: (Reason.EXPIRED, _("This invitation has expired.")),
    }
    state = invitation.state_at(at)
    if state in over:
        raise InvitationRefused(*over[state])
    if person is not None and invitation.email and invitation.email not in addresses_of(person):
        raise InvitationRefused(
            Reason.OTHER_ADDRESS,
            _("This invitation was sent to another address than yours (%(email)s).") % {"email": person.email},
        )
    return invitation


def addresses_of(person: User) -> set[str]:
    """Return the confirmed addresses of a person."""
    found = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {address.lower() for address in found}


def _belongs(person: User, invitation: Invitation) -> bool:
    return Membership.objects.current().filter(person=person, organisation=invitation.organisation_id).exists()
