"""Taking a course, and leaving it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from academy.people.models import User
from academy.records.api import EventKind, record_event
from courses.models import CoursePage, Enrolment


def enrol(*, learner: User, course: CoursePage, by: User, at: datetime) -> Enrolment:
    """Enrol, or return the enrolment that is active. Two requests at once make one: the database allows one."""
    active = Enrolment.objects.of(learner).active().on(course)
    existing = active.first()
    if existing:
        return existing
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(
                learner=learner,
                course=course,
                course_key=course.translation_key,
                enrolled_at=at,
                enrolled_by=by,
            )
            record_event(kind=EventKind.ENROLLED, learner=learner, subject=enrolment, by=by, at=at, course=course.title)
            return enrolment
    except IntegrityError:
        return active.get()


@transaction.atomic
def withdraw(*, enrolment: Enrolment, by: User, at: datetime) -> Enrolment:
    """Close the enrolment; what was done stays done. Closing it again changes nothing."""
    locked = Enrolment.objects.select_for_update().select_related("learner", "course").get(pk=enrolment.pk)
    if locked.closed_at is None:
        locked.closed_at, locked.closed_by = at, by
        locked.save(update_fields=["closed_at", "closed_by"])
        record_event(
            kind=EventKind.WITHDREW, learner=locked.learner, subject=locked, by=by, at=at, course=locked.course.title
        )
    return locked
