"""The role that a learner works towards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from academy.framework.models import RoleLevel
from academy.people.models import User
from academy.records.domain.ledger import record_event
from academy.records.enums import EventKind
from academy.records.models import Aim


@transaction.atomic
def set_aim(*, learner: User, role_level: RoleLevel, by: User, at: datetime) -> Aim:
    """Aim for a role level; the aim before it is closed. Choosing the same again changes nothing."""
    # The lock on the person makes two requests at once wait for each other.
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)
    current = Aim.objects.filter(learner=learner, closed_at__isnull=True).first()
    if current and current.role_level_id == role_level.pk:
        return current
    if current:
        current.closed_at, current.closed_by = at, by
        current.save(update_fields=["closed_at", "closed_by"])
    aim = Aim.objects.create(learner=learner, role_level=role_level, set_at=at, set_by=by)
    record_event(kind=EventKind.AIM_SET, learner=learner, subject=aim, by=by, at=at, role=str(role_level))
    return aim
