"""Knowledge checks: ungraded, as often as one likes, with feedback at once."""

from __future__ import annotations

import uuid as uuids
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from academy.people.models import User
from assessments.domain.queries import Asked, asked_of
from assessments.item_types import Sent, item_type
from assessments.item_types.rich import Rich
from assessments.item_types.shape import Part
from assessments.models import ItemVersion, PracticeResponse


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeFeedback:
    """What to tell a learner about an answer. Practice keeps no secrets: it is for learning."""

    version: ItemVersion
    asked: Asked
    # None: only a person could say.
    fraction: Decimal | None
    parts: tuple[Part, ...]
    explanation: Rich
    responded_at: datetime

    @property
    def right(self) -> bool:
        return self.fraction == 1

    @property
    def partly(self) -> bool:
        return self.fraction is not None and 0 < self.fraction < 1


def checks_by_item(item_ids: Iterable[int]) -> dict[int, ItemVersion]:
    """Return the version of each item that is asked today, by item id. Two queries."""
    versions = (
        ItemVersion.objects.filter(item_id__in=list(item_ids), item__ready_version=F("pk"))
        .select_related("item__bank")
        .prefetch_related("pictures")
    )
    return {version.item_id: version for version in versions}


def answer_check(
    *, learner: User, lesson_key: uuids.UUID, version: ItemVersion, sent: Sent, at: datetime
) -> PracticeResponse:
    """Store a practice answer. Raises InvalidResponse."""
    functions = item_type(version.kind)
    body = functions.load(version.content)
    response = functions.parse(body, sent)
    return PracticeResponse.objects.create(
        learner=learner,
        lesson_key=lesson_key,
        version=version,
        response=response,
        fraction=functions.mark(body, response),
        responded_at=at,
    )


def practice_feedback(*, learner: User, lesson_key: uuids.UUID) -> dict[int, PracticeFeedback]:
    """Return the learner's latest answer to each check of a lesson, by item id. Two queries."""
    responses = (
        PracticeResponse.objects.filter(learner=learner, lesson_key=lesson_key)
        .select_related("version__item__bank")
        .prefetch_related("version__pictures")
        .order_by("pk")
    )
    return {response.version.item_id: _feedback(response) for response in responses}


def _feedback(response: PracticeResponse) -> PracticeFeedback:
    version = response.version
    functions = item_type(version.kind)
    return PracticeFeedback(
        version=version,
        asked=asked_of(version, response=response.response),
        fraction=response.fraction,
        parts=functions.review(functions.load(version.content), version.rich_stem, [], response.response),
        explanation=version.rich_explanation,
        responded_at=response.responded_at,
    )
