"""The test database itself: what one test does is gone for the next."""

from __future__ import annotations

from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from wagtail.models import Locale, Page, Site

from academy.home.models import HomePage
from academy.people.models import User
from tests.support.databases import MARKUP, NO_DATABASE


def leave_a_trace() -> None:
    User.objects.create_user("trace@example.org", display_name="Trace")
    Page.objects.all().delete()


def assert_as_migrated() -> None:
    assert list(User.objects.values_list("email", flat=True)) == []
    assert list(Page.objects.values_list("depth", "slug")) == [(1, "root"), (2, "home")]
    assert list(Site.objects.values_list("root_page__slug", flat=True)) == ["home"]
    assert list(Locale.objects.values_list("language_code", flat=True)) == ["en"]


@pytest.mark.django_db
def test_database_rolled_back_test_leaves_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    leave_a_trace()


@pytest.mark.django_db
def test_database_after_rolled_back_test_is_as_migrated() -> None:
    assert_as_migrated()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_database_after_committing_test_is_as_migrated(turn: str) -> None:
    assert_as_migrated()
    leave_a_trace()


@pytest.mark.django_db(transaction=True)
def test_database_is_shared_with_other_threads_when_committing() -> None:
    seen: list[str] = []

    def look() -> None:
        seen.extend(User.objects.values_list("email", flat=True))
        connection.close()

    User.objects.create_user("thread@example.org", display_name="Thread")
    thread = Thread(target=look)
    thread.start()
    thread.join()

    assert seen == ["thread@example.org"]


@pytest.mark.usefixtures("learner", "outsider", "trainer", "editor", "manager", "admin")
def test_people_of_the_tests_are_six() -> None:
    assert User.objects.count() == 6


def test_site_tree_is_the_root_of_the_site(site_tree: HomePage) -> None:
    assert site_tree.get_url() == "/en/"


def test_what_the_second_database_leaves_out_knows_none() -> None:
    left_out = [
        path
        for path in sorted((settings.BASE_DIR / "tests").rglob("test_*.py"))
        if path.relative_to(settings.BASE_DIR).as_posix().startswith(NO_DATABASE)
    ]

    assert {prefix for prefix in NO_DATABASE if any(f"/{prefix}" in path.as_posix() for path in left_out)} == set(
        NO_DATABASE
    )
    assert [name for name in MARKUP if not (settings.BASE_DIR / name).is_file()] == []
    assert [path.name for path in left_out if "django_db" in path.read_text(encoding="utf-8")] == []
