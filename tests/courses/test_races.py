"""Everything at once: a learner who clicks twelve times has done it once.

The same races without locks and constraints' second look must fail: else they would prove nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from academy.framework.models import RoleLevel
from academy.home.models import HomePage
from academy.people.models import User
from academy.records.api import issue_award, set_aim
from academy.records.models import Aim, Award, LearningEvent, SkillEvidence, SkillStanding
from assessments.api import save_answer, start_attempt, submit_attempt
from assessments.models import Answer, Attempt, AttemptResult, Mark
from courses.api import complete_lesson, enrol, issue_certificate
from courses.models import CourseCompletion, Enrolment, LessonCompletion
from tests.factories.framework import RoleLevelFactory
from tests.factories.people import UserFactory
from tests.support.courses import SmallCourse, answer, items_of, right_keys, small_course
from tests.support.moment import AT
from tests.support.races import THREADS, race, without_protection

pytestmark = pytest.mark.django_db(transaction=True)

FACTS = [Enrolment, LessonCompletion, Attempt, Answer, Mark, AttemptResult, SkillEvidence, CourseCompletion, Award, Aim]


@pytest.fixture
def small(transactional_db: None, site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree, lessons=(1,), checks=0, draw=2)


def bare(verb: Callable[..., Any]) -> Callable[..., Any]:
    """The verb without its transaction."""
    return verb.__wrapped__  # type: ignore[attr-defined]  # what functools.wraps leaves


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in FACTS}


class Journey:
    """The steps of one learner through the course, each to be raced in turn."""

    def __init__(self, learner: User, small: SmallCourse, level: RoleLevel) -> None:
        self.who = {"learner": learner, "by": learner, "at": AT}
        self.learner, self.small, self.level = learner, small, level
        self.key = uuid.uuid4()

    @property
    def attempt(self) -> Attempt:
        return Attempt.objects.get(learner=self.learner)

    def aim(self, verb: Callable[..., Any] = set_aim) -> Any:
        return verb(role_level=self.level, **self.who)

    def enrol(self) -> Any:
        return enrol(course=self.small.course, **self.who)

    def lesson(self, verb: Callable[..., Any] = complete_lesson) -> Any:
        return verb(lesson=self.small.lessons[0], **self.who)

    def start(self) -> Any:
        return start_attempt(assessment=self.small.assessment, **self.who)

    def save(self) -> Any:
        return save_answer(
            attempt=self.attempt, position=1, uuid=self.key, sequence=1, sent={"option": ["a"]}, by=self.learner, at=AT
        )

    def finish(self) -> None:
        """Answer all questions rightly, on top of what was saved."""
        for item in items_of(self.attempt):
            answer(self.attempt, item, right_keys(item.version), sequence=2)

    def submit(self, verb: Callable[..., Any] = submit_attempt) -> Any:
        return verb(attempt=self.attempt, by=self.learner, at=AT)

    def certificate(self, verb: Callable[..., Any] = issue_certificate) -> Any:
        return verb(course=self.small.course, name="Lea", **self.who)


def test_twelve_at_once_have_one_effect_each(learner: User, small: SmallCourse) -> None:
    journey = Journey(learner, small, RoleLevelFactory())
    raced = [
        (journey.aim, 'FROM "records_aim"'),
        (journey.enrol, 'FROM "courses_enrolment"'),
        (journey.lesson, 'FROM "courses_lessoncompletion"'),
        (journey.start, 'FROM "assessments_attempt"'),
        (journey.save, 'FROM "assessments_answer"'),
        (journey.submit, 'FROM "assessments_attemptitem"'),
        (journey.certificate, '"records_award"."fact_id" ='),
    ]
    for act, gap in raced:
        if act == journey.submit:
            journey.finish()
        outcome = race(act, gap=gap)
        assert outcome.raised == [], act.__name__
        assert len(outcome.returned) == THREADS
        assert len({row.pk for row in outcome.returned}) == 1, act.__name__

    assert counts() == {
        "Enrolment": 1,
        "LessonCompletion": 1,
        "Attempt": 1,
        "Answer": 3,
        "Mark": 2,
        "AttemptResult": 1,
        "SkillEvidence": 2,
        "CourseCompletion": 1,
        "Award": 1,
        "Aim": 1,
    }
    assert SkillStanding.objects.count() == 2
    assert sorted(LearningEvent.objects.values_list("kind", flat=True)) == [
        "aim_set",
        "attempt_started",
        "attempt_submitted",
        "award_issued",
        "course_completed",
        "enrolled",
        "evidence_granted",
        "evidence_granted",
        "lesson_completed",
    ]


def test_last_lessons_completed_at_once_complete_the_course(learner: User, site_tree: HomePage) -> None:
    small = small_course(site_tree, lessons=(4,), checks=0)
    small.assessment.delete()
    lessons = iter(list(small.lessons))

    outcome = race(
        lambda: complete_lesson(learner=learner, lesson=next(lessons), by=learner, at=AT),
        gap='FROM "courses_coursecompletion"',
        threads=4,
    )

    assert outcome.raised == []
    assert LessonCompletion.objects.count() == 4
    assert CourseCompletion.objects.count() == 1


def test_races_without_protection_are_lost(learner: User, small: SmallCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the same races find what is wrong when protection is gone."""
    journey = Journey(learner, small, RoleLevelFactory())
    lost: dict[str, bool] = {}

    def lose(name: str, act: Callable[[], Any], gap: str) -> None:
        with without_protection(monkeypatch):
            outcome = race(act, gap=gap, patience=10)
        lost[name] = bool(outcome.raised)

    lose("aim", lambda: journey.aim(bare(set_aim)), 'FROM "records_aim"')
    lose("enrol", journey.enrol, 'FROM "courses_enrolment"')
    lose("lesson", lambda: journey.lesson(bare(complete_lesson)), 'FROM "courses_lessoncompletion"')
    lose("start", journey.start, 'FROM "assessments_attempt"')
    with monkeypatch.context() as patch:
        patch.setattr("assessments.domain.attempts.transaction", SimpleNamespace(atomic=nullcontext))
        lose("save", journey.save, 'FROM "assessments_answer"')
    journey.finish()
    # Not at the attempt itself: the racer reads that to know what to submit, before the verb has looked.
    lose("submit", lambda: journey.submit(bare(submit_attempt)), 'FROM "assessments_attemptitem"')
    other = Journey(UserFactory(), small, journey.level)
    other.lesson()
    other.start()
    other.finish()
    other.submit()
    with monkeypatch.context() as patch:
        patch.setattr("courses.domain.completion.issue_award", bare(issue_award))
        lose("certificate", lambda: other.certificate(bare(issue_certificate)), '"records_award"."fact_id" =')

    assert lost == dict.fromkeys(["aim", "enrol", "lesson", "start", "save", "submit", "certificate"], True)
