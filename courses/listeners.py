"""What courses do when something happens below them."""

from __future__ import annotations

from datetime import datetime

from academy.people.models import User
from assessments.api import Attempt, AttemptResult
from courses.domain.completion import complete_course_if_done, course_of


def complete_course_of(attempt: Attempt, result: AttemptResult, by: User, at: datetime) -> None:
    """Complete the course when the attempt passed and nothing else was left to do."""
    if result.passed:
        complete_course_if_done(learner=attempt.learner, course=course_of(attempt.assessment), by=by, at=at)
