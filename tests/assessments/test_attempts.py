"""The life of an attempt: what freezes when it starts, what counts when it ends."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from academy.home.models import HomePage
from academy.people.models import User
from academy.records.models import LearningEvent, SkillEvidence, SkillStanding
from assessments.api import (
    AttemptClosed,
    AttemptRefused,
    InvalidResponse,
    NoSuchQuestion,
    NotEnoughQuestions,
    StaleAnswer,
    save_answer,
    start_attempt,
    submit_attempt,
)
from assessments.domain.permits import attempt_permit, attempt_permits
from assessments.domain.queries import QuestionView, question_view, result_view
from assessments.domain.submission import Marked, decide, mark_attempt, percent
from assessments.enums import AttemptState, ItemKind
from assessments.item_types.rich import Rich
from assessments.models import Answer, AssessmentPage, Attempt, AttemptResult, ItemVersion, Mark
from courses.api import enrol
from courses.models import CourseCompletion
from tests.factories.assessments import AttemptFactory
from tests.support.courses import (
    SmallCourse,
    answer,
    items_of,
    question,
    right_keys,
    sit,
    small_course,
    take_lessons,
    wrong_keys,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree)


@pytest.fixture
def attempt(small: SmallCourse, learner: User, at: datetime) -> Attempt:
    return start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at)


def save(
    attempt: Attempt, *, position: int = 1, sent: list[str], sequence: int = 1, key: uuid.UUID | None = None
) -> Answer:
    return save_answer(
        attempt=attempt,
        position=position,
        uuid=key or uuid.uuid4(),
        sequence=sequence,
        sent={"option": sent},
        by=attempt.learner,
        at=attempt.started_at + timedelta(minutes=sequence),
    )


def facts(attempt: Attempt) -> list[Any]:
    """Everything that is stored of an attempt."""
    return [
        Attempt.objects.filter(pk=attempt.pk).values().get(),
        list(attempt.items.order_by("pk").values()),
        list(Answer.objects.filter(attempt_item__attempt=attempt).order_by("pk").values()),
        list(Mark.objects.filter(attempt_item__attempt=attempt).order_by("pk").values()),
        list(AttemptResult.objects.filter(attempt=attempt).values()),
    ]


# Starting ----------------------------------------------------------------------------------------


def test_start_attempt_freezes_the_rule_and_tells_the_ledger(
    small: SmallCourse, learner: User, attempt: Attempt, at: datetime
) -> None:
    assert attempt.rule == {
        "title": "Final assessment",
        "revision": None,
        "draw": 4,
        "pass_mark": "70",
        "skill_share": "70",
        "attempts_allowed": 3,
        "proves": [
            {"skill": small.skills[0].pk, "name": "Independent scoring", "proficiency": 2},
            {"skill": small.skills[1].pk, "name": "Keeping a record", "proficiency": 2},
        ],
    }
    assert (attempt.number, attempt.state, attempt.started_by) == (1, AttemptState.IN_PROGRESS, learner)
    assert [item.position for item in items_of(attempt)] == [1, 2, 3, 4]
    assert [sorted(item.option_order) for item in items_of(attempt)] == [["a", "b", "c"]] * 4
    event = LearningEvent.objects.get()
    assert (event.kind, event.subject_id, event.occurred_at) == ("attempt_started", str(attempt.uuid), at)


def test_start_attempt_again_returns_the_open_one(
    small: SmallCourse, learner: User, attempt: Attempt, at: datetime
) -> None:
    again = start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at + timedelta(days=9))

    assert again == attempt
    assert (Attempt.objects.count(), LearningEvent.objects.count()) == (1, 1)


def test_second_open_attempt_is_refused_by_the_database(attempt: Attempt) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AttemptFactory(learner=attempt.learner, assessment=attempt.assessment, number=2)


def test_start_attempt_of_too_small_a_bank_leaves_nothing(small: SmallCourse, learner: User, at: datetime) -> None:
    AssessmentPage.objects.update(draw=7)

    with pytest.raises(NotEnoughQuestions):
        start_attempt(learner=learner, assessment=AssessmentPage.objects.get(), by=learner, at=at)

    assert (Attempt.objects.count(), LearningEvent.objects.count()) == (0, 0)


def test_start_attempt_that_lost_the_race_against_a_whole_attempt_is_refused(
    small: SmallCourse, learner: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = attempt_permit(learner=learner, assessment=small.assessment, at=at)
    sit(learner, small.assessment, at=at)
    answers = iter([stale])
    monkeypatch.setattr(
        "assessments.domain.attempts.attempt_permit", lambda **asked: next(answers, None) or attempt_permit(**asked)
    )

    with pytest.raises(AttemptRefused) as refusal:
        start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at)

    assert refusal.value.permit.state == "passed"


# Permits -----------------------------------------------------------------------------------------


def test_permit_waits_a_day_after_a_failed_attempt(small: SmallCourse, learner: User, at: datetime) -> None:
    sit(learner, small.assessment, at=at, right=0)
    free_at = at + timedelta(hours=24)

    permit = attempt_permit(learner=learner, assessment=small.assessment, at=free_at - timedelta(seconds=1))
    assert (permit.state, permit.available_at, permit.used, permit.left) == ("wait", free_at, 1, 2)
    with pytest.raises(AttemptRefused):
        start_attempt(learner=learner, assessment=small.assessment, by=learner, at=free_at - timedelta(microseconds=1))
    assert attempt_permit(learner=learner, assessment=small.assessment, at=free_at).state == "start"
    assert start_attempt(learner=learner, assessment=small.assessment, by=learner, at=free_at).number == 2


def test_permit_is_used_up_after_the_last_attempt(small: SmallCourse, learner: User, at: datetime) -> None:
    for day in range(3):
        sit(learner, small.assessment, at=at + timedelta(days=day), right=0)

    permit = attempt_permit(learner=learner, assessment=small.assessment, at=at + timedelta(days=99))

    assert (permit.state, permit.used, permit.left, permit.available_at) == ("used_up", 3, 0, None)
    with pytest.raises(AttemptRefused):
        start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at + timedelta(days=99))


def test_permit_of_who_passed_needs_no_more(small: SmallCourse, learner: User, at: datetime) -> None:
    result = sit(learner, small.assessment, at=at)

    permit = attempt_permit(learner=learner, assessment=small.assessment, at=at + timedelta(days=9))

    assert (permit.state, permit.passed_result) == ("passed", result)
    with pytest.raises(AttemptRefused):
        start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at + timedelta(days=9))


def test_permits_of_several_assessments_take_one_query(
    small: SmallCourse, site_tree: HomePage, learner: User, at: datetime, django_assert_num_queries: Any
) -> None:
    other = small_course(site_tree, slug="other", index=small.index)
    sit(learner, small.assessment, at=at)

    with django_assert_num_queries(1):
        permits = attempt_permits(learner=learner, assessments=[small.assessment, other.assessment], at=at)

    assert {page: permit.state for page, permit in permits.items()} == {
        small.assessment.pk: "passed",
        other.assessment.pk: "start",
    }
    with django_assert_num_queries(0):
        assert attempt_permits(learner=learner, assessments=[], at=at) == {}


# Answers -----------------------------------------------------------------------------------------


def test_save_answer_twice_with_the_same_uuid_is_one_row(attempt: Attempt) -> None:
    key = uuid.uuid4()

    first = save(attempt, sent=["a"], key=key)
    again = save(attempt, sent=["a"], key=key, sequence=1)

    assert again == first
    assert Answer.objects.count() == 1


def test_save_answer_redelivered_after_submission_is_the_row_that_was_stored(attempt: Attempt, at: datetime) -> None:
    key = uuid.uuid4()
    first = save(attempt, sent=["a"], key=key)
    submit_attempt(attempt=attempt, by=attempt.learner, at=at + timedelta(hours=1))
    before = facts(attempt)

    assert save(attempt, sent=["a"], key=key) == first
    assert facts(attempt) == before


def test_save_answer_with_a_used_uuid_and_another_answer_overwrites_nothing(attempt: Attempt) -> None:
    key = uuid.uuid4()
    first = save(attempt, sent=["a"], key=key)

    with pytest.raises(StaleAnswer) as refusal:
        save(attempt, sent=["b"], key=key)

    assert refusal.value.latest == first
    assert Answer.objects.get().response == ["a"]


def test_save_answer_with_the_uuid_of_another_question_is_refused(attempt: Attempt) -> None:
    key = uuid.uuid4()
    save(attempt, position=1, sent=["a"], key=key)

    with pytest.raises(InvalidResponse, match="another question"):
        save(attempt, position=2, sent=["a"], key=key)

    assert Answer.objects.count() == 1


def test_save_answer_of_the_higher_sequence_counts_whatever_arrives_first(attempt: Attempt) -> None:
    newest = save(attempt, sent=["b"], sequence=3)

    for late in (1, 2, 3):
        with pytest.raises(StaleAnswer) as refusal:
            save(attempt, sent=["a"], sequence=late)
        assert refusal.value.latest == newest
    save(attempt, sent=["c"], sequence=4)

    assert list(Answer.objects.values_list("sequence", "response")) == [(3, ["b"]), (4, ["c"])]
    view = question_view(attempt=attempt, position=1)
    assert [choice["key"] for choice in view.asked.fields["choices"] if choice["chosen"]] == ["c"]
    assert view.next_sequence == 5


def test_save_answer_of_a_question_that_is_not_there(attempt: Attempt) -> None:
    for position in (0, 5, 10**9):
        with pytest.raises(NoSuchQuestion):
            save(attempt, position=position, sent=["a"])


def test_save_answer_after_submission_is_refused_and_changes_nothing(attempt: Attempt, at: datetime) -> None:
    save(attempt, sent=["a"])
    submit_attempt(attempt=attempt, by=attempt.learner, at=at + timedelta(hours=1))
    before = facts(attempt)

    with pytest.raises(AttemptClosed):
        save(attempt, sent=["b"], sequence=2)
    with pytest.raises(AttemptClosed):
        save(attempt, position=2, sent=["a"])

    assert facts(attempt) == before


# Submission --------------------------------------------------------------------------------------


def test_submit_attempt_twice_gives_one_result_and_one_of_everything(
    small: SmallCourse, learner: User, at: datetime
) -> None:
    enrol(learner=learner, course=small.course, by=learner, at=at)
    take_lessons(learner, small.course, at=at)
    first = sit(learner, small.assessment, at=at)
    attempt = first.attempt
    before = facts(attempt)

    again = submit_attempt(attempt=attempt, by=learner, at=at + timedelta(days=1))

    assert again == first
    assert facts(attempt) == before
    assert (AttemptResult.objects.count(), Mark.objects.count()) == (1, 4)
    assert sorted(SkillEvidence.objects.values_list("skill__name", flat=True)) == [
        "Independent scoring",
        "Keeping a record",
    ]
    assert CourseCompletion.objects.count() == 1
    assert list(LearningEvent.objects.order_by("pk").values_list("kind", flat=True)) == [
        "enrolled",
        *["lesson_completed"] * 3,
        "attempt_started",
        "attempt_submitted",
        "evidence_granted",
        "evidence_granted",
        "course_completed",
    ]


def test_unanswered_questions_earn_nothing(attempt: Attempt, at: datetime) -> None:
    items = items_of(attempt)
    answer(attempt, items[2], right_keys(items[2].version))

    result = submit_attempt(attempt=attempt, by=attempt.learner, at=at)

    assert [mark.fraction for mark in Mark.objects.order_by("attempt_item__position")] == [0, 0, 1, 0]
    assert (result.score, result.maximum, result.percent, result.passed) == (1, 4, 25, False)
    view = result_view(attempt=attempt)
    assert [(asked.answered, asked.right) for asked in view.questions] == [
        (False, False),
        (False, False),
        (True, True),
        (False, False),
    ]


def test_skill_counts_by_its_own_share_even_when_the_whole_failed(
    small: SmallCourse, learner: User, attempt: Attempt, at: datetime
) -> None:
    first, second = small.skills
    for item in items_of(attempt):
        if item.version.skill == first:
            answer(attempt, item, right_keys(item.version))

    result = submit_attempt(attempt=attempt, by=learner, at=at)

    assert (result.percent, result.passed) == (Decimal(50), False)
    assert result.skills == [
        {
            "skill": first.pk,
            "name": "Independent scoring",
            "proficiency": 2,
            "score": "2.00",
            "maximum": "2.00",
            "percent": "100.00",
            "shown": True,
        },
        {
            "skill": second.pk,
            "name": "Keeping a record",
            "proficiency": 2,
            "score": "0.00",
            "maximum": "2.00",
            "percent": "0.00",
            "shown": False,
        },
    ]
    evidence = SkillEvidence.objects.get()
    assert (evidence.skill, evidence.proficiency, evidence.source) == (first, 2, "assessment")
    assert evidence.fact_id == str(attempt.uuid)
    assert evidence.rule == {
        "rule": "share of a skill's marks",
        "share_needed": "70",
        "share_reached": "100.00",
        "assessment": "Final assessment",
        "versions": [item.version_id for item in items_of(attempt) if item.version.skill == first],
    }
    assert list(SkillStanding.objects.values_list("skill", "claimed", "assessed", "confirmed")) == [
        (first.pk, None, 2, None)
    ]


# Freezing ----------------------------------------------------------------------------------------


def turn_everything_round(small: SmallCourse, at: datetime) -> None:
    """Change every key and text of the bank, the rule of the assessment, and its skills."""
    for item in small.bank.items.all():
        latest = item.versions.order_by("-number").first()
        question(
            bank=small.bank,
            code=item.code,
            skill=latest.skill,
            kind=ItemKind.MULTIPLE_CHOICE,
            right="c",
            stem="Entirely new?",
            because="Reversed",
            lesson=small.lessons[0],
            at=at,
        )
    AssessmentPage.objects.update(draw=1, pass_mark=100, skill_share=100, attempts_allowed=1, title="Renamed")
    small.assessment.proves.all().delete()


def words_of(view: QuestionView) -> tuple[Rich, list[Rich]]:
    """What a question says, whatever was chosen since."""
    return view.asked.stem, [choice["text"] for choice in view.asked.fields["choices"]]


def test_attempt_is_judged_by_what_stood_when_it_started(
    small: SmallCourse, learner: User, attempt: Attempt, at: datetime
) -> None:
    items = items_of(attempt)
    views = [question_view(attempt=attempt, position=number) for number in (1, 2, 3, 4)]
    for item in items[:3]:
        answer(attempt, item, right_keys(item.version))
    answer(attempt, items[3], wrong_keys(items[3].version))

    turn_everything_round(small, at)

    attempt = Attempt.objects.get()
    after = [question_view(attempt=attempt, position=number) for number in (1, 2, 3, 4)]
    assert [words_of(view) for view in after] == [words_of(view) for view in views]
    result = submit_attempt(attempt=attempt, by=learner, at=at)
    assert (result.score, result.maximum, result.percent, result.passed) == (3, 4, 75, True)
    assert [row["maximum"] for row in result.skills] == ["2.00", "2.00"]


def test_finished_result_does_not_change_and_is_recomputed_from_what_is_stored(
    small: SmallCourse, learner: User, at: datetime
) -> None:
    result = sit(learner, small.assessment, at=at, right=3)
    before, shown = facts(result.attempt), result_view(attempt=result.attempt)

    turn_everything_round(small, at)

    stored = Attempt.objects.select_related("result", "learner", "assessment").get()
    assert facts(stored) == before
    assert result_view(attempt=stored).questions == shown.questions
    assert result_view(attempt=stored).released == shown.released
    again = decide(stored, mark_attempt(stored), at=result.decided_at)
    for name in ("score", "maximum", "percent", "passed", "skills", "decided_at"):
        assert getattr(again, name) == getattr(stored.result, name)


# Arithmetic --------------------------------------------------------------------------------------


def marked(*fractions: str, skill: int = 1) -> list[Marked]:
    """Questions of one mark each that earned these fractions, as they are stored."""
    return [
        Marked(
            item=SimpleNamespace(max_mark=Decimal(1), version=SimpleNamespace(skill_id=skill)),
            response=[],
            fraction=Decimal(one),
        )
        for one in fractions
    ]


def judged(questions: list[Marked], *, needed: str, at: datetime) -> AttemptResult:
    rule = {"pass_mark": needed, "skill_share": needed, "proves": [{"skill": 1}]}
    return decide(Attempt(rule=rule), questions, at=at)


@pytest.mark.parametrize(
    ("fractions", "needed", "decision"),
    [
        (["1"] * 7 + ["0"] * 3, "70", ("7.00", "70.00", True)),
        (["1"] * 6 + ["0.9996"] + ["0"] * 3, "70", ("6.99", "69.99", False)),
        (["1"] * 6 + ["0.3333333"] * 3 + ["0"], "70", ("7.00", "70.00", True)),
        (["1"] * 6 + ["0.6666667", "0.3333333", "0", "0"], "70", ("7.00", "70.00", True)),
        (["0.6666667"] * 10, "66.67", ("6.66", "66.66", False)),
        (["0.6666667"] * 10, "66.66", ("6.66", "66.66", True)),
        (["0.1666667"] * 6, "16.67", ("1.00", "16.66", False)),
        (["1", "1", "1"], "100", ("3.00", "100.00", True)),
        (["0"], "1", ("0.00", "0.00", False)),
    ],
)
def test_decision_is_by_the_exact_marks(
    fractions: list[str], needed: str, decision: tuple[str, str, bool], at: datetime
) -> None:
    result = judged(marked(*fractions), needed=needed, at=at)

    (skill,) = result.skills
    assert (str(result.score), str(result.percent), result.passed) == decision
    assert (skill["score"], skill["percent"], skill["shown"]) == decision


def test_percent_of_69_point_996_is_not_shown_as_a_pass() -> None:
    assert str(percent(Fraction(69996, 1000), Decimal(100))) == "69.99"


shares = st.builds(Fraction, st.integers(0, 6), st.just(6)) | st.builds(Fraction, st.integers(0, 7), st.just(7))


@given(earned=st.lists(shares, min_size=1, max_size=30), pass_mark=st.integers(1, 10_000))
def test_shown_percent_reaches_the_pass_mark_exactly_when_passed(earned: list[Fraction], pass_mark: int) -> None:
    stored = [str(round(Decimal(one.numerator) / one.denominator, 7)) for one in earned]
    needed = Decimal(pass_mark) / 100

    result = judged(marked(*stored), needed=str(needed), at=datetime.now().astimezone())

    assert result.passed == (sum(earned) * 10_000 >= pass_mark * len(earned))
    assert result.passed == (result.percent >= needed)
    assert 0 <= result.percent <= 100


def test_versions_of_an_attempt_are_each_drawn_once(attempt: Attempt) -> None:
    versions = [item.version_id for item in items_of(attempt)]

    assert len(set(versions)) == 4
    assert ItemVersion.objects.filter(pk__in=versions).count() == 4
