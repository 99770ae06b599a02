"""Knowledge checks: ungraded, as often as one likes, with feedback at once."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from academy.people.models import User
from assessments.domain.queries import ReviewedOption
from assessments.item_types import item_type
from assessments.item_types.base import options_of
from assessments.models import ItemVersion, PracticeResponse


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeFeedback:
    """What to tell a learner about an answer. Practice keeps no secrets: it is for learning."""

    version: ItemVersion
    fraction: Decimal
    options: tuple[ReviewedOption, ...]
    explanation: str
    responded_at: datetime

    @property
    def right(self) -> bool:
        return self.fraction == 1

    @property
    def partly(self) -> bool:
        return 0 < self.fraction < 1


def latest_versions(item_ids: Iterable[int]) -> dict[int, ItemVersion]:
    """Return the latest version of each item, by item id. One query."""
    versions = ItemVersion.objects.filter(item_id__in=list(item_ids)).select_related("item__bank").order_by("number")
    return {version.item_id: version for version in versions}


def answer_check(
    *, learner: User, lesson_key: uuids.UUID, version: ItemVersion, sent: Sequence[str], at: datetime
) -> PracticeResponse:
    """Store a practice answer. Raises InvalidResponse."""
    kind = item_type(version.kind)
    response = kind.parse(version.content, sent)
    return PracticeResponse.objects.create(
        learner=learner,
        lesson_key=lesson_key,
        version=version,
        response=response,
        fraction=kind.mark(version.content, response),
        responded_at=at,
    )


def practice_feedback(*, learner: User, lesson_key: uuids.UUID) -> dict[int, PracticeFeedback]:
    """Return the learner's latest answer to each check of a lesson, by item id. One query."""
    responses = (
        PracticeResponse.objects.filter(learner=learner, lesson_key=lesson_key)
        .select_related("version__item")
        .order_by("pk")
    )
    return {response.version.item_id: _feedback(response) for response in responses}


def _feedback(response: PracticeResponse) -> PracticeFeedback:
    version = response.version
    return PracticeFeedback(
        version=version,
        fraction=response.fraction,
        options=tuple(
            ReviewedOption(
                text=option.text,
                chosen=option.key in response.response,
                correct=option.correct,
                feedback=option.feedback,
            )
            for option in options_of(version.content)
        ),
        explanation=version.explanation,
        responded_at=response.responded_at,
    )
