"""The demo: people at different points of the same road."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from academy.home.domain.demo import COURSE, ContentMissing, seed_journeys
from academy.home.domain.demo_people import PERSONAS, seed_people
from academy.home.models import HomePage
from academy.people.models import User
from academy.records.api import aim_of
from academy.records.models import LearningEvent
from courses.api import course_progress
from tests.factories.framework import RoleFactory, RoleLevelFactory
from tests.support.courses import SmallCourse, small_course

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    RoleLevelFactory(slug="panel-member", role=RoleFactory(slug="evaluator"))
    return small_course(site_tree, slug=COURSE, lessons=(3, 2), checks=0)


def test_people_are_those_that_the_readme_names(at: datetime) -> None:
    people = seed_people(password=PASSWORD, at=at)

    assert {
        name: (user.email, [group.name for group in user.groups.order_by("name")]) for name, user in people.items()
    } == {
        "learner": ("learner@example.org", []),
        "trainer": ("trainer@example.org", ["author", "publisher", "trainer:colombia"]),
        "manager": ("manager@example.org", ["programme_manager:digital-buying"]),
        "editor": ("editor@example.org", ["author", "publisher"]),
        "office": ("office@example.org", ["organisation_admin:indonesia"]),
        "admin": ("admin@example.org", ["site_admin"]),
    }
    assert not any(user.is_superuser for user in people.values())
    assert all(user.check_password(PASSWORD) for user in people.values())


def test_people_who_are_there_stay_as_they_are(at: datetime) -> None:
    first = seed_people(password=PASSWORD, at=at)
    User.objects.filter(email="learner@example.org").update(display_name="Renamed")

    again = seed_people(password="another password altogether", at=at)

    assert {name: user.pk for name, user in again.items()} == {name: user.pk for name, user in first.items()}
    assert again["learner"].display_name == "Renamed"
    assert again["learner"].check_password(PASSWORD)
    assert User.objects.count() == len(PERSONAS)


def test_learner_is_in_the_middle_and_manager_at_the_end(small: SmallCourse, at: datetime) -> None:
    people = seed_people(password=PASSWORD, at=at)

    seed_journeys(people=people, at=at)

    learner, manager = (
        course_progress(learner=people[name], course=small.course, at=at) for name in ("learner", "manager")
    )
    assert (learner.done, learner.total, learner.completion) == (3, 6, None)
    assert (manager.percent, manager.award is not None) == (100, True)
    assert manager.assessments[0].permit.passed_result.percent == 75
    assert {str(aim_of(people[name]).role.slug) for name in ("learner", "manager")} == {"evaluator"}


def test_second_run_changes_nothing(small: SmallCourse, at: datetime) -> None:
    for days in (0, 1):
        seed_journeys(people=seed_people(password=PASSWORD, at=at), at=at + timedelta(days=days))
        lines = LearningEvent.objects.count()
        if days == 0:
            first = lines

    assert lines == first


def test_demo_without_content_says_what_is_missing(at: datetime) -> None:
    with pytest.raises(ContentMissing, match=COURSE):
        seed_journeys(people=seed_people(password=PASSWORD, at=at), at=at)


def test_demo_is_refused_where_debug_is_off() -> None:
    with pytest.raises(CommandError, match="it is for DEBUG alone"):
        call_command("seed_demo", stdout=StringIO())

    assert User.objects.count() == 0


@override_settings(DEBUG=True)
def test_demo_leaves_a_site_with_people_alone_and_prints_its_accounts(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    seed_people(password=PASSWORD, at=at)
    User.objects.filter(email="editor@example.org").update(is_active=False)
    out = StringIO()

    call_command("seed_demo", "--if-empty", stdout=out)

    assert out.getvalue().splitlines() == [
        "",
        "Demo accounts:",
        "  learner@example.org    Sari Wulandari, a learner in the middle of a course",
        "  trainer@example.org    Diego Ramírez, a trainer",
        "  manager@example.org    Naledi Mokoena, a programme manager who holds a certificate",
        "  office@example.org     Budi Hartono, the administrator of Indonesia",
        "  admin@example.org      Ines Duarte, the administrator",
        f"  Password of all: {PASSWORD}",
    ]
    monkeypatch.delenv("DEMO_PASSWORD")
    out = StringIO()
    call_command("seed_demo", "--if-empty", stdout=out)
    assert out.getvalue().splitlines()[-1] == "  Password: as it was set when the demo was made"


@override_settings(DEBUG=True)
def test_demo_prints_nothing_where_its_accounts_are_not(learner: User) -> None:
    learner.email = "somebody@example.org"
    learner.save()
    out = StringIO()

    call_command("seed_demo", "--if-empty", stdout=out)

    assert out.getvalue() == ""
