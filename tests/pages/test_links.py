"""Links in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from academy.home.models import HomePage
from academy.pages.api import PageLink, localised_links, page_link
from playbook.models import PlayPage
from tests.factories.languages import stand_in, translate
from tests.factories.playbook import PlaybookIndexPageFactory, PlayPageFactory, StagePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(site_tree: HomePage) -> PlayPage:
    """A play in English."""
    index = PlaybookIndexPageFactory(parent=site_tree, title="Playbook", slug="playbook")
    page: PlayPage = PlayPageFactory(
        parent=StagePageFactory(parent=index, title="Plan", slug="plan"),
        title="Brief",
        slug="brief",
        summary="Say why.",
    )
    return page


ENGLISH = PageLink(title="Brief", url="/en/playbook/plan/brief/", summary="Say why.")


def test_page_link_names_the_page(play: PlayPage) -> None:
    assert page_link(play, request=None) == ENGLISH


def test_localised_links_beside_a_page_of_the_same_language_ask_nothing(
    play: PlayPage, django_assert_num_queries: Any
) -> None:
    page_link(play, request=None)  # the site's root is learned once a process

    with django_assert_num_queries(0):
        assert localised_links([play], beside=play, request=None) == {play.pk: ENGLISH}


def test_localised_links_beside_a_stand_in_lead_to_the_readers_language(play: PlayPage) -> None:
    there = translate(play, "es", title="Resumen", slug="resumen")

    with translation.override("es"):
        links = localised_links([play], beside=there, request=None)

    assert links == {play.pk: PageLink(title="Resumen", url="/es/playbook/plan/resumen/", summary="Say why.")}


def test_localised_links_without_a_translation_lead_to_the_original(play: PlayPage) -> None:
    beside = stand_in(play.get_parent(), "es")

    with translation.override("es"):
        assert localised_links([play], beside=beside, request=None) == {play.pk: ENGLISH}


@pytest.mark.parametrize("with_beside", [True, False])
def test_localised_links_to_an_unpublished_page_are_left_out(play: PlayPage, *, with_beside: bool) -> None:
    play.live = False
    play.save()

    assert localised_links([play], beside=play if with_beside else None, request=None) == {}
