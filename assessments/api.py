"""What other apps may use of this one."""

from assessments.domain.attempts import (
    AttemptClosed,
    NoSuchQuestion,
    StaleAnswer,
    save_answer,
    start_attempt,
)
from assessments.domain.draw import NotEnoughQuestions
from assessments.domain.items import InvalidItem, check_item, retire_item, save_bank, save_item
from assessments.domain.permits import AttemptPermit, AttemptRefused, PermitState, attempt_permits, first_permit
from assessments.domain.practice import (
    PracticeFeedback,
    answer_check,
    latest_versions,
    practice_feedback,
)
from assessments.domain.submission import on_finished, submit_attempt
from assessments.item_types import InvalidResponse
from assessments.models import AssessmentPage, Attempt, AttemptResult, ItemVersion

__all__ = [
    "AssessmentPage",
    "Attempt",
    "AttemptClosed",
    "AttemptPermit",
    "AttemptRefused",
    "AttemptResult",
    "InvalidItem",
    "InvalidResponse",
    "ItemVersion",
    "NoSuchQuestion",
    "NotEnoughQuestions",
    "PermitState",
    "PracticeFeedback",
    "StaleAnswer",
    "answer_check",
    "attempt_permits",
    "check_item",
    "first_permit",
    "latest_versions",
    "on_finished",
    "practice_feedback",
    "retire_item",
    "save_answer",
    "save_bank",
    "save_item",
    "start_attempt",
    "submit_attempt",
]
