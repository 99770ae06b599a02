"""The ledger: one line for each thing that happened, in the transaction in which it happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from academy.people.models import User
from academy.records.enums import EventKind
from academy.records.models import LearningEvent


def record_event(
    *, kind: EventKind, learner: User, subject: models.Model, by: User, at: datetime, **detail: Any
) -> LearningEvent:
    """Append a line. ``detail`` holds plain JSON values that make the line readable without its subject."""
    return LearningEvent.objects.create(
        kind=kind,
        learner_id=learner.pk,
        actor_id=by.pk,
        subject_type=subject._meta.label,
        subject_id=str(getattr(subject, "uuid", subject.pk)),
        detail=detail,
        occurred_at=at,
    )
