"""People of the demo at every point of the road, and answers for them."""

from __future__ import annotations

import uuid as uuids
from datetime import datetime, timedelta

from academy.home.domain.demo import pass_assessment, take_lessons
from academy.people.api import open_account
from academy.people.models import User
from assessments.api import AssessmentPage, Attempt, ItemVersion, save_answer, start_attempt, submit_attempt
from assessments.models import AttemptItem
from courses.api import enrol
from courses.models import CoursePage

PASSWORD = "a password of the demo"
COURSE = "/en/courses/evaluating-bids-fairly/"


def the_course() -> CoursePage:
    """The course of the demo, in English."""
    return CoursePage.objects.select_related("locale").get(slug="evaluating-bids-fairly", locale__language_code="en")


def the_assessment() -> AssessmentPage:
    """Its assessment."""
    return AssessmentPage.objects.child_of(the_course()).get()


def person(name: str, *, at: datetime) -> User:
    """Somebody new, who has done nothing yet."""
    return open_account(
        email=f"{name.lower()}@example.org",
        display_name=name,
        language="en",
        by=None,
        at=at,
        verified=True,
    )


def right(version: ItemVersion) -> list[str]:
    """The keys of the right options."""
    return [option["key"] for option in version.content["options"] if option["correct"]]


def wrong(version: ItemVersion) -> list[str]:
    """The key of a wrong option."""
    return [next(option["key"] for option in version.content["options"] if not option["correct"])]


def drawn(attempt: Attempt) -> list[AttemptItem]:
    """The questions of an attempt in order, each with its version."""
    return list(attempt.items.select_related("version").order_by("position"))


def answer(attempt: Attempt, item: AttemptItem, sent: list[str], *, at: datetime) -> None:
    """Save an answer, as the first to its question."""
    save_answer(
        attempt=attempt,
        position=item.position,
        uuid=uuids.uuid4(),
        sequence=1,
        sent={"option": sent},
        by=attempt.learner,
        at=at,
    )


def newcomer(*, at: datetime) -> User:
    """Somebody with an account and nothing more."""
    return person("Nia", at=at)


def taker(*, at: datetime) -> tuple[User, Attempt]:
    """Somebody in the middle of the assessment: every second question is answered, each of them right."""
    user = person("Tadeo", at=at)
    enrol(learner=user, course=the_course(), by=user, at=at)
    take_lessons(learner=user, course=the_course(), count=None, at=at)
    attempt = start_attempt(learner=user, assessment=the_assessment(), by=user, at=at + timedelta(days=1))
    for item in drawn(attempt)[::2]:
        answer(attempt, item, right(item.version), at=at + timedelta(days=1))
    return user, attempt


def finisher(*, at: datetime) -> User:
    """Somebody who has completed the course and not asked for the certificate yet."""
    user = person("Femi", at=at)
    enrol(learner=user, course=the_course(), by=user, at=at)
    take_lessons(learner=user, course=the_course(), count=None, at=at)
    pass_assessment(learner=user, assessment=the_assessment(), at=at + timedelta(days=1))
    return user


def failer(*, at: datetime) -> tuple[User, Attempt]:
    """Somebody who got everything wrong, once."""
    user = person("Faye", at=at)
    enrol(learner=user, course=the_course(), by=user, at=at)
    attempt = start_attempt(learner=user, assessment=the_assessment(), by=user, at=at)
    for item in drawn(attempt):
        answer(attempt, item, wrong(item.version), at=at)
    submit_attempt(attempt=attempt, by=user, at=at)
    return user, attempt
