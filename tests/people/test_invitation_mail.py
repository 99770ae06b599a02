"""The e-mails of invitations: in their language, one refused address at a time, by a job that goes on where it was."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings

from academy.jobs.domain.jobs import take_step
from academy.jobs.domain.queue import rows
from academy.jobs.models import Job
from academy.lib.clock import now
from academy.people.domain import invitation_mail
from academy.people.domain.invitation_codes import code_of
from academy.people.domain.invitation_mail import written
from academy.people.domain.invitations import Invitee, invite, send_again, withdraw_invitation
from academy.people.domain.offers import InvitationRefused
from academy.people.enums import GrantKind, InvitationKind
from academy.people.models import Invitation, InvitationMail, Organisation, User
from tests.factories.people import (
    InvitationFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    StaffFactory,
    UserFactory,
)
from tests.support.mail_server import mail_server
from tests.support.moment import AT
from tests.support.queue import run_tasks, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Organisation:
    return OrganisationFactory(name="Ministry of Health", time_zone="America/Bogota")


@pytest.fixture
def office(ministry: Organisation) -> User:
    return StaffFactory(
        display_name="Olga Ruiz", email="olga@example.org", kinds=[GrantKind.ORGANISATION_ADMIN], kinds__place=ministry
    )


def send(office: User, ministry: Organisation, count: int) -> Job:
    at = now()
    people = [Invitee(position=number, email=f"p{number}@example.org") for number in range(1, count + 1)]
    return invite(
        organisation=ministry,
        people=people,
        language="en",
        message="",
        expires_at=at + timedelta(days=7),
        by=office,
        at=at,
    )


def told(job: Job) -> tuple[str, int, int, int]:
    job.refresh_from_db()
    return job.state, job.total, job.done, job.failed


def test_e_mail_says_who_invites_where_until_when_and_what_if_it_was_a_mistake(
    office: User, ministry: Organisation
) -> None:
    invitation = InvitationFactory(
        organisation=ministry, name="Ana Paz", email="ana@example.org", invited_by=office, message="See you <there>."
    )

    with override_settings(WAGTAILADMIN_BASE_URL="https://learn.example/"):
        message = written(invitation)

    assert message.subject == "Procurement Academy: Invitation to join Ministry of Health"
    assert message.to == ["ana@example.org"]
    assert message.body == (
        "Hello Ana Paz,\n\n"
        "Olga Ruiz (olga@example.org) invites you to join “Ministry of Health” on Procurement Academy, "
        "where people in government learn to buy digital services.\n\n"
        "Their message:\n\n"
        "See you <there>.\n\n"
        "Open this link to join. It works once, for this address, until 1 April 2026, 04:30 (America/Bogota):\n\n"
        f"https://learn.example/en/join/{code_of(invitation)}/\n\n"
        "If you do not know who this is, or it was a mistake, do nothing: "
        "without you nobody joins, and no account is opened.\n\n"
        "Procurement Academy\n"
    )


def test_e_mail_is_in_the_language_of_the_invitation(office: User, ministry: Organisation) -> None:
    OrganisationNameFactory(organisation=ministry, language="es", name="Ministerio de Salud")
    invitation = InvitationFactory(organisation=ministry, language="es", invited_by=office)

    body = written(invitation).body

    assert "«Ministerio de Salud»" in body
    assert f"/es/join/{code_of(invitation)}/" in body
    assert body.startswith("Hola:")


def test_job_sends_all_and_says_so(office: User, ministry: Organisation) -> None:
    job = send(office, ministry, 23)

    assert run_tasks() == 1

    assert told(job) == ("done", 23, 23, 0)
    assert job.message == "23 invitations were sent."
    assert [message.to for message in mail.outbox] == [[f"p{number}@example.org"] for number in range(1, 24)]
    assert len({re.search(r"/join/(\w{26})/", str(message.body))[1] for message in mail.outbox}) == 23  # type: ignore[index]  # there is one
    assert set(InvitationMail.objects.values_list("state", flat=True)) == {"sent"}


def test_refused_address_fails_alone_and_in_words(office: User, ministry: Organisation) -> None:
    job = send(office, ministry, 4)

    with mail_server(
        refuses={"p2@example.org": "550 No such person", "p3@example.org": "450 Come back later"}
    ) as server:
        run_tasks()

    assert server.recipients == ["p1@example.org", "p4@example.org"]
    assert server.accepted[0]["Auto-Submitted"] == "auto-generated"
    assert told(job) == ("done", 4, 2, 2)
    assert list(job.failures.values_list("position", "item", "problem")) == [
        (
            2,
            "p2@example.org",
            "The mail server refuses this address. Check how it is written. It said: 550 No such person",
        ),
        (
            3,
            "p3@example.org",
            "The mail server puts this address off for now. Send it again later. It said: 450 Come back later",
        ),
    ]
    assert Invitation.objects.count() == 4


def test_server_that_breaks_off_is_tried_again_and_nobody_gets_two(office: User, ministry: Organisation) -> None:
    job = send(office, ministry, 4)

    with mail_server(breaks_after=2) as server:
        run_tasks()
        assert server.recipients == ["p1@example.org", "p2@example.org"]
        assert told(job) == ("running", 4, 2, 0)
        assert states() == {"READY": 1}

        server.breaks_after = 100
        rows().update(run_after=now() - timedelta(seconds=1))
        run_tasks()

    assert server.recipients == [f"p{number}@example.org" for number in range(1, 5)]
    assert told(job) == ("done", 4, 4, 0)


def test_server_that_is_not_there_loses_nothing(office: User, ministry: Organisation) -> None:
    job = send(office, ministry, 2)

    with mail_server(breaks_after=0) as server:
        run_tasks()

    assert server.recipients == []
    assert told(job)[0] == "waiting"
    assert states() == {"READY": 1}
    assert Invitation.objects.count() == 2


def test_slow_server_is_left_before_the_task_is_stopped(
    office: User, ministry: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitation_mail, "BUDGET", -1)
    job = send(office, ministry, 2)

    assert invitation_mail.send_chunk(job, at=now()) == (0, [], True)
    assert mail.outbox == []


def test_worker_killed_after_a_chunk_goes_on_with_the_next(
    office: User, ministry: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitation_mail, "CHUNK", 2)
    job = send(office, ministry, 5)

    take_step(job=str(job.uuid), at=now())
    assert told(job) == ("running", 5, 2, 0)
    run_tasks()

    assert [message.to[0] for message in mail.outbox] == [f"p{number}@example.org" for number in range(1, 6)]
    assert Invitation.objects.count() == 5


def test_what_is_over_before_it_is_sent_is_not_sent(office: User, ministry: Organisation) -> None:
    job = send(office, ministry, 3)
    first, second, _third = Invitation.objects.order_by("pk")
    withdraw_invitation(invitation=first, by=office, at=now())
    Invitation.objects.filter(pk=second.pk).update(code_hash="0" * 64)

    run_tasks()

    assert [message.to for message in mail.outbox] == [["p3@example.org"]]
    assert list(job.failures.values_list("position", "problem")) == [
        (1, "The invitation was withdrawn before it was sent."),
        (2, "Its link is no longer valid. Withdraw it."),
    ]


def test_e_mail_is_sent_again_with_the_same_link(office: User, ministry: Organisation) -> None:
    send(office, ministry, 1)
    run_tasks()
    invitation = Invitation.objects.get()

    send_again(invitation=invitation, by=office, at=now())
    run_tasks()

    assert mail.outbox[0].body == mail.outbox[1].body
    assert InvitationMail.objects.filter(state="sent").count() == 2


def test_nothing_is_sent_again_for_a_link_or_what_is_over(office: User, ministry: Organisation) -> None:
    link = InvitationFactory(organisation=ministry, kind=InvitationKind.OPEN, invited_at=now())
    over = InvitationFactory(organisation=ministry, withdrawn_at=AT, withdrawn_by=UserFactory())

    for invitation in (link, over):
        with pytest.raises(InvitationRefused):
            send_again(invitation=invitation, by=office, at=now())
