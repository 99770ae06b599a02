"""What has had its time goes, in the right order and once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.test import override_settings
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from academy.lib.clock import now
from academy.people.api import ActKind, ClosingReason, close_account, periods
from academy.people.domain.retention import apply_retention
from academy.people.models import AuditEvent, User
from academy.records.models import Award, LearningEvent
from assessments.models import Attempt, PracticeResponse
from courses.models import CourseCompletion
from tests.factories.assessments import AnswerFactory, AttemptResultFactory, MarkFactory, PracticeResponseFactory
from tests.factories.courses import CourseCompletionFactory, EnrolmentFactory
from tests.factories.people import AuditEventFactory, UserFactory
from tests.factories.records import AwardFactory, AwardRevocationFactory, LearningEventFactory, SkillEvidenceFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def went(at: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Apply the periods, and return what went, without what did not."""
    return {one.model: one.rows for one in apply_retention(at=at, dry_run=dry_run) if one.rows}


def test_practice_goes_after_two_years_and_not_a_day_before(at: datetime) -> None:
    PracticeResponseFactory(responded_at=at)
    kept = PracticeResponseFactory(responded_at=at + 2 * DAY)
    # The people of the factories have confirmed their address.
    later = at + timedelta(days=730)

    assert went(later) == {}
    assert went(later + DAY, dry_run=True) == {"assessments.PracticeResponse": 1}
    assert went(later + DAY) == {"assessments.PracticeResponse": 1}
    assert went(later + DAY) == {}
    assert list(PracticeResponse.objects.all()) == [kept]


def whole_record(person: User) -> None:
    """Give a person one row of everything that is kept of what they have shown."""
    AnswerFactory(attempt_item__attempt__learner=person)
    MarkFactory(attempt_item__attempt__learner=person)
    AttemptResultFactory(attempt__learner=person)
    AwardRevocationFactory(award=AwardFactory(learner=person))
    CourseCompletionFactory(learner=person)
    EnrolmentFactory(learner=person)
    SkillEvidenceFactory(learner=person)
    LearningEventFactory(learner_id=person.pk)


def test_record_goes_ten_years_after_its_account_was_closed(learner: User, outsider: User, at: datetime) -> None:
    whole_record(learner)
    whole_record(outsider)
    close_account(person=learner, reason=ClosingReason.OWN_WISH, by=learner, at=at)
    later = at + timedelta(days=3650)
    # The history of the pages has had its time by then: that is another test's business.
    went(later)
    assert went(later) == {}
    assert went(later + DAY) == {
        "courses.Enrolment": 1,
        "courses.CourseCompletion": 1,
        "assessments.Answer": 1,
        "assessments.Mark": 1,
        "assessments.AttemptItem": 2,
        "assessments.AttemptResult": 1,
        "assessments.Attempt": 3,
        "records.SkillEvidence": 1,
        "records.AwardHolder": 1,
        "records.AwardRevocation": 1,
        "records.Award": 1,
    }
    # Who has not closed the account loses nothing, however long ago it was; and the ledger loses no line.
    assert [model.objects.count() for model in (Attempt, Award, CourseCompletion, LearningEvent)] == [3, 1, 1, 2]
    assert went(later + DAY) == {}


def test_accounts_that_were_never_confirmed_go_after_thirty_days(at: datetime) -> None:
    forgotten = UserFactory(verified=False, date_joined=at, email="forgotten@example.org")
    log(forgotten, "wagtail.create", timestamp=at)
    late = UserFactory(verified=False, date_joined=at + 2 * DAY)
    confirmed = UserFactory(date_joined=at)
    moving = UserFactory(verified=False, date_joined=at, last_login=at)

    assert went(at + 31 * DAY) == {"people.User": 1}

    assert set(User.objects.all()) == {late, confirmed, moving}
    assert set(ModelLogEntry.objects.values_list("label", flat=True)) == {""}


def test_account_that_something_rests_on_is_left_as_a_shell(at: datetime) -> None:
    person = UserFactory(verified=False, date_joined=at)
    AwardFactory(learner=person)

    assert went(at + 31 * DAY) == {"people.User": 1}
    assert went(at + 31 * DAY) == {}
    assert User.objects.get(pk=person.pk).display_name == "Closed account"


