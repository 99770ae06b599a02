"""What other apps may use of this one."""

from assessments.domain.attempts import (
    AttemptClosed,
    NoSuchQuestion,
    StaleAnswer,
    save_answer,
    start_attempt,
)
from assessments.domain.bulk import Saved, save_questions
from assessments.domain.checks import asking_problems, content_problems, picture_problems
from assessments.domain.draw import NotEnoughQuestions
from assessments.domain.files import Files, files_of
from assessments.domain.items import (
    InvalidItem,
    WrongBank,
    check_item,
    make_ready,
    retire_item,
    save_bank,
    save_draft,
    save_item,
    says_the_same,
)
from assessments.domain.permits import AttemptPermit, AttemptRefused, PermitState, attempt_permits, first_permit
from assessments.domain.practice import (
    PracticeFeedback,
    answer_check,
    checks_by_item,
    practice_feedback,
)
from assessments.domain.queries import Asked, asked_of
from assessments.domain.questions import category_of, category_path, fields_of, question_of
from assessments.domain.refill import with_sent
from assessments.domain.submission import on_finished, submit_attempt
from assessments.item_types import InvalidResponse, Sent, sent_of
from assessments.models import AssessmentPage, Attempt, AttemptResult, ItemVersion

__all__ = [
    "Asked",
    "AssessmentPage",
    "Attempt",
    "AttemptClosed",
    "AttemptPermit",
    "AttemptRefused",
    "AttemptResult",
    "Files",
    "InvalidItem",
    "InvalidResponse",
    "ItemVersion",
    "NoSuchQuestion",
    "NotEnoughQuestions",
    "PermitState",
    "PracticeFeedback",
    "Saved",
    "Sent",
    "StaleAnswer",
    "WrongBank",
    "answer_check",
    "asked_of",
    "asking_problems",
    "attempt_permits",
    "category_of",
    "category_path",
    "check_item",
    "checks_by_item",
    "content_problems",
    "fields_of",
    "files_of",
    "first_permit",
    "make_ready",
    "on_finished",
    "picture_problems",
    "practice_feedback",
    "question_of",
    "retire_item",
    "save_answer",
    "save_bank",
    "save_draft",
    "save_item",
    "save_questions",
    "says_the_same",
    "sent_of",
    "start_attempt",
    "submit_attempt",
    "with_sent",
]
