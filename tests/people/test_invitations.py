"""Invitations: made, found by their code, accepted while there are seats, withdrawn."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import override_settings

from academy.jobs.models import Job
from academy.lib.identifiers import ALPHABET
from academy.people.domain.invitation_codes import code_from, code_of, hash_of, hashes_of
from academy.people.domain.invitations import (
    Invitee,
    accept_invitation,
    invite,
    open_link,
    send_again,
    withdraw_invitation,
)
from academy.people.domain.offers import InvitationRefused, look_at
from academy.people.enums import GrantKind, InvitationKind, InvitationState
from academy.people.models import AuditEvent, Invitation, InvitationMail, InvitationUse, Membership, Organisation, User
from tests.factories.people import (
    InvitationFactory,
    InvitationUseFactory,
    MembershipFactory,
    OrganisationFactory,
    StaffFactory,
    UserFactory,
)
from tests.support.moment import AT

pytestmark = pytest.mark.django_db

SOON = AT + timedelta(days=7)


@pytest.fixture
def colombia() -> Organisation:
    return OrganisationFactory(parent=OrganisationFactory(code="programme"), code="colombia", name="Colombia")


@pytest.fixture
def office(colombia: Organisation) -> User:
    return StaffFactory(display_name="Olga", kinds=[GrantKind.ORGANISATION_ADMIN], kinds__place=colombia)


def invite_all(office: User, organisation: Organisation, *emails: str, **changes: Any) -> Job:
    people = [Invitee(position=number, email=email) for number, email in enumerate(emails, start=1)]
    options = {"language": "es", "message": " Come. ", "expires_at": SOON, "at": AT, **changes}
    return invite(organisation=organisation, people=people, by=office, **options)


def refused(act: Any) -> str:
    with pytest.raises(InvitationRefused) as raised:
        act()
    assert str(raised.value)
    return str(raised.value.reason)


def code(invitation: Invitation) -> str:
    found = code_of(invitation)
    assert found
    return found


def test_audit_tells_where_how_many_and_until_when_and_names_nobody(office: User, colombia: Organisation) -> None:
    invite_all(office, colombia, "ana@example.org", "bo@example.org")
    made = link(office, colombia)
    withdraw_invitation(invitation=made, by=office, at=AT)

    told = AuditEvent.objects.filter(kind="invited").order_by("pk")
    assert [(one.actor_id, one.organisation_id, one.label, one.after) for one in told] == [
        (office.pk, colombia.pk, "Colombia", {"rows": 2, "ends_at": SOON.isoformat()}),
        (office.pk, colombia.pk, "Colombia", {"what": "link", "rows": 2, "ends_at": SOON.isoformat()}),
        (office.pk, colombia.pk, "Colombia", {"what": "withdrawn"}),
    ]


# Codes -------------------------------------------------------------------------------------------


def test_code_is_long_and_not_in_the_database(colombia: Organisation) -> None:
    invitation = InvitationFactory(organisation=colombia)
    letters = code(invitation)

    assert len(letters) == 26
    assert set(letters) <= set(ALPHABET)
    assert letters not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert hashes_of(f" {letters.lower()[:5]}-{letters[5:]}") == [invitation.code_hash]
    assert code(InvitationFactory()) != letters
    assert hashes_of("short") == hashes_of("") == []


def test_code_needs_the_key_and_survives_its_rotation(colombia: Organisation, learner: User) -> None:
    invitation = InvitationFactory(organisation=colombia, kind=InvitationKind.OPEN)
    letters = code(invitation)

    with override_settings(SECRET_KEY="y" * 60):
        assert code_of(invitation) is None
        assert refused(lambda: look_at(code=letters, person=None, at=AT)) == "unknown"
    with override_settings(SECRET_KEY="y" * 60, SECRET_KEY_FALLBACKS=["only-for-the-test-suite-" + "x" * 40]):
        assert code_of(invitation) == letters
        assert accept_invitation(code=letters, person=learner, at=AT).organisation == colombia


# Inviting ----------------------------------------------------------------------------------------


def test_invited_people_get_a_row_and_an_e_mail_to_be_sent(office: User, colombia: Organisation) -> None:
    job = invite_all(office, colombia, "Ana@Example.org ", "bo@example.org")

    rows = Invitation.objects.order_by("pk")
    assert [(row.email, row.seats, row.language, row.message, row.invited_by) for row in rows] == [
        ("ana@example.org", 1, "es", "Come.", office),
        ("bo@example.org", 1, "es", "Come.", office),
    ]
    assert (job.total, job.state) == (2, "waiting")
    assert list(InvitationMail.objects.values_list("job", "position", "state")) == [
        (job.pk, 1, "waiting"),
        (job.pk, 2, "waiting"),
    ]


def test_whoever_waits_is_not_invited_twice_and_who_ran_out_is_again(office: User, colombia: Organisation) -> None:
    invite_all(office, colombia, "ana@example.org", "bo@example.org", expires_at=AT + timedelta(days=1))
    later = AT + timedelta(hours=1)

    assert invite_all(office, colombia, "ANA@example.org", "cy@example.org", "cy@example.org", at=later).total == 1
    assert Invitation.objects.count() == 3
    assert invite_all(office, colombia, "ana@example.org", at=AT + timedelta(days=2)).total == 1

    old, new = Invitation.objects.filter(email="ana@example.org").order_by("pk")
    assert (old.withdrawn_by, new.withdrawn_by) == (office, None)
    assert new.state_at(AT + timedelta(days=2)) is InvitationState.WAITING


@pytest.mark.parametrize("ends", [AT, AT - timedelta(days=1), AT + timedelta(days=400)])
def test_end_that_cannot_be_is_refused(office: User, colombia: Organisation, ends: datetime) -> None:
    assert refused(lambda: invite_all(office, colombia, "a@example.org", expires_at=ends)) == "end"


def link(office: User, organisation: Organisation, **changes: Any) -> Invitation:
    options = {"seats": 2, "language": "en", "message": "", "expires_at": SOON, "at": AT, **changes}
    return open_link(organisation=organisation, by=office, **options)


def test_only_who_administers_the_branch_invites(office: User, colombia: Organisation, learner: User) -> None:
    elsewhere = OrganisationFactory(parent=Organisation.objects.get(code="programme"))
    invitation = InvitationFactory(organisation=elsewhere)
    trainer = StaffFactory(kinds=[GrantKind.TRAINER], kinds__place=colombia)

    assert refused(lambda: invite_all(office, elsewhere, "a@example.org")) == "not_yours"
    assert refused(lambda: link(office, elsewhere)) == "not_yours"
    assert refused(lambda: link(learner, colombia)) == "not_yours"
    assert refused(lambda: link(trainer, colombia)) == "not_yours"
    assert refused(lambda: withdraw_invitation(invitation=invitation, by=office, at=AT)) == "not_yours"
    assert refused(lambda: send_again(invitation=invitation, by=office, at=AT)) == "not_yours"
    assert Invitation.objects.get() == invitation


@pytest.mark.parametrize("seats", [0, -1, 10_001])
def test_number_of_seats_that_cannot_be_is_refused(office: User, colombia: Organisation, seats: int) -> None:
    assert refused(lambda: link(office, colombia, seats=seats)) == "seats"


def test_closed_organisation_invites_nobody(office: User, colombia: Organisation, learner: User) -> None:
    made = link(office, colombia)
    colombia.closed_at, colombia.closed_by = AT, office
    colombia.save()

    assert refused(lambda: link(office, colombia)) == "closed"
    assert refused(lambda: accept_invitation(code=code(made), person=learner, at=AT)) == "closed"


@pytest.mark.parametrize(
    "nonsense",
    [
        {"seats": 0},
        {"seats": 2},
        {"email": ""},
        {"email": "Ana@example.org"},
        {"expires_at": AT},
        {"kind": "public"},
        {"kind": InvitationKind.OPEN, "email": "a@example.org"},
        {"language": "en", "accepted_at": AT},
    ],
)
def test_database_refuses_nonsense(colombia: Organisation, nonsense: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(organisation=colombia, **nonsense)


def test_database_refuses_a_second_open_invitation(colombia: Organisation) -> None:
    InvitationFactory(organisation=colombia, email="a@example.org")
    InvitationFactory(organisation=OrganisationFactory(), email="a@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(organisation=colombia, email="a@example.org")


# Accepting ---------------------------------------------------------------------------------------


def test_person_joins_by_their_invitation(colombia: Organisation, learner: User) -> None:
    invitation = InvitationFactory(organisation=colombia, email=learner.email)

    membership = accept_invitation(code=code(invitation), person=learner, at=AT)

    assert (membership.person, membership.organisation, membership.joined_through, membership.joined_by) == (
        learner,
        colombia,
        "invitation",
        learner,
    )
    use = InvitationUse.objects.get()
    assert (use.invitation, use.person, use.membership, use.used_at) == (invitation, learner, membership, AT)
    invitation.refresh_from_db()
    assert invitation.accepted_by == learner
    assert refused(lambda: accept_invitation(code=code(invitation), person=learner, at=AT)) == "member"


def test_confirmed_second_address_counts_and_an_unconfirmed_one_does_not(colombia: Organisation, learner: User) -> None:
    invitation = InvitationFactory(organisation=colombia, email="second@example.org")
    other = EmailAddress.objects.create(user=learner, email="second@example.org", verified=False)
    assert refused(lambda: accept_invitation(code=code(invitation), person=learner, at=AT)) == "other_address"

    other.verified = True
    other.save()

    assert accept_invitation(code=code(invitation), person=learner, at=AT).person == learner


def test_reasons_why_an_invitation_cannot_be_accepted(
    office: User, colombia: Organisation, learner: User, outsider: User
) -> None:
    personal = InvitationFactory(organisation=colombia, email="else@example.org")
    taken = InvitationFactory(organisation=colombia, kind=InvitationKind.OPEN, seats=1)
    InvitationUseFactory(invitation=taken)
    withdrawn = withdraw_invitation(invitation=link(office, colombia), by=office, at=AT)
    ended = link(office, colombia)

    def why(invitation: Invitation, at: datetime = AT) -> str:
        return refused(lambda: accept_invitation(code=code(invitation), person=learner, at=at))

    assert why(personal) == "other_address"
    assert why(taken) == "full"
    assert why(withdrawn) == "withdrawn"
    assert why(ended, at=SOON) == "expired"
    assert refused(lambda: accept_invitation(code="0" * 26, person=learner, at=AT)) == "unknown"
    assert refused(lambda: accept_invitation(code="x", person=learner, at=AT)) == "unknown"
    assert not Membership.objects.filter(person=learner).exists()


def test_who_left_comes_back_and_earlier_history_stays(office: User, colombia: Organisation, learner: User) -> None:
    before = MembershipFactory(person=learner, organisation=colombia, left_at=AT, left_by=learner)

    now_again = accept_invitation(code=code(link(office, colombia)), person=learner, at=AT)

    assert list(Membership.objects.of(learner)) == [before, now_again]


def test_withdrawn_link_keeps_who_joined_and_is_withdrawn_once(
    office: User, colombia: Organisation, learner: User
) -> None:
    made = link(office, colombia)
    membership = accept_invitation(code=code(made), person=learner, at=AT)

    withdraw_invitation(invitation=made, by=office, at=AT)
    again = withdraw_invitation(invitation=made, by=office, at=SOON)

    assert again.withdrawn_at == AT
    membership.refresh_from_db()
    assert membership.left_at is None


def test_states_in_python_and_in_the_database_agree(colombia: Organisation) -> None:
    waiting = InvitationFactory(organisation=colombia)
    expired = InvitationFactory(organisation=colombia, expires_at=AT + timedelta(minutes=1))
    withdrawn = InvitationFactory(organisation=colombia, withdrawn_at=AT, withdrawn_by=UserFactory())
    used = InvitationFactory(organisation=colombia, kind=InvitationKind.OPEN, seats=1)
    InvitationUseFactory(invitation=used)
    half = InvitationFactory(organisation=colombia, kind=InvitationKind.OPEN, seats=2)
    InvitationUseFactory(invitation=half)
    at = AT + timedelta(hours=1)

    found = {state: set(Invitation.objects.in_state(state, at)) for state in InvitationState}

    assert found == {"waiting": {waiting, half}, "expired": {expired}, "withdrawn": {withdrawn}, "used": {used}}
    for rows in (Invitation.objects.all(), Invitation.objects.with_uses()):
        assert {row: row.state_at(at) for row in rows} == {row: state for state, all_ in found.items() for row in all_}


def test_hash_depends_on_the_key() -> None:
    identity = uuid.UUID(int=1)

    assert code_from(identity) == code_from(identity)
    assert code_from(identity, key="a" * 50) != code_from(identity)
    assert hash_of("A" * 26, key="a" * 50) != hash_of("A" * 26)
