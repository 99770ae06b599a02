"""Invitations in the CMS: seen, made, printed, withdrawn, as far as one's right reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from academy.people.domain.invitation_codes import code_of
from academy.people.enums import GrantKind, InvitationKind
from academy.people.models import Invitation, Organisation, User
from tests.factories.people import (
    InvitationFactory,
    InvitationUseFactory,
    OrganisationFactory,
    StaffFactory,
)
from tests.support.moment import AT
from tests.support.queries import counted_get
from tests.support.queue import run_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def today() -> Iterator[None]:
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def colombia() -> Organisation:
    return OrganisationFactory(parent=OrganisationFactory(code="programme"), code="colombia", name="Colombia")


@pytest.fixture
def indonesia(colombia: Organisation) -> Organisation:
    return OrganisationFactory(parent=Organisation.objects.get(code="programme"), code="indonesia", name="Indonesia")


@pytest.fixture
def office(client: Client, colombia: Organisation) -> User:
    person: User = StaffFactory(display_name="Olga", kinds=[GrantKind.ORGANISATION_ADMIN], kinds__place=colombia)
    client.force_login(person)
    return person


def of(name: str, invitation: Invitation) -> str:
    return reverse(name, args=[invitation.uuid])


PAGES = ("invitation", "print_invitation")
ACTS = ("withdraw_invitation", "send_invitation_again")


def test_list_shows_state_and_seats_within_reach(
    client: Client, office: User, colombia: Organisation, indonesia: Organisation
) -> None:
    link = InvitationFactory(organisation=colombia, kind=InvitationKind.OPEN)
    InvitationUseFactory(invitation=link)
    InvitationFactory(organisation=colombia, email="ana@example.org", name="Ana Paz")
    InvitationFactory(organisation=indonesia, email="canary@example.org")

    html = client.get(reverse("invitations")).text

    assert "Ana Paz &lt;ana@example.org&gt;" in html
    assert "1 of 3" in html
    assert "0 of 1" in html
    assert "canary" not in html
    assert "Indonesia" not in html
    for name in ("open_link", "invite_people", "import_people"):
        assert f'href="{reverse(name)}"' in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "withdrawn"}, {"withdrawn"}),
        ({"state": "waiting"}, {"open"}),
        ({"state": "expired"}, {"expired"}),
        ({"kind": "personal"}, {"open", "withdrawn", "expired"}),
        ({"kind": "open"}, set()),
        ({"q": "open@"}, {"open"}),
        ({"mail": "failed"}, set()),
    ],
)
def test_list_is_filtered(
    client: Client, office: User, colombia: Organisation, query: dict[str, str], found: set[str]
) -> None:
    InvitationFactory(organisation=colombia, email="open@example.org")
    InvitationFactory(organisation=colombia, email="withdrawn@example.org", withdrawn_at=AT, withdrawn_by=office)
    InvitationFactory(organisation=colombia, email="expired@example.org", expires_at=AT + timedelta(minutes=1))

    html = client.get(reverse("invitations"), query).text

    assert set(re.findall(r">\s*(\w+)@example.org\s*<", html)) == found


def test_list_has_a_fixed_number_of_queries(client: Client, office: User, colombia: Organisation) -> None:
    InvitationFactory(organisation=colombia, invited_by=office)
    _response, few = counted_get(client, reverse("invitations"))
    InvitationFactory.create_batch(2, organisation=colombia)

    _response, many = counted_get(client, reverse("invitations"))

    assert len(many) == len(few)


@pytest.mark.parametrize("name", PAGES)
def test_beyond_reach_there_is_no_invitation(client: Client, office: User, indonesia: Organisation, name: str) -> None:
    theirs = InvitationFactory(organisation=indonesia, kind=InvitationKind.OPEN)

    assert client.get(of(name, theirs)).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_beyond_reach_nothing_is_done(client: Client, office: User, indonesia: Organisation, name: str) -> None:
    theirs = InvitationFactory(organisation=indonesia)

    assert client.post(of(name, theirs)).status_code == 404
    assert client.get(of(name, theirs)).status_code == 405  # whatever the address
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None
    assert not theirs.mails.exists()


@pytest.mark.parametrize(
    "name", ["invitations", "invitations_results", "open_link", "invite_people", "import_people", "people_template"]
)
def test_for_staff_who_invite_nobody_there_is_no_such_page(client: Client, name: str) -> None:
    client.force_login(StaffFactory(kinds=[GrantKind.AUDITOR]))

    assert client.get(reverse(name)).status_code == 404


def test_link_is_made_shown_and_printed(client: Client, office: User, colombia: Organisation) -> None:
    data = {"organisation": colombia.pk, "seats": "25", "until": "2026-03-31", "language": "es", "message": "Hola"}

    response = client.post(reverse("open_link"), data, follow=True)

    made = Invitation.objects.get()
    assert (made.kind, made.seats, made.language, made.message, made.invited_by) == ("open", 25, "es", "Hola", office)
    assert made.expires_at.isoformat() == "2026-03-31T23:59:59+00:00"
    assert f"/es/join/{code_of(made)}/" in response.text
    sheet = client.get(of("print_invitation", made))
    assert "<svg" in sheet.text[sheet.text.index("Scan the square") :]
    assert f"http://localhost:8000/es/join/{code_of(made)}/" in sheet.text
    code = code_of(made)
    assert code
    assert f"{code[:5]}-{code[5:10]}-{code[10:15]}-{code[15:20]}-{code[20:]}" in sheet.text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"seats": ""}, "Enter how many people can join by it."),
        ({"seats": "0"}, "greater than or equal to 1"),
        ({"seats": "99999999999999999999"}, "less than or equal to 10000"),
        ({"until": "2026-03-01"}, "It must end in the future, and within a year."),
        ({"until": "2031-01-01"}, "It must end in the future, and within a year."),
        ({"until": "soon"}, "Enter a valid date."),
        ({"organisation": ""}, "Choose the organisation."),
        ({"organisation": "x"}, "Select a valid choice."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"message": "x" * 501}, "at most 500 characters"),
    ],
)
def test_what_a_link_cannot_be_is_said_and_nothing_is_lost(
    client: Client, office: User, colombia: Organisation, changes: dict[str, str], told: str
) -> None:
    good = {"organisation": colombia.pk, "seats": "25", "until": "2026-03-31", "language": "es", "message": "Keep me"}

    response = client.post(reverse("open_link"), {**good, **changes})

    assert response.status_code == 200
    assert told in response.text
    assert "message" in changes or "Keep me" in response.text
    assert not Invitation.objects.exists()


def test_link_into_another_branch_is_not_made(client: Client, office: User, indonesia: Organisation) -> None:
    data = {"organisation": indonesia.pk, "seats": "1", "until": "2026-03-31", "language": "es", "message": ""}

    assert "Select a valid choice." in client.post(reverse("open_link"), data).text
    assert not Invitation.objects.exists()


def test_link_of_a_person_is_theirs_alone(client: Client, office: User, colombia: Organisation) -> None:
    invitation = InvitationFactory(organisation=colombia)
    code = code_of(invitation)
    assert code

    assert code not in client.get(of("invitation", invitation)).text
    assert client.get(of("print_invitation", invitation)).status_code == 404


def test_invitation_is_withdrawn(client: Client, office: User, colombia: Organisation) -> None:
    invitation = InvitationFactory(organisation=colombia, kind=InvitationKind.OPEN)
    InvitationUseFactory(invitation=invitation, person__display_name="Marta")

    response = client.post(of("withdraw_invitation", invitation), follow=True)

    assert "The invitation is withdrawn. Who joined by it stays." in response.text
    assert "Marta" in response.text
    invitation.refresh_from_db()
    assert invitation.withdrawn_by == office
    assert client.get(of("print_invitation", invitation)).status_code == 404


def test_e_mail_is_sent_again(client: Client, office: User, colombia: Organisation) -> None:
    invitation = InvitationFactory(organisation=colombia, email="ana@example.org")

    response = client.post(of("send_invitation_again", invitation), follow=True)
    run_tasks()

    assert "Sending invitations" in response.text
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]
    assert "Sent" in client.get(of("invitation", invitation)).text
    invitation.withdrawn_at, invitation.withdrawn_by = AT, office
    invitation.save()
    refused = client.post(of("send_invitation_again", invitation), follow=True)
    assert "This invitation is no longer open." in refused.text


def test_menu_leads_there_for_those_who_may(client: Client, office: User) -> None:
    assert f'"url": "{reverse("invitations")}"' in client.get(reverse("wagtailadmin_home")).text
    client.force_login(StaffFactory(kinds=[GrantKind.AUDITOR]))
    assert f'"url": "{reverse("invitations")}"' not in client.get(reverse("wagtailadmin_home")).text
