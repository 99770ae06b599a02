"""What stands around a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import resolve

from academy.home.models import HomePage
from academy.pages.domain.frame import Crumb, Frame, LanguageLink, page_frame
from tests.factories.languages import stand_in
from tests.factories.playbook import PlaybookIndexPageFactory, PlayPageFactory, StagePageFactory

pytestmark = pytest.mark.django_db

ENGLISH = {"code": "en", "name": "English", "direction": "ltr"}


def link(url: str, *, current: bool = True, **language: str) -> LanguageLink:
    values: dict[str, Any] = {**ENGLISH, **language}
    return LanguageLink(url=url, absolute_url=f"http://testserver{url}", current=current, **values)


def test_page_frame_of_a_play_has_its_way_and_areas(site_tree: HomePage, rf: RequestFactory) -> None:
    index = PlaybookIndexPageFactory(parent=site_tree, title="Playbook", slug="playbook")
    stage = StagePageFactory(parent=index, title="Plan", slug="plan")
    play = PlayPageFactory(parent=stage, title="Brief", slug="brief")

    assert page_frame(request=rf.get("/en/playbook/plan/brief/"), page=play) == Frame(
        languages=(link("/en/playbook/plan/brief/"),),
        crumbs=(
            Crumb(title="Home", url="/en/"),
            Crumb(title="Playbook", url="/en/playbook/"),
            Crumb(title="Plan", url="/en/playbook/plan/"),
        ),
        areas={"playbookindexpage": "/en/playbook/"},
    )


def test_page_frame_leaves_out_an_unpublished_step(site_tree: HomePage, rf: RequestFactory) -> None:
    index = PlaybookIndexPageFactory(parent=site_tree, title="Playbook", slug="playbook", live=False)
    stage = StagePageFactory(parent=index, title="Plan", slug="plan")

    frame = page_frame(request=rf.get("/en/playbook/plan/"), page=stage)

    assert frame.crumbs == (Crumb(title="Home", url="/en/"),)
    assert frame.areas == {}


def test_page_frame_of_the_home_page_has_no_way(site_tree: HomePage, rf: RequestFactory) -> None:
    assert page_frame(request=rf.get("/en/"), page=site_tree).crumbs == ()


def test_page_frame_of_a_view_has_the_languages_of_the_home_page(site_tree: HomePage, rf: RequestFactory) -> None:
    stand_in(site_tree, "es")
    request = rf.get("/en/cookies/")
    request.resolver_match = resolve("/en/cookies/")

    assert page_frame(request=request, page=None).languages == (
        link("/en/cookies/"),
        link("/es/cookies/", current=False, code="es", name="Español"),
    )


def test_page_frame_of_the_cms_has_no_languages(site_tree: HomePage, rf: RequestFactory) -> None:
    stand_in(site_tree, "es")
    request = rf.get("/cms/styleguide/")
    request.resolver_match = resolve("/cms/styleguide/")

    assert page_frame(request=request, page=None).languages == ()


@pytest.mark.parametrize("count", [1, 3])
def test_page_frame_any_depth_and_languages_take_one_query_and_the_site(
    site_tree: HomePage, rf: RequestFactory, django_assert_num_queries: Any, count: int
) -> None:
    index = PlaybookIndexPageFactory(parent=site_tree)
    for number in range(count):
        StagePageFactory(parent=index, number=number + 1)
    stage = StagePageFactory(parent=index)
    for code in ["es", "id"][: count - 1]:
        stand_in(stage, code)
    page_frame(request=rf.get("/en/"), page=stage)  # the site's root is learned once a process

    with django_assert_num_queries(2):
        page_frame(request=rf.get("/en/"), page=stage)
