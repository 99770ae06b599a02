"""Certificates: issued once, frozen, and verifiable by anyone, however the code is typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from academy.home.models import HomePage
from academy.people.models import User
from academy.records.api import AwardState, NoSuchAward, issue_award, revoke_award, verify_award
from academy.records.domain.awards import commitment
from academy.records.models import Award, AwardRevocation, LearningEvent
from courses.api import enrol, issue_certificate
from courses.models import CoursePage
from tests.factories.courses import CourseCompletionFactory
from tests.factories.people import UserFactory
from tests.factories.records import AwardFactory, code_of
from tests.support.courses import SmallCourse, in_spanish, sit, small_course, take_course, take_lessons
from tests.support.visits import Visitor

pytestmark = pytest.mark.django_db

UNKNOWN = code_of(10**30)


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree)


@pytest.fixture
def award(small: SmallCourse, learner: User) -> Award:
    return take_course(learner, small)


def state(award: Award, at: datetime) -> AwardState:
    return verify_award(code=award.code, at=at).state


# Issuing -----------------------------------------------------------------------------------------


def test_award_is_issued_once_a_fact_with_its_line(learner: User, at: datetime) -> None:
    fact = CourseCompletionFactory(learner=learner)

    def issue(title: str) -> Award:
        return issue_award(learner=learner, fact=fact, name="Lea Learner", payload={"title": title}, by=learner, at=at)

    first, again = issue("One"), issue("Two")

    assert again == first
    assert first.payload == {
        "title": "One",
        "holder": commitment(name=first.holder.name, salt=first.holder.salt),
    }
    assert first.holder.name == "Lea Learner"
    assert re.fullmatch(r"[0-9a-f]{64}", first.holder.salt)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", first.code)
    event = LearningEvent.objects.get()
    assert (event.kind, event.subject_type, event.detail) == ("award_issued", "records.Award", {"title": "One"})


def test_fault_after_issuing_leaves_neither_certificate_nor_line(
    learner: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(**told: Any) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr("academy.records.domain.awards.record_event", fault)
    with pytest.raises(RuntimeError):
        issue_award(learner=learner, fact=CourseCompletionFactory(), name="Lea", payload={}, by=learner, at=at)

    assert (Award.objects.count(), LearningEvent.objects.count()) == (0, 0)


def test_payload_stays_when_course_and_person_are_renamed(
    award: Award, small: SmallCourse, learner: User, at: datetime
) -> None:
    before = verify_award(code=award.code, at=at)
    CoursePage.objects.update(title="Renamed")
    learner.display_name = "Renamed"
    learner.save()

    after = verify_award(code=award.code, at=at)

    assert (after.payload, after.state) == (before.payload, AwardState.VALID)
    assert (after.name, after.payload["title"]) == ("Lea Learner", "Evaluating bids fairly")
    page = Visitor(learner).get(f"/en/my/certificates/{award.code}/").text
    assert page.count("Lea Learner") == 2


# Verifying ---------------------------------------------------------------------------------------


def test_verify_says_what_a_certificate_is_worth(at: datetime, learner: User) -> None:
    expiring = AwardFactory(expires_at=at + timedelta(days=1))
    revoked = AwardFactory()
    revoke_award(award=revoked, reason="Wrong name", by=learner, at=at)

    assert state(AwardFactory(), at) == AwardState.VALID
    assert state(expiring, at + timedelta(days=1, seconds=-1)) == AwardState.VALID
    assert state(expiring, at + timedelta(days=1)) == AwardState.EXPIRED
    assert state(revoked, at) == AwardState.REVOKED


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"title": "Something else"}},
        {"issued_at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"expires_at": datetime(2099, 1, 1, tzinfo=UTC)},
        {"code": UNKNOWN},
        {"signature": "0" * 43},
        {"signature": ""},
    ],
    ids=lambda change: next(iter(change)),
)
def test_verify_finds_every_alteration(at: datetime, change: dict[str, Any]) -> None:
    honest = AwardFactory()
    forged = AwardFactory(
        **{
            "code": code_of(10**20),
            "payload": honest.payload,
            "signature": AwardFactory._meta.model.objects.get(pk=honest.pk).signature,
            **change,
        }
    )

    assert state(honest, at) == AwardState.VALID
    assert state(forged, at) == AwardState.ALTERED
    revoke_award(award=forged, reason="Forged", by=forged.learner, at=at)
    assert state(forged, at) == AwardState.ALTERED


def test_stored_certificate_cannot_be_altered_in_the_database(award: Award) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_award SET payload = '{}' WHERE id = %s", [award.pk])


def typed(code: str) -> list[str]:
    grouped = "-".join(code[start : start + 5] for start in range(0, 26, 5))
    return [code, code.lower(), grouped, grouped.lower(), f" {code} ", code.replace("0", "O").replace("1", "l")]


def test_code_is_understood_however_it_is_typed(award: Award, at: datetime) -> None:
    visitor = Visitor()
    for text in typed(award.code):
        assert verify_award(code=text, at=at).award == award
        assert visitor.get(f"/en/verify/{quote(text)}/").status_code == 200
        asked = visitor.get(f"/en/verify/?code={quote(text)}")
        assert (asked.status_code, asked["Location"]) == (302, f"/en/verify/{award.code}/")


@pytest.mark.parametrize("code", [UNKNOWN, "x", "0" * 25, "0" * 27, "U" * 26, "'; DROP TABLE--", "é" * 26, "x" * 5000])
def test_code_that_was_never_issued(award: Award, at: datetime, code: str) -> None:
    with pytest.raises(NoSuchAward):
        verify_award(code=code, at=at)

    page = Visitor().get(f"/en/verify/{quote(code, safe='')}/")
    assert page.status_code == 404
    assert "We have issued no certificate with the code" in " ".join(page.text.split())
    assert len(page.content) < 100_000


def test_form_asks_again_for_what_cannot_be_a_code() -> None:
    visitor = Visitor()

    assert "Type the code that stands on the certificate" in visitor.get("/en/verify/").text
    assert visitor.get("/en/verify/?code=%20").status_code == 200
    page = visitor.get("/en/verify/?code=ABC%22DEF")
    assert page.status_code == 422
    assert "A code has 26 letters and digits. Check it against the certificate." in page.text
    assert 'value="ABC&quot;DEF"' in page.text
    assert visitor.get(f"/en/verify/?code={'x' * 50_000}").status_code == 422


FACT = re.compile(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>", re.DOTALL)


def printed(page: str) -> list[tuple[str, str]]:
    """Every line of a certificate: its name and its words."""
    rows = FACT.findall(page)
    return [(name, " ".join(re.sub(r"<[^>]*>", " ", words).split())) for name, words in rows]


def test_every_printed_fact_is_on_the_verify_page(award: Award, learner: User) -> None:
    paper = Visitor(learner).get(f"/en/my/certificates/{award.code}/").text
    public = Visitor().get(f"/en/verify/{award.code}/").text

    assert printed(paper) == [
        ("Name", "Lea Learner"),
        ("Course", "Evaluating bids fairly"),
        ("Completed", "2 March 2026"),
        ("Extent", "3 lessons, about 30 minutes"),
        ("Result", "100 % (needed to pass: 70 %)"),
        ("Skills shown", "Independent scoring: Working Keeping a record: Working"),
        ("Issued", "2 March 2026"),
        ("Code", verify_award(code=award.code, at=award.issued_at).spoken_code),
    ]
    assert printed(public) == printed(paper)
    assert f"http://testserver/en/verify/{award.code}/" in paper
    assert "<svg" in paper
    assert "This certificate was issued by" in public
    assert 'content="noindex"' in public


def test_dates_on_paper_are_those_that_verifiers_read(small: SmallCourse, learner: User) -> None:
    learner.time_zone = "Asia/Jakarta"
    learner.save()
    evening = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
    award = take_course(learner, small, at=evening)
    elsewhere = UserFactory(time_zone="America/Mexico_City")

    pages = [
        Visitor(learner).get(f"/en/my/certificates/{award.code}/").text,
        Visitor().get(f"/en/verify/{award.code}/").text,
        Visitor(elsewhere).get(f"/en/verify/{award.code}/").text,
    ]

    assert [dict(printed(page))["Completed"] for page in pages] == ["3 March 2026"] * 3
    assert [dict(printed(page))["Issued"] for page in pages] == ["3 March 2026"] * 3
    # Who moves, and says so, does not change what is printed.
    learner.time_zone = "America/Mexico_City"
    learner.save()
    assert dict(printed(Visitor(learner).get(f"/en/my/certificates/{award.code}/").text))["Completed"] == "3 March 2026"


def test_code_is_spoken_in_groups(award: Award, at: datetime) -> None:
    spoken = verify_award(code=award.code, at=at).spoken_code

    assert spoken.replace("-", "") == award.code
    assert max(len(group) for group in spoken.split("-")) <= 6


def test_certificate_of_a_spanish_course_is_verified_in_spanish(
    small: SmallCourse, learner: User, at: datetime
) -> None:
    in_spanish(*small.lessons)
    course, assessment = in_spanish(small.course, small.assessment)
    enrol(learner=learner, course=course, by=learner, at=at)
    take_lessons(learner, course)
    sit(learner, assessment, at=at)
    award = issue_certificate(learner=learner, course=course, name="Lea", by=learner, at=at)

    assert award.payload["language"] == "es"
    assert verify_award(code=award.code, at=at).address == f"/es/verify/{award.code}/"
    assert Visitor().get(f"/es/verify/{award.code}/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "reason", "words"),
    [
        ({}, "Issued in the wrong name", "This certificate was revoked on"),
        ({"expires_at": datetime(2026, 3, 3, tzinfo=UTC)}, "", "This certificate is genuine. It counted until"),
        ({"signature": "0"}, "", "The record of this certificate does not match its signature."),
    ],
)
def test_verify_page_warns_of_what_does_not_count(
    learner: User, at: datetime, fields: dict[str, Any], reason: str, words: str
) -> None:
    award = AwardFactory(learner=learner, **fields)
    if reason:
        revoke_award(award=award, reason=reason, by=learner, at=at)

    public = " ".join(Visitor().get(f"/en/verify/{award.code}/").text.split())
    paper = " ".join(Visitor(learner).get(f"/en/my/certificates/{award.code}/").text.split())

    assert words in public
    assert words in paper
    assert ("Reason: Issued in the wrong name" in public) == bool(reason)
    assert ("Lea Learner" in public) == ("signature" not in fields)
    assert "This certificate was issued by" not in public


# Whose it is -------------------------------------------------------------------------------------

CHANGING = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


def test_certificate_of_another_learner_answers_like_none(award: Award, outsider: User) -> None:
    visitor = Visitor(outsider)

    theirs = visitor.get(f"/en/my/certificates/{award.code}/")
    none = visitor.get(f"/en/my/certificates/{UNKNOWN}/")

    assert theirs.status_code == none.status_code == 404
    assert CHANGING.sub("", theirs.text).replace(award.code, "…") == CHANGING.sub("", none.text).replace(UNKNOWN, "…")
    assert award.code not in visitor.get("/en/my/certificates/").text
    assert Visitor().get(f"/en/my/certificates/{award.code}/").status_code == 302


# Revoking ----------------------------------------------------------------------------------------


def test_revocation_is_one_and_its_reason_stays(award: Award, trainer: User, admin: User, at: datetime) -> None:
    first = revoke_award(award=award, reason="Wrong name", by=trainer, at=at)
    again = revoke_award(award=award, reason="Something else", by=admin, at=at + timedelta(days=1))

    assert again == first
    assert (first.reason, first.revoked_by) == ("Wrong name", trainer)
    assert list(LearningEvent.objects.filter(kind="award_revoked").values_list("actor_id", "detail")) == [
        (trainer.pk, {"reason": "Wrong name"})
    ]


def revoke(*arguments: str) -> str:
    out = StringIO()
    call_command("revoke_certificate", *arguments, stdout=out)
    return out.getvalue()


def test_command_revokes_by_a_code_as_it_is_read_from_paper(award: Award, admin: User) -> None:
    spoken = verify_award(code=award.code, at=award.issued_at).spoken_code.lower()

    assert revoke(spoken, "--reason", " Wrong name ", "--by", "ADMIN@example.org") == f"{award.code} is revoked\n"
    assert revoke(spoken, "--reason", "Again", "--by", "admin@example.org") == f"{award.code} is revoked\n"
    revocation = AwardRevocation.objects.get()
    assert (revocation.award, revocation.reason, revocation.revoked_by) == (award, "Wrong name", admin)


@pytest.mark.parametrize(
    ("code", "reason", "by", "sentence"),
    [
        (UNKNOWN, "Wrong", "admin@example.org", f"No certificate has the code {UNKNOWN}."),
        ("nonsense", "Wrong", "admin@example.org", "No certificate has the code nonsense."),
        ("", "Wrong", "admin@example.org", "No certificate has the code ."),
        (None, "  ", "admin@example.org", "Give a reason of 1 to 500 characters: verifiers read it."),
        (None, "x" * 501, "admin@example.org", "Give a reason of 1 to 500 characters: verifiers read it."),
        (None, "Wrong", "who@example.org", "Nobody here has the address who@example.org."),
        (None, "Wrong", "gone@example.org", "Nobody here has the address gone@example.org."),
    ],
)
def test_command_refuses_wrong_input_in_a_sentence(
    award: Award, admin: User, code: str | None, reason: str, by: str, sentence: str
) -> None:
    UserFactory(email="gone@example.org", is_active=False)

    with pytest.raises(CommandError) as refusal:
        revoke(award.code if code is None else code, "--reason", reason, "--by", by)

    assert str(refusal.value) == sentence
    assert AwardRevocation.objects.count() == 0


def test_command_without_its_arguments_is_refused(award: Award) -> None:
    with pytest.raises(CommandError, match="--reason, --by"):
        revoke(award.code)
