"""Handing in a list of people in the CMS: checked, confirmed, worked through."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from academy.jobs.models import Job
from academy.people.enums import GrantKind
from academy.people.models import Invitation, Membership, Organisation, StagedUpload, User
from tests.factories.people import MembershipFactory, OrganisationFactory, StaffFactory, UserFactory
from tests.support.queries import counted_get
from tests.support.queue import run_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def colombia() -> Organisation:
    return OrganisationFactory(parent=OrganisationFactory(code="programme"), code="colombia", name="Colombia")


@pytest.fixture
def office(client: Client, colombia: Organisation) -> User:
    person: User = StaffFactory(display_name="Olga", kinds=[GrantKind.ORGANISATION_ADMIN], kinds__place=colombia)
    client.force_login(person)
    return person


def until(days: int = 10) -> str:
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def given(organisation: Organisation, **changes: Any) -> dict[str, Any]:
    return {
        "organisation": organisation.pk,
        "addresses": "",
        "until": until(),
        "language": "es",
        "message": "Hola",
        **changes,
    }


def csv(text: str | bytes, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text, content_type="text/csv")


def confirm(client: Client, shown: HttpResponse, name: str = "invite_people") -> HttpResponse:
    """Press the button under what was shown."""
    upload = re.search(r'name="upload" value="([^"]+)"', shown.text)
    digest = re.search(r'name="digest" value="([^"]+)"', shown.text)
    assert upload
    assert digest
    return client.post(reverse(name), {"upload": upload[1], "digest": digest[1]}, follow=True)


def totals(response: HttpResponse) -> dict[str, int]:
    """The figures of the preview, by their words."""
    found = re.findall(r'<tr><th scope="row">([^<]+)</th><td>(\d+)</td></tr>', response.text)
    return {words: int(figure) for words, figure in found}


def test_pasted_addresses_are_checked_confirmed_and_sent(client: Client, office: User, colombia: Organisation) -> None:
    MembershipFactory(person__email="member@example.org", organisation=colombia)
    pasted = "Ana Paz <ana@example.org>; bo@example.org, member@example.org\nnobody\nbo@example.org"

    shown = client.post(reverse("invite_people"), given(colombia, addresses=pasted))

    assert totals(shown) == {
        "Ready: will be invited by e-mail": 2,
        "In the organisation already": 1,
        "Needs mending": 2,
    }
    assert "Rows in the list: 5. Nothing has happened yet." in shown.text
    assert "“nobody” is not an e-mail address." in shown.text
    assert "This person is in row 2 already." in shown.text
    assert not Invitation.objects.exists()
    assert mail.outbox == []

    watched = confirm(client, shown)
    run_tasks()

    job = Job.objects.get()
    assert watched.redirect_chain == [(reverse("job", args=[job.uuid]), 302)]
    assert (job.state, job.total, job.done, job.failed) == ("done", 5, 3, 2)
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["ana@example.org"], mail.outbox[0].subject),
        (["bo@example.org"], mail.outbox[0].subject),
    ]
    ana = Invitation.objects.get(email="ana@example.org")
    assert (ana.name, ana.language, ana.message, ana.expires_at.date().isoformat()) == (
        "Ana Paz",
        "es",
        "Hola",
        until(),
    )
    assert not StagedUpload.objects.exists()
    problems = client.get(reverse("job_failures", args=[job.uuid])).content.decode("utf-8-sig")
    assert problems.splitlines()[1:] == [
        "4,nobody,“nobody” is not an e-mail address. It looks like name@example.org.",
        "5,bo@example.org,This person is in row 2 already. Remove one of the two.",
    ]


def test_file_of_people_is_invited_each_in_their_language(client: Client, office: User, colombia: Organisation) -> None:
    file = csv("\ufeffEmail;Name;Language\r\nana@example.org;Ana;id\r\nbo@example.org;;\r\n=cmd@example.org;;\r\n")

    shown = client.post(reverse("invite_people"), given(colombia, file=file))
    confirm(client, shown)
    run_tasks()

    assert dict(Invitation.objects.values_list("email", "language")) == {
        "ana@example.org": "id",
        "bo@example.org": "es",
        "=cmd@example.org": "es",
    }
    assert "/id/join/" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Paste addresses, or choose a file."),
        ({"addresses": "a@example.org", "file": True}, "Paste addresses or choose a file, not both."),
        ({"addresses": "a@example.org", "until": "2020-01-01"}, "It must end in the future, and within a year."),
        ({"addresses": "a@example.org", "organisation": "0"}, "Select a valid choice."),
        ({"addresses": "x" * 500_001}, "at most 500000 characters"),
        ({"addresses": "a@example.org\n" * 5_001}, "There are more than 5000 rows. Split the list."),
        ({"file": b""}, "The file is empty. Its first row holds the headings of the columns."),
        ({"file": b"mail\na@example.org\n"}, "The column “email” is missing."),
        ({"file": b"\xff\xfee\x00"}, "This is not UTF-8 from here on."),
        ({"file": b"email\n\x00\n"}, "This is no CSV file."),
        ({"file": b'email\n"a\n'}, "A quotation mark that opens here has no end."),
        ({"file": b"x" * (5 * 1024 * 1024 + 1)}, "The file is larger than 5 MB. Split it."),
    ],
)
def test_what_cannot_be_a_list_is_said_and_nothing_is_lost(
    client: Client, office: User, colombia: Organisation, changes: dict[str, Any], told: str
) -> None:
    if "file" in changes:
        content = changes["file"] if isinstance(changes["file"], bytes) else b"email\na@example.org\n"
        changes = {**changes, "file": csv(content)}

    response = client.post(reverse("invite_people"), given(colombia) | changes)

    assert response.status_code == 200
    assert told in response.text
    assert "Hola" in response.text
    assert 'name="upload"' not in response.text


def test_list_that_has_nothing_to_do_cannot_be_confirmed(client: Client, office: User, colombia: Organisation) -> None:
    response = client.post(reverse("invite_people"), given(colombia, addresses="nobody"))

    assert "There is nothing to do." in response.text
    assert 'name="upload"' not in response.text


def test_what_changed_meanwhile_is_shown_again(client: Client, office: User, colombia: Organisation) -> None:
    shown = client.post(reverse("invite_people"), given(colombia, addresses="ana@example.org bo@example.org"))
    MembershipFactory(person__email="ana@example.org", organisation=colombia)

    again = confirm(client, shown)

    assert "Something has changed since you looked." in again.text
    assert totals(again)["In the organisation already"] == 1
    assert not Job.objects.exists()
    confirm(client, again)
    run_tasks()
    assert [message.to for message in mail.outbox] == [["bo@example.org"]]


@pytest.mark.parametrize("upload", ["", "x", "00000000-0000-0000-0000-000000000001"])
def test_list_that_is_gone_is_asked_for_again(client: Client, office: User, upload: str) -> None:
    response = client.post(reverse("invite_people"), {"upload": upload, "digest": "0" * 64}, follow=True)

    assert "The list is no longer here." in response.text
    assert not Job.objects.exists()


def test_list_of_another_person_is_not_there(client: Client, office: User, colombia: Organisation) -> None:
    shown = client.post(reverse("invite_people"), given(colombia, addresses="ana@example.org"))
    client.force_login(StaffFactory(kinds=[GrantKind.SITE_ADMIN]))

    assert "The list is no longer here." in confirm(client, shown).text
    assert not Job.objects.exists()


def test_confirmed_twice_it_is_done_once(client: Client, office: User, colombia: Organisation) -> None:
    shown = client.post(reverse("invite_people"), given(colombia, addresses="ana@example.org"))

    confirm(client, shown)
    assert "The list is no longer here." in confirm(client, shown).text
    assert Job.objects.count() == 1


def test_people_are_imported_from_a_table(client: Client, colombia: Organisation) -> None:
    client.force_login(StaffFactory(kinds=[GrantKind.SITE_ADMIN]))
    known = UserFactory(email="known@example.org")
    file = csv(
        "email,name,organisation_code\nnew@example.org,Ana,colombia\nknown@example.org,,colombia\nbad,,nowhere\n"
    )

    shown = client.post(reverse("import_people"), {"file": file})
    assert totals(shown) == {"An account is opened": 1, "Added to the organisation": 1, "Needs mending": 1}
    confirm(client, shown, "import_people")
    run_tasks()

    assert set(Membership.objects.values_list("person__email", flat=True)) == {"new@example.org", known.email}
    assert mail.outbox == []


def test_import_without_a_file_asks_for_one(client: Client, office: User) -> None:
    assert "Choose a file." in client.post(reverse("import_people"), {}).text


def test_empty_table_can_be_downloaded_and_read(client: Client, office: User) -> None:
    response = client.get(reverse("people_template"))

    assert response.content.decode("utf-8-sig") == "email,name,organisation_code,language,time_zone,invite\r\n"
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'


def test_organisation_can_be_chosen_by_whoever_links_here(client: Client, office: User, colombia: Organisation) -> None:
    response = client.get(reverse("invite_people"), {"organisation": colombia.pk})

    assert f'<option value="{colombia.pk}" selected>' in response.text


@pytest.mark.parametrize("name", ["invite_people", "import_people"])
def test_pages_ask_a_fixed_number_of_queries(client: Client, office: User, colombia: Organisation, name: str) -> None:
    _response, few = counted_get(client, reverse(name))
    OrganisationFactory(parent=colombia, kind="agency")
    OrganisationFactory(parent=colombia, kind="agency")

    _response, many = counted_get(client, reverse(name))

    assert len(many) == len(few)
