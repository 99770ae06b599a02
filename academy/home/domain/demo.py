"""The demo: people at different points of the same road, brought there by the verbs that everyone uses."""

from __future__ import annotations

import uuid as uuids
from datetime import datetime, timedelta

from django.db import transaction

from academy.framework.api import find_role
from academy.people.models import User
from academy.records.api import set_aim
from assessments.api import AssessmentPage, Attempt, PermitState, save_answer, start_attempt, submit_attempt
from courses.api import complete_lesson, course_progress, enrol, issue_certificate
from courses.models import CoursePage

COURSE = "evaluating-bids-fairly"
ROLE, LEVEL = "evaluator", "panel-member"
# How far the learner is when the visitor meets them: into the first module.
LESSONS_DONE = 3


class ContentMissing(Exception):
    """The content pack is not loaded: there is no course to take."""


@transaction.atomic
def seed_journeys(*, people: dict[str, User], at: datetime) -> None:
    """Take the learner into the course and the manager through it. Raises ContentMissing."""
    course = CoursePage.objects.filter(slug=COURSE, alias_of__isnull=True).select_related("locale").first()
    if course is None:
        raise ContentMissing(COURSE)
    level = find_role(ROLE).levels.get(slug=LEVEL)
    start = at - timedelta(days=9)
    for name in ("learner", "manager"):
        set_aim(learner=people[name], role_level=level, by=people[name], at=start)
        enrol(learner=people[name], course=course, by=people[name], at=start)
    take_lessons(learner=people["learner"], course=course, count=LESSONS_DONE, at=start)
    manager = people["manager"]
    take_lessons(learner=manager, course=course, count=None, at=start)
    for status in course_progress(learner=manager, course=course, at=at).assessments:
        # In a second run it is passed; in between, somebody may be trying out the account.
        if status.permit.state == PermitState.START:
            pass_assessment(learner=manager, assessment=status.page, at=start + timedelta(days=3))
    if course_progress(learner=manager, course=course, at=at).completion:
        issue_certificate(
            learner=manager, course=course, name=manager.display_name, by=manager, at=start + timedelta(days=3, hours=1)
        )


def take_lessons(*, learner: User, course: CoursePage, count: int | None, at: datetime) -> None:
    """Complete the first ``count`` lessons, or all, a quarter of an hour each."""
    lessons = course_progress(learner=learner, course=course, at=at).lessons[:count]
    for number, lesson in enumerate(lessons, start=1):
        complete_lesson(learner=learner, lesson=lesson.page, by=learner, at=at + timedelta(minutes=15 * number))


def pass_assessment(*, learner: User, assessment: AssessmentPage, at: datetime) -> Attempt:
    """Sit the assessment and get all of it right but the last question: nobody is perfect."""
    attempt = start_attempt(learner=learner, assessment=assessment, by=learner, at=at)
    items = list(attempt.items.select_related("version"))
    for number, item in enumerate(items, start=1):
        right = [option["key"] for option in item.version.content["options"] if option["correct"]]
        wrong = [option["key"] for option in item.version.content["options"] if not option["correct"]]
        save_answer(
            attempt=attempt,
            position=item.position,
            uuid=uuids.uuid4(),
            sequence=1,
            sent={"option": right if number < len(items) else wrong[:1]},
            by=learner,
            at=at + timedelta(minutes=2 * number),
        )
    submit_attempt(attempt=attempt, by=learner, at=at + timedelta(minutes=2 * len(items) + 1))
    return attempt