def test_only_administrator_is_not_taken_for_forgotten(at: datetime) -> None:
    admin = UserFactory(verified=False, is_superuser=True, date_joined=at)

    assert went(at + 31 * DAY) == {}
    assert User.objects.get(pk=admin.pk).is_active


def test_sessions_and_history_go_in_their_time(learner: User, at: datetime) -> None:
    store = SessionStore()
    store.save()
    Session.objects.update(expire_date=at)
    entry = log(learner, "wagtail.edit", timestamp=at, data={"name": "Lea"})
    act = AuditEventFactory(occurred_at=at, reason="Lea asked", origin="203.0.113.0/24")

    assert went(at + 2 * DAY) == {"sessions.Session": 1}
    later = at + timedelta(days=7 * 365 + 1)
    assert went(later) == {"wagtailcore.ModelLogEntry": 1, "people.AuditEvent": 1}
    assert went(later) == {}
    entry.refresh_from_db()
    act.refresh_from_db()
    assert (entry.label, entry.data, entry.action) == ("", {}, "wagtail.edit")
    assert (act.reason, act.origin, act.kind, act.actor_id) == ("", "", "signed_in", 1)


def test_audit_tells_of_what_went_and_of_nothing_else(at: datetime) -> None:
    PracticeResponseFactory(responded_at=at)
    later = at + timedelta(days=731)

    apply_retention(at=at)
    apply_retention(at=later, dry_run=True)
    apply_retention(at=later)
    apply_retention(at=later)

    entry = AuditEvent.objects.get(kind=ActKind.RETENTION_APPLIED)
    assert (entry.actor_id, entry.after, entry.occurred_at) == (
        None,
        {"rows": 1, "what": {"assessments.PracticeResponse": 1}},
        later,
    )


def test_note_of_a_session_stays_as_long_as_the_session_is_open(learner: User, at: datetime) -> None:
    for key, until in (("open", at + 9 * DAY), ("over", at + DAY)):
        Session.objects.create(session_key=key, session_data="", expire_date=until)
        UserSession.objects.create(user=learner, session_key=key, ip="192.0.2.1", last_seen_at=at)

    assert went(at + 3 * DAY) == {"sessions.Session": 1, "usersessions.UserSession": 1}
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["open"]


def test_installation_sets_periods_of_its_own(learner: User, at: datetime) -> None:
    PracticeResponseFactory(responded_at=at, learner=learner)

    with override_settings(RETENTION_DAYS={"study": None, "record": 20}):
        assert (periods()["study"].days, periods()["record"].days, periods()["audit"].days) == (None, 20, 2555)
        assert went(at + timedelta(days=9999)) == {}
    with override_settings(RETENTION_DAYS={"study": 10}):
        assert went(at + 11 * DAY) == {"assessments.PracticeResponse": 1}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"studies": 3}, "RETENTION_DAYS knows account, unconfirmed, session"),
        ({"study": 0}, r"RETENTION_DAYS\['study'\] must be a number of days, or None, not 0"),
        ({"study": "3"}, "must be a number of days"),
    ],
)
def test_period_that_cannot_be_is_refused(days: dict[str, Any], words: str) -> None:
    with override_settings(RETENTION_DAYS=days), pytest.raises(ImproperlyConfigured, match=words):
        periods()


def test_retention_goes_in_chunks_and_misses_none(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("academy.people.domain.retention.CHUNK", 2)
    learner = UserFactory()
    for _number in range(5):
        PracticeResponseFactory(responded_at=at, learner=learner)

    assert went(at + timedelta(days=731)) == {"assessments.PracticeResponse": 5}


def test_command_counts_and_then_does_it(at: datetime) -> None:
    PracticeResponseFactory(responded_at=now() - timedelta(days=800))
    dry, wet, words = StringIO(), StringIO(), StringIO()

    call_command("apply_retention", "--dry-run", "--json", stdout=dry)
    call_command("apply_retention", "--dry-run", stdout=words)
    call_command("apply_retention", "--json", stdout=wet)

    practice = {"period": "study", "model": "assessments.PracticeResponse", "rows": 1}
    assert json.loads(dry.getvalue())["dry_run"] is True
    assert practice in json.loads(dry.getvalue())["outcomes"]
    assert json.loads(wet.getvalue()) == {**json.loads(dry.getvalue()), "dry_run": False}
    assert words.getvalue().splitlines()[-1] == "1 rows would go"
    assert not PracticeResponse.objects.exists()
