"""The playbook's lists: stages, principles, case studies."""

from __future__ import annotations

import pytest
from django.test import Client

from academy.home.models import HomePage
from academy.pages.api import PageLink
from playbook.domain.links import NeighbourLink, StageLink
from playbook.domain.queries import (
    CountryEntry,
    PlaybookOverview,
    PrincipleEntry,
    StageEntry,
    StageOverview,
    case_studies_by_country,
    case_studies_of,
    case_study_context,
    playbook_overview,
    principle_context,
    principles_below,
    stage_overview,
)
from playbook.models import PlaybookIndexPage
from tests.factories.playbook import (
    CaseStudyCountryPageFactory,
    CaseStudyIndexPageFactory,
    CaseStudyPageFactory,
    CaseStudyStageFactory,
    PlaybookIndexPageFactory,
    PlayCaseStudyFactory,
    PlayPageFactory,
    PlayPrincipleFactory,
    PrincipleIndexPageFactory,
    PrinciplePageFactory,
    StagePageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(site_tree: HomePage) -> PlaybookIndexPage:
    """An empty playbook at /en/playbook/."""
    page: PlaybookIndexPage = PlaybookIndexPageFactory(parent=site_tree, title="Playbook", slug="playbook")
    return page


def link(title: str, url: str) -> PageLink:
    return PageLink(title=title, url=url, summary="What this page is about.")


def test_playbook_overview_stages_by_number_with_their_plays(index: PlaybookIndexPage) -> None:
    second = StagePageFactory(parent=index, title="Market", slug="market", number=2)
    StagePageFactory(parent=index, title="Plan", slug="plan", number=1)
    PlayPageFactory(parent=second, title="Ask early", slug="ask-early")
    PlayPageFactory(parent=second, title="Draft", slug="draft", live=False)
    PrincipleIndexPageFactory(parent=index, title="Principles", slug="principles")

    assert playbook_overview(index=index, request=None) == PlaybookOverview(
        stages=(
            StageEntry(
                stage=StageLink(number=1, title="Plan", url="/en/playbook/plan/", summary="What this page is about."),
                plays=(),
            ),
            StageEntry(
                stage=StageLink(
                    number=2, title="Market", url="/en/playbook/market/", summary="What this page is about."
                ),
                plays=(link("Ask early", "/en/playbook/market/ask-early/"),),
            ),
        ),
        lists=(link("Principles", "/en/playbook/principles/"),),
    )


def test_stage_overview_has_plays_cases_and_neighbours_by_number(index: PlaybookIndexPage) -> None:
    StagePageFactory(parent=index, title="Four", slug="four", number=4)
    stage = StagePageFactory(parent=index, title="Three", slug="three", number=3)
    StagePageFactory(parent=index, title="One", slug="one", number=1)
    StagePageFactory(parent=index, title="Two", slug="two", number=2)
    PlayPageFactory(parent=stage, title="Score", slug="score")
    country = CaseStudyCountryPageFactory(
        parent=CaseStudyIndexPageFactory(parent=index, title="Cases", slug="case-studies"), title="Chile", slug="chile"
    )
    case = CaseStudyPageFactory(parent=country, title="ChileCompra", slug="chilecompra")
    CaseStudyStageFactory(case_study=case, stage=stage)

    assert stage_overview(stage=stage, request=None) == StageOverview(
        plays=(link("Score", "/en/playbook/three/score/"),),
        case_studies=(link("ChileCompra", "/en/playbook/case-studies/chile/chilecompra/"),),
        previous=NeighbourLink(title="Two", url="/en/playbook/two/"),
        next=NeighbourLink(title="Four", url="/en/playbook/four/"),
    )


def test_principles_stand_by_number_whatever_their_place_in_the_tree(index: PlaybookIndexPage) -> None:
    above = PrincipleIndexPageFactory(parent=index, title="Principles", slug="principles")
    PrinciplePageFactory(parent=above, title="Open", slug="open", number=9)
    PrinciplePageFactory(parent=above, title="Users", slug="users", number=1)

    assert principles_below(index=above, request=None) == (
        PrincipleEntry(number=1, link=link("Users", "/en/playbook/principles/users/")),
        PrincipleEntry(number=9, link=link("Open", "/en/playbook/principles/open/")),
    )


def test_principle_context_names_the_plays_that_use_it(index: PlaybookIndexPage) -> None:
    above = PrincipleIndexPageFactory(parent=index, title="Principles", slug="principles")
    before = PrinciplePageFactory(parent=above, title="Users", slug="users", number=1)
    principle = PrinciplePageFactory(parent=above, title="Open", slug="open", number=2)
    play = PlayPageFactory(parent=StagePageFactory(parent=index, title="Plan", slug="plan"), title="Ask", slug="ask")
    PlayPrincipleFactory(play=play, principle=principle)

    around = principle_context(principle=principle, request=None)

    assert around.plays == (link("Ask", "/en/playbook/plan/ask/"),)
    assert around.previous == NeighbourLink(title=before.title, url="/en/playbook/principles/users/")
    assert around.next is None


def test_case_studies_by_country_leave_out_an_empty_country(index: PlaybookIndexPage) -> None:
    above = CaseStudyIndexPageFactory(parent=index, title="Cases", slug="case-studies")
    ukraine = CaseStudyCountryPageFactory(parent=above, title="Ukraine", slug="ukraine")
    CaseStudyCountryPageFactory(parent=above, title="Chile", slug="chile")
    CaseStudyPageFactory(parent=ukraine, title="Prozorro", slug="prozorro")

    prozorro = link("Prozorro", "/en/playbook/case-studies/ukraine/prozorro/")
    assert case_studies_by_country(index=above, request=None) == (
        CountryEntry(country=link("Ukraine", "/en/playbook/case-studies/ukraine/"), case_studies=(prozorro,)),
    )
    assert case_studies_of(country=ukraine, request=None) == (prozorro,)


def test_case_study_page_lists_its_facts(client: Client, index: PlaybookIndexPage) -> None:
    above = CaseStudyIndexPageFactory(parent=index, title="Cases", slug="case-studies")
    ukraine = CaseStudyCountryPageFactory(parent=above, title="Ukraine", slug="ukraine")
    case = CaseStudyPageFactory(parent=ukraine, title="Prozorro", slug="prozorro", period="2015 to 2023")
    stage = StagePageFactory(parent=index, title="Evaluate", slug="evaluate", number=3)
    CaseStudyStageFactory(case_study=case, stage=stage)
    play = PlayPageFactory(parent=stage, title="Score", slug="score")
    PlayCaseStudyFactory(play=play, case_study=case)

    around = case_study_context(case_study=case, request=None)
    html = " ".join(client.get("/en/playbook/case-studies/ukraine/prozorro/").content.decode().split())

    assert around.country == link("Ukraine", "/en/playbook/case-studies/ukraine/")
    assert [each.title for each in around.stages] == ["Evaluate"]
    assert around.plays == (link("Score", "/en/playbook/evaluate/score/"),)
    for fact in ["Ministry of Works", "National", "2015 to 2023", "Bids rose from two to five a tender."]:
        assert f"{fact}</dd>" in html
    assert '<a class="govuk-link" href="/en/playbook/evaluate/">3. Evaluate</a>' in html
    assert ">Value</dt>" not in html
