"""A page that learners' records rest on can be unpublished, never deleted: not here, not above, in no language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from academy.home.models import HomePage
from academy.people.models import User
from assessments.api import start_attempt
from courses.api import complete_lesson, enrol
from courses.domain.guard import records_on
from courses.models import CourseCompletion, CoursePage, Enrolment, LessonCompletion
from tests.factories.assessments import ItemBankFactory
from tests.factories.courses import CourseCompletionFactory
from tests.support.courses import SmallCourse, in_spanish, small_course, take_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree)


@pytest.fixture
def cms(admin: User) -> Client:
    """Nobody may do more: what the administrator cannot delete stays."""
    client = Client()
    client.force_login(admin)
    return client


def delete(cms: Client, page: Page, *, method: str = "post") -> Any:
    return getattr(cms, method)(
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
        {"confirm_site_name": "Procurement Academy"} if method == "post" else {},
    )


def delete_in_bulk(cms: Client, *pages: Page, method: str = "post") -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return getattr(cms, method)(f"{address}?{ids}&next=/cms/")


def pages_of(small: SmallCourse) -> dict[str, Page]:
    """Each page that is asked for below, by what it is."""
    return {
        "home": small.index.get_parent(),
        "index": small.index,
        "course": small.course,
        "module": small.modules[0],
        "lesson": small.lessons[0],
        "assessment": small.assessment,
    }


# What rests on what ------------------------------------------------------------------------------


def test_records_are_counted_on_the_page_below_it_and_in_every_language(
    small: SmallCourse, learner: User, outsider: User, at: datetime
) -> None:
    take_course(learner, small)
    enrol(learner=outsider, course=small.course, by=outsider, at=at)
    spanish = in_spanish(small.course, small.modules[0], small.lessons[0], small.assessment)
    here = [small.course, small.modules[0], small.lessons[0], small.assessment]
    expected = [(2, 3, 1, 1), (0, 2, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)]

    def counted(page: Page) -> tuple[int, int, int, int]:
        records = records_on([page])
        return records.enrolments, records.lessons, records.attempts, records.completions

    assert [counted(page) for page in here] == expected
    # The Spanish course holds two pages so far.
    assert [counted(page) for page in spanish] == [(2, 1, 1, 1), (0, 1, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)]
    assert counted(small.index.get_parent()) == (2, 3, 1, 1)
    assert not records_on([])


@pytest.mark.parametrize("name", ["home", "index", "course", "module", "lesson", "assessment"])
def test_page_with_records_is_not_deleted_and_the_cms_explains(
    small: SmallCourse, learner: User, cms: Client, name: str
) -> None:
    take_course(learner, small)
    page = pages_of(small)[name]
    before = Page.objects.count()

    for answer in (
        delete(cms, page, method="get"),
        delete(cms, page),
        delete_in_bulk(cms, page),
    ):
        assert answer.status_code == 409
        text = " ".join(answer.text.split())
        assert "This page has learners" in text
        assert "Unpublish it instead" in text
        assert reverse("wagtailadmin_pages:unpublish", args=[page.pk]) in text

    assert Page.objects.count() == before


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("course", ["1 enrolment", "3 completed lessons", "1 attempt at an assessment", "1 completed course"]),
        ("module", ["2 completed lessons"]),
        ("lesson", ["1 completed lesson"]),
        ("assessment", ["1 attempt at an assessment"]),
    ],
)
def test_explanation_counts_what_rests_on_the_page(
    small: SmallCourse, learner: User, cms: Client, name: str, lines: list[str]
) -> None:
    take_course(learner, small)

    assert delete(cms, pages_of(small)[name]).context["facts"] == lines


def test_page_with_an_enrolment_alone_or_an_open_attempt_or_one_lesson_stays(
    small: SmallCourse, learner: User, cms: Client, at: datetime
) -> None:
    assert delete(cms, small.lessons[1], method="get").status_code == 200
    complete_lesson(learner=learner, lesson=small.lessons[1], by=learner, at=at)
    assert delete(cms, small.lessons[1]).status_code == 409
    assert delete(cms, small.assessment, method="get").status_code == 200
    start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at)
    assert delete(cms, small.assessment).status_code == 409
    assert delete(cms, small.lessons[0]).status_code == 302


def test_several_pages_with_one_that_has_records_all_stay(
    small: SmallCourse, learner: User, cms: Client, at: datetime
) -> None:
    complete_lesson(learner=learner, lesson=small.lessons[1], by=learner, at=at)
    before = Page.objects.count()

    assert delete_in_bulk(cms, small.lessons[0], small.lessons[1]).status_code == 409
    assert Page.objects.count() == before
    assert delete_in_bulk(cms, small.lessons[0], small.lessons[2]).status_code == 302
    assert Page.objects.count() == before - 2


def test_translation_and_source_of_a_page_with_records_stay(
    small: SmallCourse, learner: User, cms: Client, at: datetime
) -> None:
    course, lesson = in_spanish(small.course, small.lessons[0])
    enrol(learner=learner, course=course, by=learner, at=at)
    complete_lesson(learner=learner, lesson=lesson, by=learner, at=at)

    # The rows point to the Spanish pages; both languages are one course.
    for page in (small.course, course, small.lessons[0], lesson, course.get_parent(), small.modules[0]):
        assert delete(cms, page).status_code == 409
        assert delete_in_bulk(cms, page).status_code == 409


@pytest.mark.parametrize("name", ["index", "course", "module", "lesson", "assessment"])
def test_page_with_records_is_protected_against_code(small: SmallCourse, learner: User, name: str) -> None:
    take_course(learner, small)
    page = Page.objects.get(pk=pages_of(small)[name].pk)

    with pytest.raises(ProtectedError):
        page.specific.delete()
    with pytest.raises(ProtectedError):
        page.delete()

    assert CoursePage.objects.count() == 1
    assert (Enrolment.objects.count(), LessonCompletion.objects.count(), CourseCompletion.objects.count()) == (1, 3, 1)


def test_bank_and_question_of_an_attempt_are_protected_against_code(small: SmallCourse, learner: User) -> None:
    take_course(learner, small)

    with pytest.raises(ProtectedError):
        small.bank.delete()
    with pytest.raises(ProtectedError):
        small.bank.items.first().delete()
    ItemBankFactory().delete()


def test_trainer_reads_the_same_explanation(small: SmallCourse, learner: User, trainer: User) -> None:
    take_course(learner, small)
    client = Client()
    client.force_login(trainer)

    for page in (small.lessons[0], small.assessment):
        assert delete(client, page).status_code == 409
        assert delete_in_bulk(client, page).status_code == 409


def test_page_without_records_is_deleted_as_ever(small: SmallCourse, cms: Client) -> None:
    assert delete(cms, small.course, method="get").status_code == 200
    assert delete(cms, small.course).status_code == 302
    assert CoursePage.objects.count() == 0


def test_unpublishing_keeps_every_record(small: SmallCourse, learner: User, cms: Client) -> None:
    take_course(learner, small)
    records = [list(model.objects.values()) for model in (Enrolment, LessonCompletion, CourseCompletion)]

    answer = cms.post(reverse("wagtailadmin_pages:unpublish", args=[small.course.pk]), {"include_descendants": "on"})

    assert answer.status_code == 302
    assert not CoursePage.objects.get().live
    assert [list(model.objects.values()) for model in (Enrolment, LessonCompletion, CourseCompletion)] == records


def test_completion_of_a_course_that_held_nothing_protects_it_too(cms: Client) -> None:
    completion = CourseCompletionFactory()

    assert delete(cms, completion.course).context["facts"] == ["1 completed course"]
