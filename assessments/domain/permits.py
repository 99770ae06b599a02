"""May this learner start, and if not, why not and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from academy.people.models import User
from assessments.models import AssessmentPage, Attempt, AttemptResult


class PermitState(StrEnum):
    """What a learner may do with an assessment now."""

    START = "start"
    RESUME = "resume"
    WAIT = "wait"
    USED_UP = "used_up"
    PASSED = "passed"


@dataclass(frozen=True, kw_only=True, slots=True)
class AttemptPermit:
    """What a learner may do now. ``available_at`` is set in the state WAIT; ``latest`` is the last attempt, if any,
    and ``passed_result`` the decision that passed.
    """

    state: PermitState
    used: int
    allowed: int
    available_at: datetime | None
    latest: Attempt | None
    passed_result: AttemptResult | None

    @property
    def left(self) -> int:
        """Attempts that can still be started."""
        return max(0, self.allowed - self.used)


class AttemptRefused(Exception):
    """No attempt may be started now; ``permit`` says why."""

    def __init__(self, permit: AttemptPermit) -> None:
        super().__init__(permit.state)
        self.permit = permit


def attempt_permit(*, learner: User, assessment: AssessmentPage, at: datetime) -> AttemptPermit:
    """Judge by the attempts so far and the assessment's rule of today. One query."""
    return attempt_permits(learner=learner, assessments=[assessment], at=at)[assessment.pk]


def attempt_permits(*, learner: User, assessments: Sequence[AssessmentPage], at: datetime) -> dict[int, AttemptPermit]:
    """Judge several assessments at once, by the id of the page. One query, none for none."""
    if not assessments:
        return {}
    attempts: dict[UUID, list[Attempt]] = defaultdict(list)
    keys = [assessment.translation_key for assessment in assessments]
    rows = Attempt.objects.of(learner).filter(assessment_key__in=keys).select_related("result").order_by("number")
    for attempt in rows:
        attempts[attempt.assessment_key].append(attempt)
    return {
        assessment.pk: _permit(assessment, attempts[assessment.translation_key], at=at) for assessment in assessments
    }


def _permit(assessment: AssessmentPage, attempts: list[Attempt], *, at: datetime) -> AttemptPermit:
    latest = attempts[-1] if attempts else None
    available_at = None
    decided = [attempt.result for attempt in attempts if attempt.submitted_at]
    passed_result = next((result for result in decided if result.passed), None)
    if passed_result:
        state = PermitState.PASSED
    elif latest is not None and latest.submitted_at is None:
        state = PermitState.RESUME
    elif len(attempts) >= assessment.attempts_allowed:
        state = PermitState.USED_UP
    else:
        state = PermitState.START
        if latest is not None and latest.submitted_at is not None:
            free_at = latest.submitted_at + timedelta(hours=assessment.retake_hours)
            if free_at > at:
                state, available_at = PermitState.WAIT, free_at
    return AttemptPermit(
        state=state,
        used=len(attempts),
        allowed=assessment.attempts_allowed,
        available_at=available_at,
        latest=latest,
        passed_result=passed_result,
    )


def first_permit(assessment: AssessmentPage) -> AttemptPermit:
    """What somebody may do who never tried."""
    return AttemptPermit(
        state=PermitState.START,
        used=0,
        allowed=assessment.attempts_allowed,
        available_at=None,
        latest=None,
        passed_result=None,
    )
