"""Knowledge checks: ungraded, as often as one likes, with feedback at once."""

from __future__ import annotations

import uuid as uuids
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from academy.people.models import User
from assessments.domain.files import Files, received
from assessments.domain.queries import Asked, asked_of, verdict_of
from assessments.item_types import Response, Sent, item_type
from assessments.item_types.codec import load
from assessments.item_types.questions import Hint
from assessments.item_types.rich import Rich
from assessments.item_types.shape import Part, Verdict
from assessments.models import ItemVersion, PracticeResponse


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeFeedback:
    """What to tell a learner about an answer. Practice keeps no secrets, but lets one think: while a hint is left after
    a wrong try, what is right is ``held_back`` until the learner asks for it.

    ``tries`` counts those since the question was last answered rightly. ``again`` is what a next try begins with.
    """

    version: ItemVersion
    asked: Asked
    # None: only a person could say.
    fraction: Decimal | None
    parts: tuple[Part, ...]
    said: Rich
    explanation: Rich
    responded_at: datetime
    tries: int
    hint: Hint | None
    again: Response

    @property
    def right(self) -> bool:
        return self.fraction == 1

    @property
    def partly(self) -> bool:
        return self.fraction is not None and 0 < self.fraction < 1

    @property
    def held_back(self) -> bool:
        return self.hint is not None

    @property
    def right_parts(self) -> int | None:
        """How many parts of the answer are right, where its hint tells that."""
        if self.hint is None or not self.hint.show_count or not item_type(self.version.kind).of_parts:
            return None
        return sum(part.verdict == Verdict.RIGHT for part in self.parts)

    @property
    def given_parts(self) -> tuple[Part, ...]:
        """What was answered, without what would have been right."""
        return tuple(replace(part, right="") for part in self.parts if part.chosen)

    @property
    def compares(self) -> bool:
        """Whether there is something to hold an answer against that only a person could mark."""
        return bool(self.explanation or self.asked.fields.get("rubric"))


def checks_by_item(item_ids: Iterable[int]) -> dict[int, ItemVersion]:
    """Return the version of each item that is asked today, by item id. Two queries."""
    versions = (
        ItemVersion.objects.filter(item_id__in=list(item_ids), item__ready_version=F("pk"))
        .select_related("item__bank")
        .prefetch_related("pictures")
    )
    return {version.item_id: version for version in versions}


def answer_check(
    *, learner: User, lesson_key: uuids.UUID, version: ItemVersion, sent: Sent, at: datetime, files: Files = ()
) -> PracticeResponse:
    """Store a practice answer. Raises InvalidResponse."""
    functions = item_type(version.kind)
    body = functions.load(version.content)
    with received(learner=learner, version=version, item=None, sent=sent, files=files, at=at) as whole:
        response = functions.parse(body, whole)
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
    by_item: dict[int, list[PracticeResponse]] = defaultdict(list)
    for response in responses:
        by_item[response.version.item_id].append(response)
    return {item: _feedback(some[-1], tries=_tries(some)) for item, some in by_item.items()}


def _tries(responses: list[PracticeResponse]) -> int:
    """Return how often the latest version was tried since it was last answered rightly, the latest try included."""
    *earlier, latest = responses
    tries = 1
    for response in reversed(earlier):
        if response.version_id != latest.version_id or response.fraction is None or response.fraction >= 1:
            break
        tries += 1
    return tries


def _feedback(response: PracticeResponse, *, tries: int) -> PracticeFeedback:
    version = response.version
    functions = item_type(version.kind)
    earned = response.fraction
    hint = _hint(version, tries) if earned is not None and earned < 1 else None
    return PracticeFeedback(
        version=version,
        asked=asked_of(version, response=response.response),
        fraction=earned,
        parts=functions.review(functions.load(version.content), version.rich_stem, [], response.response),
        said=Rich() if earned is None else verdict_of(version, earned),
        explanation=version.rich_explanation,
        responded_at=response.responded_at,
        tries=tries,
        hint=hint,
        again=_again(response, hint),
    )


def _hint(version: ItemVersion, tries: int) -> Hint | None:
    """Return the hint after so many wrong tries; when all are told, none is left."""
    return load(Hint, version.hints[tries - 1], "hint") if tries <= len(version.hints) else None


def _again(response: PracticeResponse, hint: Hint | None) -> Response:
    """Return what a next try begins with: one's own words, or what a hint lets stand; else nothing."""
    functions = item_type(response.version.kind)
    if functions.marked_by_person or (hint and not hint.clear_wrong):
        return response.response
    if hint:
        return functions.without_wrong(functions.load(response.version.content), response.response)
    return []
