"""The page about privacy, and the record to download."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from academy.home.models import HomePage
from academy.home.views.privacy import how_long
from academy.people.api import ActKind, periods
from academy.people.domain.record import download_record
from academy.people.models import AuditEvent, User
from tests.factories.assessments import AnswerFactory, PracticeResponseFactory
from tests.factories.courses import EnrolmentFactory
from tests.factories.people import PASSWORD
from tests.factories.records import SkillEvidenceFactory
from tests.support.moment import AT

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    """Return a client of somebody who has just entered the password once more."""
    client = Client()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def download(client: Client, address: str = "/en/my/record/") -> zipfile.ZipFile:
    response = client.post(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(response.content))


# The page ----------------------------------------------------------------------------------------


def test_privacy_page_shows_every_period_to_everybody(client: Client, site_tree: HomePage) -> None:
    response = client.get("/en/privacy/")

    assert response.status_code == 200
    assert response.cookies == {}
    for period in periods().values():
        assert str(period.holds) in response.text
        assert how_long(period) in response.text
    assert f'href="mailto:{settings.CONTACT_EMAIL}"' in response.text
    assert client.post("/en/privacy/").status_code == 405
    assert 'href="/en/privacy/"' in client.get("/en/help/").text


def test_privacy_page_says_what_this_installation_does(client: Client, site_tree: HomePage) -> None:
    with override_settings(RETENTION_DAYS={"record": 365, "message": 1, "work": None, "study": 731}):
        words = {name: how_long(period) for name, period in periods().items()}

        assert words == {
            "account": "Until you close your account",
            "unconfirmed": "30 days from the day on which it was opened",
            "session": "1 day from the day on which it ended",
            "study": "Until you close your account; a practice answer at most 731 days",
            "record": "As long as you have an account; after you close it 1 year more, without your name. "
            "The ledger of steps keeps numbers and times",
            "content": "As long as the content; the number of a closed account stands in place of a name",
            "work": "Without a limit",
            "audit": "7 years from the day of the act; then only what kind of act it was, when, and numbers",
            "message": "1 day from the day on which it was done; 90 days where it failed",
        }
        assert words["record"] in client.get("/en/privacy/").text


# The record --------------------------------------------------------------------------------------


def test_record_is_asked_for_after_the_password(client: Client, learner: User) -> None:
    assert client.get("/en/my/record/")["Location"].startswith("/en/account/login/")
    client.force_login(learner)
    again = "/en/account/reauthenticate/?next=%2Fen%2Fmy%2Frecord%2F"

    assert client.get("/en/my/record/")["Location"] == again
    assert client.post("/en/my/record/")["Location"] == again
    assert not AuditEvent.objects.filter(kind=ActKind.DOWNLOADED).exists()
    assert "You get one zip file" in signed_in(learner).get("/en/my/record/").text


def test_record_has_its_documented_shape(learner: User) -> None:
    enrolment = EnrolmentFactory(learner=learner)
    response = signed_in(learner).post("/en/my/record/")

    assert response["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.namelist() == ["index.html", "record.css", "record.json"]
        record = json.loads(archive.read("record.json"))
    assert response["Content-Disposition"] == f'attachment; filename="record-{record["made_at"][:10]}.zip"'
    assert list(record) == ["format", "version", "site", "made_at", "person", "parts", "files"]
    assert (record["format"], record["version"], record["files"]) == ("academy-record", 1, [])
    assert record["person"] == {"public_id": str(learner.public_id), "name": "Lea Learner"}
    parts = {part["kind"]: part for part in record["parts"]}
    assert parts["courses.Enrolment"] == {
        "kind": "courses.Enrolment",
        "what": "Which courses you took, and until when.",
        "period": "record",
        "rows": [
            {
                "course": enrolment.course.title,
                "id": enrolment.pk,
                "uuid": str(enrolment.uuid),
                "course_key": str(enrolment.course_key),
                "enrolled_at": AT.isoformat().replace("+00:00", "Z"),
                "enrolled_by": "you",
                "closed_at": None,
                "closed_by": None,
            }
        ],
        "acts": [],
    }
    assert parts["people.User"]["rows"][0]["email"] == "learner@example.org"
    assert "password" not in parts["people.User"]["rows"][0]


def test_record_names_nobody_else(learner: User, outsider: User) -> None:
    SkillEvidenceFactory(learner=learner, granted_by=outsider)

    with download(signed_in(learner)) as archive:
        text, page = archive.read("record.json").decode(), archive.read("index.html").decode()

    (row,) = next(part for part in json.loads(text)["parts"] if part["kind"] == "records.SkillEvidence")["rows"]
    assert row["granted_by"] == "somebody else"
    for secret in ("Otto", "outsider", str(outsider.public_id)):
        assert secret not in text + page


def test_record_tells_what_one_did_to_others_without_telling_of_them(learner: User, outsider: User) -> None:
    evidence = SkillEvidenceFactory(learner=outsider, granted_by=learner)

    with download(signed_in(learner)) as archive:
        record = json.loads(archive.read("record.json"))

    part = next(part for part in record["parts"] if part["kind"] == "records.SkillEvidence")
    assert (part["rows"], part["acts"]) == (
        [],
        [{"act": "granted_by", "id": evidence.pk, "at": AT.isoformat().replace("+00:00", "Z")}],
    )


def test_page_of_the_record_is_in_the_language_of_its_person(learner: User) -> None:
    learner.language = "es"
    learner.save()
    client = signed_in(learner)

    with download(client, "/en/my/record/") as archive:
        page = archive.read("index.html").decode()

    assert '<html lang="es">' in page
    with translation.override("es"):
        assert f"<title>{translation.gettext('Your record')}" in page
    assert "<script" not in page
    assert "http" not in page


def test_page_of_the_record_escapes_what_people_wrote(learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(display_name="<script>alert(1)</script>")

    with download(signed_in(learner)) as archive:
        page = archive.read("index.html").decode()

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_download_is_told_by_the_audit(learner: User) -> None:
    signed_in(learner).post("/en/my/record/")

    entry = AuditEvent.objects.get(kind=ActKind.DOWNLOADED)
    assert (entry.actor_id, entry.object_id, entry.after) == (learner.pk, str(learner.pk), {"what": "record"})


def test_record_takes_the_same_queries_however_much_there_is(learner: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            download_record(person=learner, by=learner, at=AT + timedelta(days=1))
        return len(context)

    def study() -> None:
        EnrolmentFactory(learner=learner)
        AnswerFactory(attempt_item__attempt__learner=learner)
        PracticeResponseFactory(learner=learner)

    study()
    queries()  # content types are looked up once a process
    first = queries()
    study()
    study()

    assert queries() == first
    assert first < 100


@pytest.mark.parametrize(
    ("zone", "moment"), [("Africa/Nairobi", "2 March 2026, 12:30"), ("Mars/Olympus", "2 March 2026, 09:30")]
)
def test_page_of_the_record_shows_times_of_the_person(learner: User, zone: str, moment: str) -> None:
    User.objects.filter(pk=learner.pk).update(time_zone=zone)
    EnrolmentFactory(learner=learner)

    with download(signed_in(learner)) as archive:
        page = archive.read("index.html").decode()

    assert f"<dt>Enrolled at</dt><dd>{moment}</dd>" in " ".join(page.split()).replace("> <", "><")
