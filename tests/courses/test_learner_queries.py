"""What a learner's pages cost the database: the same with one and with three of everything, and never more than 25."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from academy.home.models import HomePage
from academy.people.models import User
from academy.records.api import set_aim
from assessments.api import start_attempt, submit_attempt
from courses.api import enrol
from tests.factories.assessments import PracticeResponseFactory
from tests.factories.framework import RoleLevelFactory, SkillRequirementFactory
from tests.factories.records import AwardFactory, SkillStandingFactory
from tests.support.courses import answer, items_of, right_keys, small_course, take_course, take_lessons
from tests.support.moment import AT
from tests.support.queries import counted_get

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("count", [1, 3])]


@pytest.fixture
def client(learner: User) -> Client:
    client = Client()
    client.force_login(learner)
    return client


def cost(client: Client, path: str) -> int:
    response, queries = counted_get(client, path)
    assert response.status_code == 200
    return len(queries)


def test_lesson_page(client: Client, site_tree: HomePage, learner: User, count: int) -> None:
    small = small_course(site_tree, lessons=[count] * count, checks=count)
    enrol(learner=learner, course=small.course, by=learner, at=AT)
    path = "/en/courses/fair-bids/module-1/lesson-1/"
    fresh = cost(client, path)
    for lesson in small.lessons:
        for item in small.checks:
            PracticeResponseFactory(learner=learner, lesson_key=lesson.translation_key, version=item.versions.get())
    take_course(learner, small)

    assert (fresh, cost(client, path)) == (24, 26)


def test_question_page(client: Client, site_tree: HomePage, learner: User, count: int) -> None:
    small = small_course(site_tree, draw=count)
    enrol(learner=learner, course=small.course, by=learner, at=AT)
    attempt = start_attempt(learner=learner, assessment=small.assessment, by=learner, at=AT)
    path = f"/en/assess/{attempt.uuid}/q/1/"
    fresh = cost(client, path)
    for item in items_of(attempt):
        for sequence in range(1, count + 1):
            answer(attempt, item, right_keys(item.version), sequence=sequence)

    assert (fresh, cost(client, path), cost(client, f"/en/assess/{attempt.uuid}/review/")) == (10, 10, 8)
    submit_attempt(attempt=attempt, by=learner, at=AT)
    assert cost(client, f"/en/assess/{attempt.uuid}/result/") == 17


def test_course_page(client: Client, site_tree: HomePage, learner: User, count: int) -> None:
    small = small_course(site_tree, lessons=[count] * count)
    path = "/en/courses/fair-bids/"
    before = cost(client, path)
    enrol(learner=learner, course=small.course, by=learner, at=AT)
    take_lessons(learner, small.course)
    during = cost(client, path)
    take_course(learner, small)

    assert (before, during, cost(client, path)) == (19, 19, 20)


def test_my_learning(client: Client, site_tree: HomePage, learner: User, count: int) -> None:
    index = None
    for number in range(count):
        small = small_course(site_tree, slug=f"course-{number}", lessons=[count] * count, index=index)
        index = small.index
        enrol(learner=learner, course=small.course, by=learner, at=AT + timedelta(days=number))
        take_lessons(learner, small.course, count=1)
    level = RoleLevelFactory()
    for _number in range(count):
        need = SkillRequirementFactory(role_level=level, skill__edition=level.role.edition)
        SkillStandingFactory(learner=learner, skill=need.skill)
        AwardFactory(learner=learner)
    set_aim(learner=learner, role_level=level, by=learner, at=AT)

    assert (cost(client, "/en/my/"), cost(client, "/en/my/certificates/")) == (19, 7)
