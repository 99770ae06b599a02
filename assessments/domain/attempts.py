"""The life of an attempt: start, answer, submit."""

from __future__ import annotations

import random
import secrets
import uuid as uuids
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from academy.people.models import User
from academy.records.api import EventKind, record_event
from assessments.domain.draw import draw_versions
from assessments.domain.files import Files, received
from assessments.domain.permits import AttemptRefused, PermitState, attempt_permit
from assessments.item_types import InvalidResponse, Response, Sent, item_type
from assessments.models import Answer, AssessmentPage, Attempt, AttemptItem, ItemVersion

MAX_MARK = 1


class AttemptClosed(Exception):
    """The attempt was submitted: its answers are final."""


class NoSuchQuestion(Exception):
    """The attempt has no question at this position."""


class StaleAnswer(Exception):
    """A newer answer was saved elsewhere. ``latest`` is the one that counts, ``response`` what was sent now; nothing was overwritten."""

    def __init__(self, latest: Answer, response: Response) -> None:
        super().__init__(latest.sequence)
        self.latest = latest
        self.response = response


def frozen_rule(assessment: AssessmentPage) -> dict[str, object]:
    """Return the rule that an attempt is judged by, as plain JSON: later edits of the page change no attempt."""
    return {
        "title": assessment.title,
        "revision": assessment.live_revision_id,
        "draw": assessment.draw,
        "pass_mark": str(assessment.pass_mark),
        "skill_share": str(assessment.skill_share),
        "attempts_allowed": assessment.attempts_allowed,
        "proves": [
            {"skill": row.skill_id, "name": row.skill.name, "proficiency": row.proficiency}
            for row in assessment.proves.select_related("skill").order_by("sort_order", "pk")
        ],
    }


def start_attempt(*, learner: User, assessment: AssessmentPage, by: User, at: datetime) -> Attempt:
    """Start an attempt, or return the one that is open. Raises AttemptRefused or NotEnoughQuestions.

    Two requests at once make one attempt: the database allows one open attempt, and the second gets it.
    """
    permit = attempt_permit(learner=learner, assessment=assessment, at=at)
    if permit.state == PermitState.START:
        try:
            with transaction.atomic():
                return _create_attempt(learner, assessment, number=permit.used + 1, by=by, at=at)
        except IntegrityError:
            # Another request was faster: judge again by what it made.
            permit = attempt_permit(learner=learner, assessment=assessment, at=at)
            if permit.state == PermitState.START:
                raise
    if permit.state != PermitState.RESUME or permit.latest is None:
        raise AttemptRefused(permit)
    return permit.latest


def _create_attempt(learner: User, assessment: AssessmentPage, *, number: int, by: User, at: datetime) -> Attempt:
    seed = secrets.randbits(62)
    attempt = Attempt.objects.create(
        learner=learner,
        assessment=assessment,
        assessment_key=assessment.translation_key,
        number=number,
        rule=frozen_rule(assessment),
        seed=seed,
        started_at=at,
        started_by=by,
    )
    versions = draw_versions(bank=assessment.bank, count=assessment.draw, seed=seed)
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=position,
            version=version,
            option_order=_arrangement(version, seed=seed),
            max_mark=MAX_MARK,
        )
        for position, version in enumerate(versions, start=1)
    )
    record_event(kind=EventKind.ATTEMPT_STARTED, learner=learner, subject=attempt, by=by, at=at, number=number)
    return attempt


def _arrangement(version: ItemVersion, *, seed: int) -> Any:
    """In which order this learner sees the parts of a question."""
    functions = item_type(version.kind)
    chance = random.Random(f"{seed}:{version.pk}")  # noqa: S311 -- an order that can be repeated, not a secret
    return functions.arrange(functions.load(version.content), chance)


def save_answer(
    *,
    attempt: Attempt,
    position: int,
    uuid: uuids.UUID,
    sequence: int,
    sent: Sent,
    by: User,
    at: datetime,
    files: Files = (),
) -> Answer:
    """Append an answer and return it once it is stored. The same ``uuid`` with the same answer is one row, for ever.

    ``sequence`` is one more than that of the answer the form was built on: the highest counts, whatever arrives
    first. If a newer one was saved meanwhile, or this ``uuid`` with another answer, nothing is overwritten. Raises
    NoSuchQuestion, AttemptClosed, InvalidResponse or StaleAnswer.
    """
    item = AttemptItem.objects.select_related("version").filter(attempt=attempt, position=position).first()
    if item is None:
        raise NoSuchQuestion(position)
    functions = item_type(item.version.kind)
    given = received(learner=attempt.learner, version=item.version, item=item, sent=sent, files=files, at=at)
    with given as whole, transaction.atomic():
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        response = functions.parse(functions.load(item.version.content), whole)
        again: Answer | None = Answer.objects.filter(uuid=uuid).first()
        if again and again.attempt_item_id == item.pk and again.response == response:
            return again
        if locked.submitted_at is not None:
            raise AttemptClosed(locked.uuid)
        if again and again.attempt_item_id != item.pk:
            raise InvalidResponse(_("This page belongs to another question. Choose your answer again and save it."))
        latest = item.answers.order_by("-sequence").first()
        if latest and (again or latest.sequence >= sequence):
            raise StaleAnswer(latest, response)
        return Answer.objects.create(uuid=uuid, attempt_item=item, sequence=sequence, response=response, received_at=at)
