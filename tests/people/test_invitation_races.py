"""Many at once for the last seats of a link. The same race without locks must fail: else it would prove nothing."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

import pytest

from academy.people.domain.invitation_codes import code_of
from academy.people.domain.invitations import Invitee, accept_invitation, invite
from academy.people.domain.offers import InvitationRefused
from academy.people.enums import GrantKind, InvitationKind
from academy.people.models import Invitation, InvitationUse, Membership
from tests.factories.people import InvitationFactory, OrganisationFactory, StaffFactory, UserFactory
from tests.support.moment import AT
from tests.support.races import THREADS, Outcome, race, without_protection

pytestmark = pytest.mark.django_db(transaction=True)

SEATS = 3


def bare(verb: Callable[..., Any]) -> Callable[..., Any]:
    """The verb without its transaction."""
    return verb.__wrapped__  # type: ignore[attr-defined]  # what functools.wraps leaves


def race_for_seats(invitation: Invitation, verb: Callable[..., Any]) -> Outcome:
    """Let twelve people accept one link at once."""
    people = iter([UserFactory() for _thread in range(THREADS)])
    lock, code = Lock(), code_of(invitation)

    def accept() -> Any:
        with lock:
            person = next(people)
        return verb(code=code, person=person, at=AT)

    return race(accept, gap='FROM "people_invitationuse"')


def test_seats_are_never_exceeded() -> None:
    link = InvitationFactory(kind=InvitationKind.OPEN, seats=SEATS)

    outcome = race_for_seats(link, accept_invitation)

    assert len(outcome.returned) == SEATS
    assert {(type(error), str(error.reason)) for error in outcome.raised} == {(InvitationRefused, "full")}
    assert len(outcome.raised) == THREADS - SEATS
    assert InvitationUse.objects.count() == Membership.objects.count() == SEATS


def test_without_locks_seats_are_exceeded(monkeypatch: pytest.MonkeyPatch) -> None:
    link = InvitationFactory(kind=InvitationKind.OPEN, seats=SEATS)

    with without_protection(monkeypatch):
        race_for_seats(link, bare(accept_invitation))

    assert InvitationUse.objects.count() > SEATS


def test_one_person_at_two_links_belongs_once() -> None:
    person, organisation = UserFactory(), OrganisationFactory()
    made = [InvitationFactory(organisation=organisation, kind=InvitationKind.OPEN, seats=9) for _n in range(2)]
    codes = iter([code_of(one) for one in made * (THREADS // 2)])
    lock = Lock()

    def accept() -> Any:
        with lock:
            code = next(codes)
        return accept_invitation(code=code, person=person, at=AT)

    outcome = race(accept, gap='FROM "people_membership"')

    assert len(outcome.returned) == 1
    assert {str(error.reason) for error in outcome.raised} == {"member"}
    assert Membership.objects.count() == InvitationUse.objects.count() == 1


def test_the_same_list_twelve_times_at_once_invites_once() -> None:
    organisation = OrganisationFactory()
    office = StaffFactory(kinds=[GrantKind.ORGANISATION_ADMIN], kinds__place=organisation)
    people = [Invitee(position=1, email="ana@example.org"), Invitee(position=2, email="bo@example.org")]

    def act() -> Any:
        return invite(
            organisation=organisation,
            people=people,
            language="en",
            message="",
            expires_at=AT.replace(month=4),
            by=office,
            at=AT,
        )

    outcome = race(act, gap='FROM "people_invitation"')

    assert outcome.raised == []
    assert sorted(job.total for job in outcome.returned) == [0] * (THREADS - 1) + [2]
    assert Invitation.objects.count() == 2
