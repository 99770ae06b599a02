"""A play, as its reader sees it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from academy.home.models import HomePage
from playbook.domain.links import NeighbourLink, Source, StageLink
from playbook.domain.plays import Audience, play_context
from playbook.models import PlayPage
from tests.factories.framework import PageRoleFactory, RoleFactory
from tests.factories.languages import locale, stand_in
from tests.factories.pages import PageSourceFactory
from tests.factories.playbook import (
    CaseStudyCountryPageFactory,
    CaseStudyIndexPageFactory,
    CaseStudyPageFactory,
    PlaybookIndexPageFactory,
    PlayCaseStudyFactory,
    PlayPageFactory,
    PlayPrincipleFactory,
    PrincipleIndexPageFactory,
    PrinciplePageFactory,
    StagePageFactory,
)
from tests.support.queries import counted_get

pytestmark = pytest.mark.django_db

ADDRESS = "/en/playbook/evaluate/score-alone/"


def play_with(home: HomePage, *, count: int) -> PlayPage:
    """Return a play with ``count`` of everything around it, and as many links to plays in its text."""
    index = PlaybookIndexPageFactory(parent=home, title="Playbook", slug="playbook")
    stage = StagePageFactory(parent=index, title="Evaluate", slug="evaluate", number=3)
    principles = PrincipleIndexPageFactory(parent=index, title="Principles", slug="principles")
    cases = CaseStudyIndexPageFactory(parent=index, title="Case studies", slug="case-studies")
    country = CaseStudyCountryPageFactory(parent=cases, title="Ukraine", slug="ukraine")
    before = [PlayPageFactory(parent=stage, title=f"Before {number}", slug=f"b{number}") for number in range(count)]
    body = [("prose", "<h2>Why it matters</h2><p>So.</p>"), ("prose", "<h2>What to do</h2>")]
    play: PlayPage = PlayPageFactory(
        parent=stage,
        title="Score alone",
        slug="score-alone",
        body=body + [("play_link", {"play": other}) for other in before],
    )
    for number in range(count):
        PlayPageFactory(parent=stage, title=f"After {number}", slug=f"a{number}")
        principle = PrinciplePageFactory(parent=principles, title=f"Principle {number}", number=number + 1)
        PlayPrincipleFactory(play=play, principle=principle)
        PlayCaseStudyFactory(play=play, case_study=CaseStudyPageFactory(parent=country, title=f"Case {number}"))
        PageSourceFactory(page=play, title=f"Source {number}", url=f"https://example.org/{number}")
        PageRoleFactory(page=play, role=RoleFactory(name=f"Role {number}", slug=f"role-{number}"))
    return play


@pytest.mark.parametrize("count", [1, 3])
def test_play_page_for_a_visitor_takes_15_queries(client: Client, site_tree: HomePage, count: int) -> None:
    play_with(site_tree, count=count)

    response, queries = counted_get(client, ADDRESS)

    assert (response.status_code, len(queries)) == (200, 15)


def test_play_context_names_everything_around(site_tree: HomePage) -> None:
    play = play_with(site_tree, count=2)

    around = play_context(play=play, request=None)

    assert around.stage == StageLink(
        number=3, title="Evaluate", url="/en/playbook/evaluate/", summary="What this page is about."
    )
    assert around.previous == NeighbourLink(title="Before 1", url="/en/playbook/evaluate/b1/")
    assert around.next == NeighbourLink(title="After 0", url="/en/playbook/evaluate/a0/")
    assert around.audience == (Audience(slug="role-0", name="Role 0"), Audience(slug="role-1", name="Role 1"))
    assert [link.title for link in around.principles] == ["Principle 0", "Principle 1"]
    assert [link.title for link in around.case_studies] == ["Case 0", "Case 1"]
    assert around.sources == (
        Source(title="Source 0", url="https://example.org/0"),
        Source(title="Source 1", url="https://example.org/1"),
    )


def test_play_context_leaves_out_what_is_not_published(site_tree: HomePage) -> None:
    play = play_with(site_tree, count=1)
    others = [*play.get_siblings(inclusive=False), play.get_parent()]
    others += [link.principle for link in play.principle_links.all()]
    others += [link.case_study for link in play.case_study_links.all()]
    for page in others:
        page.specific.unpublish()

    around = play_context(play=play, request=None)

    assert (around.stage, around.previous, around.next) == (None, None, None)
    assert (around.principles, around.case_studies) == ((), ())


def test_play_context_of_a_draft_shows_the_links_of_the_draft(site_tree: HomePage) -> None:
    play = play_with(site_tree, count=1)
    play.principle_links.clear()
    play.sources = []

    around = play_context(play=play, request=None)

    assert (around.principles, around.sources) == ((), ())


def test_play_context_of_a_stand_in_leads_to_stand_ins(site_tree: HomePage) -> None:
    play = play_with(site_tree, count=1)
    spanish = locale("es")
    for page in site_tree.get_descendants(inclusive=True):
        if not page.has_translation(spanish):
            stand_in(page, "es")

    around = play_context(play=play.get_translation(spanish), request=None)

    assert around.stage is not None
    assert around.stage.url == "/es/playbook/evaluate/"
    assert [link.url for link in around.principles] == ["/es/playbook/principles/principle-0/"]
    assert [link.url for link in around.case_studies] == ["/es/playbook/case-studies/ukraine/case-0/"]


def test_play_page_shows_contents_role_sources_and_neighbours(client: Client, site_tree: HomePage) -> None:
    play_with(site_tree, count=1)

    html = " ".join(client.get(ADDRESS).content.decode().split())

    assert "<title>Score alone – Procurement Academy</title>" in html
    assert html.count("<h1") == 1
    assert '<a class="govuk-link govuk-link--no-visited-state" href="#why-it-matters">Why it matters</a>' in html
    assert '<h2 id="what-to-do">What to do</h2>' in html
    assert '<a class="govuk-link" href="/en/framework/roles/role-0/">Role 0</a>' in html
    assert '<a class="govuk-link" href="https://example.org/0">Source 0</a>' in html
    assert 'href="/en/playbook/evaluate/b0/" rel="prev"' in html
    assert 'href="/en/playbook/evaluate/a0/" rel="next"' in html
    assert re.search(r"<dt>Updated</dt> <dd><time datetime=", html) is None  # never published through the CMS


def test_play_page_link_in_the_text_to_an_unpublished_play_is_left_out(client: Client, site_tree: HomePage) -> None:
    play = play_with(site_tree, count=1)
    play.get_prev_sibling().specific.unpublish()

    assert b"Before 0" not in client.get(ADDRESS).content
