"""Each page type costs the same number of queries, however much stands on it and below it."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page

from academy.home.models import HomePage
from academy.people.models import User
from courses.models import CoursePage
from tests.factories.courses import EnrolmentFactory
from tests.support.house import PAGES, label
from tests.support.queries import counted_get
from tests.support.trees import Grower

pytestmark = pytest.mark.django_db

# Status and queries: for a visitor, for an enrolled learner. A visitor is led from a lesson to sign-in.
QUERIES = {
    "assessments.AssessmentPage": ((200, 12), (200, 19)),
    "courses.CourseIndexPage": ((200, 10), (200, 14)),
    "courses.CoursePage": ((200, 12), (200, 20)),
    "courses.LessonPage": ((302, 6), (200, 25)),
    "courses.ModulePage": ((200, 11), (200, 18)),
    "home.HomePage": ((200, 17), (200, 21)),
    "playbook.CaseStudyCountryPage": ((200, 9), (200, 13)),
    "playbook.CaseStudyIndexPage": ((200, 10), (200, 14)),
    "playbook.CaseStudyPage": ((200, 13), (200, 17)),
    "playbook.PlayPage": ((200, 15), (200, 19)),
    "playbook.PlaybookIndexPage": ((200, 13), (200, 17)),
    "playbook.PrincipleIndexPage": ((200, 9), (200, 13)),
    "playbook.PrinciplePage": ((200, 12), (200, 16)),
    "playbook.StagePage": ((200, 12), (200, 16)),
}


def test_queries_are_known_for_every_page_type() -> None:
    assert list(QUERIES) == sorted(label(page) for page in PAGES)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", PAGES, ids=label)
def test_page_takes_the_same_queries_with_one_and_with_three_of_everything(
    kind: type[Page], count: int, client: Client, site_tree: HomePage, learner: User
) -> None:
    page = Grower(site_tree, count=count).page(kind)

    for_visitor, queries_for_visitor = counted_get(client, page.get_url())
    for course in CoursePage.objects.ancestor_of(page, inclusive=True):
        EnrolmentFactory(learner=learner, course=course)
    client.force_login(learner)
    for_learner, queries_for_learner = counted_get(client, page.get_url())

    assert (
        (for_visitor.status_code, len(queries_for_visitor)),
        (for_learner.status_code, len(queries_for_learner)),
    ) == QUERIES[label(kind)]
