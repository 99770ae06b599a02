"""Case studies: by country, and the facts of each."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from academy.pages.api import PageLink, page_link
from playbook.domain.links import Source, StageLink, page_links, published_beside, sources_of, stage_link
from playbook.models import CaseStudyCountryPage, CaseStudyIndexPage, CaseStudyPage, PlayPage, StagePage


@dataclass(frozen=True, kw_only=True, slots=True)
class CountryEntry:
    """A country with its case studies."""

    country: PageLink
    case_studies: tuple[PageLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStudyContext:
    """What stands around a case study. ``country`` is None while the country's page is not published."""

    country: PageLink | None
    stages: tuple[StageLink, ...]
    plays: tuple[PageLink, ...]
    sources: tuple[Source, ...]


def case_studies_by_country(*, index: CaseStudyIndexPage, request: HttpRequest | None) -> tuple[CountryEntry, ...]:
    """The countries by name, each with its case studies; one without any is left out. Two queries."""
    cases: dict[str, list[CaseStudyPage]] = {}
    for case in CaseStudyPage.objects.live().descendant_of(index).defer("body").order_by("title"):
        cases.setdefault(case.path[: -case.steplen], []).append(case)
    return tuple(
        CountryEntry(
            country=page_link(country, request=request),
            case_studies=page_links(cases[country.path], request=request),
        )
        for country in CaseStudyCountryPage.objects.live().child_of(index).order_by("title")
        if country.path in cases
    )


def case_studies_of(*, country: CaseStudyCountryPage, request: HttpRequest | None) -> tuple[PageLink, ...]:
    """The case studies of one country by title. One query."""
    return page_links(CaseStudyPage.objects.live().child_of(country).defer("body").order_by("title"), request=request)


def case_study_context(*, case_study: CaseStudyPage, request: HttpRequest | None) -> CaseStudyContext:
    """The country, the stages, the plays that point here, and the sources. Four queries."""
    above: Page | None = CaseStudyCountryPage.objects.live().filter(path=case_study.path[: -case_study.steplen]).first()
    stages = case_study.stage_links.values_list("stage__translation_key", flat=True)
    pointing = PlayPage.objects.filter(case_study_links__case_study__translation_key=case_study.translation_key)
    return CaseStudyContext(
        country=above and page_link(above, request=request),
        stages=tuple(
            stage_link(stage, request=request)
            for stage in published_beside(StagePage, case_study).filter(translation_key__in=stages).order_by("number")
        ),
        plays=page_links(
            published_beside(PlayPage, case_study)
            .filter(translation_key__in=pointing.values("translation_key"))
            .order_by("path"),
            request=request,
        ),
        sources=sources_of(case_study),
    )
