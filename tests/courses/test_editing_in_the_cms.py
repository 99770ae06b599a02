"""Trainers change courses while people learn: previewed, published, gated, and never changing what was finished."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from academy.home.models import HomePage
from academy.people.models import User
from assessments.models import AssessmentPage, Attempt
from courses.models import CoursePage, LessonPage
from tests.factories.assessments import AssessmentPageFactory, AssessmentSkillFactory, ItemBankFactory
from tests.factories.courses import LessonPageFactory
from tests.support.cms import page_form, preview, publish
from tests.support.courses import SmallCourse, question, small_course, take_course
from tests.support.visits import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree)


@pytest.fixture
def cms(trainer: User) -> Client:
    client = Client()
    client.force_login(trainer)
    return client


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def test_trainer_changes_everything_and_what_was_finished_stays(small: SmallCourse, learner: User, cms: Client) -> None:
    award = take_course(learner, small)
    visitor = Visitor(learner)
    papers = [
        f"/en/assess/{Attempt.objects.get().uuid}/result/",
        f"/en/my/certificates/{award.code}/",
        f"/en/verify/{award.code}/",
    ]
    before = [comparable(visitor.get(path).text) for path in papers]

    for page, changes in (
        (small.course, {"title": "Course renamed"}),
        (small.modules[0], {"title": "Module renamed"}),
        (small.lessons[0], {"minutes": "99", "body": []}),
        (small.assessment, {"title": "Assessment renamed", "pass_mark": "100", "draw": "2", "attempts_allowed": "1"}),
    ):
        answer = publish(cms, fresh(page), **changes)
        assert answer.status_code == 302, page
        assert fresh(page).live
        assert not fresh(page).has_unpublished_changes
    for item in small.bank.items.all():
        question(
            bank=small.bank, code=item.code, skill=small.skills[0], right="c", stem="Changed?", lesson=small.lessons[0]
        )

    assert [page.title for page in (CoursePage.objects.get(), AssessmentPage.objects.get())] == [
        "Course renamed",
        "Assessment renamed",
    ]
    assert fresh(small.lessons[0]).minutes == 99
    assert fresh(small.assessment).draw == 2
    assert "Course renamed" in visitor.get("/en/courses/fair-bids/").text
    assert [comparable(visitor.get(path).text) for path in papers] == before


def comparable(page: str) -> str:
    """A page's own content, without what differs at each view."""
    return page.partition("<main")[2].partition("</main>")[0]


def test_preview_shows_what_is_not_saved(small: SmallCourse, learner: User, cms: Client) -> None:
    for page in (small.course, small.modules[0], small.lessons[0], small.assessment):
        shown = preview(cms, fresh(page), title="Only a try")
        assert shown.status_code == 200
        assert "Only a try" in shown.text
        assert fresh(page).title != "Only a try"
    assert "What of fair-bids-check-1?" in preview(cms, fresh(small.lessons[0]), title="Only a try").text


@pytest.mark.parametrize(
    ("model", "parent"), [(LessonPage, "module"), (AssessmentPage, "course")], ids=["lesson", "assessment"]
)
def test_preview_of_a_page_that_is_not_there_yet(
    small: SmallCourse, cms: Client, model: type[Page], parent: str
) -> None:
    above = small.modules[0] if parent == "module" else small.course
    like = small.lessons[0] if parent == "module" else small.assessment
    address = reverse("wagtailadmin_pages:preview_on_add", args=[*label(model), above.pk])
    data = page_form(cms, fresh(like), title="Quite new", slug="quite-new")

    assert cms.post(address, data).json()["is_valid"]
    shown = cms.get(address)

    assert shown.status_code == 200
    assert "Quite new" in shown.text
    assert model.objects.filter(slug="quite-new").count() == 0


def label(model: type[Page]) -> tuple[str, str]:
    return model._meta.app_label, model._meta.model_name or ""


# Gates -------------------------------------------------------------------------------------------


def test_assessment_that_cannot_be_taken_stays_a_draft(small: SmallCourse, cms: Client) -> None:
    answer = publish(cms, fresh(small.assessment), draw="50", title="Too long")

    page = fresh(small.assessment)
    assert (answer.status_code, answer["Location"]) == (302, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert (page.live, page.draw, page.title, page.has_unpublished_changes) == (True, 4, "Final assessment", True)
    draft = page.get_latest_revision_as_object()
    assert (draft.draw, draft.title) == (50, "Too long")
    told = " ".join(cms.get(answer["Location"]).text.split())
    assert "Saved as a draft, not published." in told
    assert "The bank holds fewer questions than are drawn: add questions or draw fewer." in told
    assert 'value="Too long"' in told


def unready(small: SmallCourse) -> AssessmentPage:
    """A draft of an assessment with an empty bank."""
    page: AssessmentPage = AssessmentPageFactory(
        parent=small.course, title="Not ready", slug="not-ready", bank=ItemBankFactory(), live=False
    )
    AssessmentSkillFactory(page=page, skill=small.skills[0])
    return page


def publish_in_bulk(cms: Client, *pages: Page, below: bool = False) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in pages)
    return cms.post(f"{address}?{ids}&next=/cms/", {"include_descendants": "on"} if below else {})


def test_assessment_that_cannot_be_taken_is_not_published_in_bulk(small: SmallCourse, cms: Client) -> None:
    page = unready(small)
    small.lessons[0].unpublish()

    answer = publish_in_bulk(cms, small.lessons[0], page)
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not fresh(page).live
    assert not fresh(small.lessons[0]).live
    publish_in_bulk(cms, small.course, below=True)
    assert not fresh(page).live


def test_ready_pages_are_published_in_bulk(small: SmallCourse, cms: Client) -> None:
    for page in (*small.lessons, small.assessment):
        page.unpublish()

    assert publish_in_bulk(cms, small.course, below=True)["Location"] == "/cms/"
    assert all(fresh(page).live for page in (*small.lessons, small.assessment))


def test_lesson_with_the_slug_of_another_stays_a_draft(small: SmallCourse, cms: Client) -> None:
    # In another module Wagtail allows it; addresses that write name the course and the lesson alone.
    twin = LessonPageFactory(parent=small.modules[1], title="Lesson 1", slug="lesson-1", live=False)

    answer = publish(cms, fresh(twin), title="A twin")

    assert not fresh(twin).live
    told = " ".join(cms.get(answer["Location"]).text.split())
    assert "Saved as a draft, not published." in told
    assert "Another lesson of this course has the same slug: change it on the tab “Promote”." in told
    publish(cms, fresh(twin), slug="lesson-4")
    assert fresh(twin).live


def test_lesson_may_share_its_slug_with_one_of_another_course(
    small: SmallCourse, site_tree: HomePage, cms: Client
) -> None:
    other = small_course(site_tree, slug="other", index=small.index)

    assert publish(cms, fresh(other.lessons[0]), title="Fine").status_code == 302
    assert fresh(other.lessons[0]).title == "Fine"
