"""A play in its place: within a stage, between two others, beside principles and case studies."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from academy.pages.api import PageLink
from playbook.domain.links import (
    NeighbourLink,
    Source,
    StageLink,
    neighbour_link,
    neighbours,
    page_links,
    published_beside,
    sources_of,
    stage_link,
)
from playbook.models import CaseStudyPage, PlayPage, PrinciplePage


@dataclass(frozen=True, kw_only=True, slots=True)
class Audience:
    """A role that a page is written for; ``slug`` finds it in the framework."""

    slug: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayContext:
    """What stands around a play's text. ``stage`` is None while its stage is not published."""

    stage: StageLink | None
    previous: NeighbourLink | None
    next: NeighbourLink | None
    audience: tuple[Audience, ...]
    principles: tuple[PageLink, ...]
    case_studies: tuple[PageLink, ...]
    sources: tuple[Source, ...]


def play_context(*, play: PlayPage, request: HttpRequest | None) -> PlayContext:
    """Everything around a play's text. Five queries, however much there is; an unsaved draft shows its own links."""
    stage_path = play.path[: -play.steplen]
    # The stage and its plays in one query: a reader's page has fifteen in all.
    around = list(
        Page.objects.live()
        .filter(Q(path=stage_path) | Q(path__startswith=stage_path, depth=play.depth))
        .select_related("stagepage")
    )
    stage = next((page.stagepage for page in around if page.path == stage_path), None)
    before, after = neighbours(play, [page for page in around if page.depth == play.depth])
    principles = play.principle_links.values_list("principle__translation_key", flat=True)
    cases = play.case_study_links.values_list("case_study__translation_key", flat=True)
    return PlayContext(
        stage=stage and stage_link(stage, request=request),
        previous=before and neighbour_link(before, request=request),
        next=after and neighbour_link(after, request=request),
        audience=tuple(
            Audience(slug=slug, name=name) for slug, name in play.audience_links.values_list("role__slug", "role__name")
        ),
        principles=page_links(
            published_beside(PrinciplePage, play).filter(translation_key__in=principles).order_by("number"),
            request=request,
        ),
        case_studies=page_links(
            published_beside(CaseStudyPage, play).filter(translation_key__in=cases).order_by("title"),
            request=request,
        ),
        sources=sources_of(play),
    )
