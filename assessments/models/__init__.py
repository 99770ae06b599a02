"""Questions, assessments, attempts and marks.

Questions and everything about attempts are written by ``assessments.domain`` alone. Answer keys are plain
rows: never a page, a snippet, a revision or an API field, whose history and choosers are side doors.
"""

from assessments.models.attempts import (
    Answer,
    Attempt,
    AttemptItem,
    AttemptResult,
    Mark,
    PracticeResponse,
)
from assessments.models.files import AnswerFile
from assessments.models.items import Item, ItemBank, ItemPicture, ItemVersion, ReadyVersion, version_state
from assessments.models.pages import AssessmentPage, AssessmentSkill

__all__ = [
    "Answer",
    "AnswerFile",
    "AssessmentPage",
    "AssessmentSkill",
    "Attempt",
    "AttemptItem",
    "AttemptResult",
    "Item",
    "ItemBank",
    "ItemPicture",
    "ItemVersion",
    "Mark",
    "PracticeResponse",
    "ReadyVersion",
    "version_state",
]
