"""My learning: where one stands, and the one thing to do next."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import time_machine

from academy.home.domain.my import my_learning
from academy.home.models import HomePage
from academy.people.models import User
from academy.records.api import set_aim
from assessments.api import start_attempt
from courses.api import enrol, withdraw
from courses.models import Enrolment
from tests.factories.framework import RoleLevelFactory, SkillRequirementFactory
from tests.factories.records import SkillStandingFactory
from tests.support.courses import SmallCourse, sit, small_course, take_course, take_lessons
from tests.support.visits import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree)


@pytest.fixture
def visitor(learner: User) -> Visitor:
    return Visitor(learner)


BUTTON = re.compile(r'<(a|button)[^>]*class="govuk-button[^>]*>(.*?)</\1>', re.DOTALL)


def buttons(visitor: Visitor) -> list[str]:
    """The words of the buttons on My learning."""
    main = visitor.get("/en/my/").text.partition("<main")[2].partition("</main>")[0]
    current = main.partition("Where you stand")[0]
    return [" ".join(re.sub(r"<[^>]*>", " ", words).split()) for _tag, words in BUTTON.findall(current)]


def test_my_learning_of_a_newcomer_says_what_to_do(
    small: SmallCourse, visitor: Visitor, learner: User, at: datetime
) -> None:
    page = visitor.get("/en/my/").text

    assert "No course under way" in page
    assert 'href="/en/courses/"' in page
    assert "None yet." in page
    assert "No role chosen" in page
    my = my_learning(learner=learner, at=at)
    assert (my.courses, my.current, my.standing, my.awards, my.course_list) == ((), None, None, (), small.index)


def test_my_learning_is_for_whoever_is_signed_in(small: SmallCourse) -> None:
    assert Visitor().get("/en/my/")["Location"] == "/en/account/login/?next=/en/my/"


def test_one_button_leads_on_in_every_state(small: SmallCourse, visitor: Visitor, learner: User, at: datetime) -> None:
    with time_machine.travel(at, tick=False) as clock:
        enrol(learner=learner, course=small.course, by=learner, at=at)
        seen = [buttons(visitor)]
        take_lessons(learner, small.course, count=1)
        seen.append(buttons(visitor))
        take_lessons(learner, small.course)
        seen.append(buttons(visitor))
        start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at)
        seen.append(buttons(visitor))
        sit(learner, small.assessment, at=at, right=0)
        seen.append(buttons(visitor))
        clock.shift(timedelta(hours=24))
        seen.append(buttons(visitor))
        sit(learner, small.assessment, at=at + timedelta(days=1))
        seen.append(buttons(visitor))

    assert seen == [
        ["Start"],
        ["Continue"],
        ["Continue to the assessment"],
        ["Continue the assessment"],
        ["See when you can try the assessment again"],
        ["Continue to the assessment"],
        ["Get your certificate"],
    ]


def test_finished_course_gives_way_to_the_one_under_way(
    small: SmallCourse, site_tree: HomePage, visitor: Visitor, learner: User, at: datetime
) -> None:
    other = small_course(site_tree, slug="other", index=small.index)
    enrol(learner=learner, course=other.course, by=learner, at=at - timedelta(days=1))
    award = take_course(learner, small)

    my = my_learning(learner=learner, at=at)

    assert [progress.course for progress in my.courses] == [small.course, other.course]
    assert my.current is not None
    assert my.current.course == other.course
    assert my.awards == (award,)
    page = visitor.get("/en/my/").text
    assert f"/en/my/certificates/{award.code}/" in page
    assert "Other courses" in page


def test_left_course_is_gone_from_my_learning_and_its_certificate_stays(
    small: SmallCourse, visitor: Visitor, learner: User, at: datetime
) -> None:
    award = take_course(learner, small)
    withdraw(enrolment=Enrolment.objects.get(), by=learner, at=at)

    my = my_learning(learner=learner, at=at)

    assert (my.courses, my.awards) == ((), (award,))
    assert award.code in visitor.get("/en/my/").text


def test_where_one_stands_against_the_role_aimed_for(visitor: Visitor, learner: User, at: datetime) -> None:
    level = RoleLevelFactory(name="Panel member", role__name="Evaluator")
    met = SkillRequirementFactory(
        role_level=level, skill__edition=level.role.edition, skill__name="Scoring", proficiency=2
    )
    SkillRequirementFactory(role_level=level, skill__edition=level.role.edition, skill__name="Recording", proficiency=3)
    SkillStandingFactory(learner=learner, skill=met.skill, assessed=2)
    set_aim(learner=learner, role_level=level, by=learner, at=at)

    page = " ".join(visitor.get("/en/my/").text.split())

    assert "You aim for Evaluator, level Panel member." in page
    assert "You have shown 1 of the 2 skills that it needs." in page
    assert page.index("Recording") < page.index("Scoring")
    assert "3 levels to go" in page
