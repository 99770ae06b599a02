"""The ledger has a line for each fact, in its transaction: a fault leaves neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from academy.home.models import HomePage
from academy.people.models import User
from academy.records.api import record_event, revoke_award, set_aim
from academy.records.models import LearningEvent
from assessments.api import start_attempt, submit_attempt
from assessments.models import Attempt
from courses.api import complete_lesson, enrol, issue_certificate, withdraw
from courses.models import Enrolment
from tests.factories.framework import RoleLevelFactory
from tests.support.courses import answer, items_of, right_keys, small_course
from tests.support.house import RECORDS

pytestmark = pytest.mark.django_db

MODULES = [
    "academy.records.domain.aims",
    "academy.records.domain.awards",
    "academy.records.domain.evidence",
    "assessments.domain.attempts",
    "assessments.domain.submission",
    "courses.domain.completion",
    "courses.domain.enrolments",
]


class LedgerIsFull(Exception):
    """The fault that is planted once a fact is stored."""


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every record."""
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in RECORDS}


def test_fault_after_any_fact_leaves_neither_fact_nor_line(
    site_tree: HomePage, learner: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = small_course(site_tree, lessons=(1,), checks=0)
    level = RoleLevelFactory()
    who: dict[str, Any] = {"learner": learner, "by": learner, "at": at}

    def submit() -> None:
        submit_attempt(attempt=Attempt.objects.get(), by=learner, at=at)

    def leave() -> None:
        withdraw(enrolment=Enrolment.objects.get(), by=learner, at=at)

    def revoke() -> None:
        revoke_award(award=learner.awards.get(), reason="Wrong name", by=learner, at=at)

    steps: list[tuple[Callable[[], Any], list[str]]] = [
        (lambda: set_aim(role_level=level, **who), ["aim_set"]),
        (lambda: enrol(course=small.course, **who), ["enrolled"]),
        (lambda: complete_lesson(lesson=small.lessons[0], **who), ["lesson_completed"]),
        (lambda: start_attempt(assessment=small.assessment, **who), ["attempt_started"]),
        (submit, ["attempt_submitted", "evidence_granted", "evidence_granted", "course_completed"]),
        (lambda: issue_certificate(course=small.course, name="Lea", **who), ["award_issued"]),
        (revoke, ["award_revoked"]),
        (leave, ["withdrew"]),
    ]
    told: list[str] = []
    for step, lines in steps:
        if step is submit:
            for item in items_of(Attempt.objects.get()):
                answer(Attempt.objects.get(), item, right_keys(item.version))
        # Fail at the first line of the step, at the second, and so on; then let it through.
        for line in range(len(lines)):
            before = everything()
            with failing_at(line, monkeypatch), pytest.raises(LedgerIsFull):
                step()
            assert everything() == before
        step()
        told += lines
        assert list(LearningEvent.objects.order_by("pk").values_list("kind", flat=True)) == told


@contextmanager
def failing_at(line: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let ``line`` lines be written, then fail."""
    written = 0

    def write(**told: Any) -> LearningEvent:
        nonlocal written
        if written == line:
            raise LedgerIsFull
        written += 1
        return record_event(**told)

    with monkeypatch.context() as patch:
        for module in MODULES:
            patch.setattr(f"{module}.record_event", write)
        yield
