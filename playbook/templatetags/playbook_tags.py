"""One read for each page of the playbook."""

from __future__ import annotations

from django import template
from django.template.context import Context

from academy.pages.api import PageLink
from playbook.domain.queries import (
    CaseStudyContext,
    CountryEntry,
    PlaybookOverview,
    PlayContext,
    PrincipleContext,
    PrincipleEntry,
    StageOverview,
    case_studies_by_country,
    case_studies_of,
    case_study_context,
    play_context,
    playbook_overview,
    principle_context,
    principles_below,
    stage_overview,
)
from playbook.models import (
    CaseStudyCountryPage,
    CaseStudyIndexPage,
    CaseStudyPage,
    PlaybookIndexPage,
    PlayPage,
    PrincipleIndexPage,
    PrinciplePage,
    StagePage,
)

register = template.Library()


@register.simple_tag(takes_context=True)
def playbook(context: Context, index: PlaybookIndexPage) -> PlaybookOverview:
    """The stages with their plays, and the other lists."""
    return playbook_overview(index=index, request=context.get("request"))


@register.simple_tag(takes_context=True)
def stage(context: Context, page: StagePage) -> StageOverview:
    """The plays of a stage, its case studies and neighbours."""
    return stage_overview(stage=page, request=context.get("request"))


@register.simple_tag(takes_context=True)
def play(context: Context, page: PlayPage) -> PlayContext:
    """Everything around a play's text."""
    return play_context(play=page, request=context.get("request"))


@register.simple_tag(takes_context=True)
def principles(context: Context, index: PrincipleIndexPage) -> tuple[PrincipleEntry, ...]:
    """The principles by number."""
    return principles_below(index=index, request=context.get("request"))


@register.simple_tag(takes_context=True)
def principle(context: Context, page: PrinciplePage) -> PrincipleContext:
    """The plays that use a principle, its neighbours and sources."""
    return principle_context(principle=page, request=context.get("request"))


@register.simple_tag(takes_context=True)
def countries(context: Context, index: CaseStudyIndexPage) -> tuple[CountryEntry, ...]:
    """The countries with their case studies."""
    return case_studies_by_country(index=index, request=context.get("request"))


@register.simple_tag(takes_context=True)
def country(context: Context, page: CaseStudyCountryPage) -> tuple[PageLink, ...]:
    """The case studies of one country."""
    return case_studies_of(country=page, request=context.get("request"))


@register.simple_tag(takes_context=True)
def case_study(context: Context, page: CaseStudyPage) -> CaseStudyContext:
    """The country, stages, plays and sources of a case study."""
    return case_study_context(case_study=page, request=context.get("request"))
