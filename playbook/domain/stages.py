"""The stages of a purchase and what stands in each."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from academy.pages.api import PageLink
from playbook.domain.links import NeighbourLink, StageLink, neighbour_link, page_links, published_beside, stage_link
from playbook.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    PlaybookIndexPage,
    PlayPage,
    PrincipleIndexPage,
    StagePage,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class StageEntry:
    """A stage with its plays, in order."""

    stage: StageLink
    plays: tuple[PageLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaybookOverview:
    """The playbook at a glance; ``lists`` leads to the principles and the case studies."""

    stages: tuple[StageEntry, ...]
    lists: tuple[PageLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StageOverview:
    """What stands around a stage's text; ``previous`` and ``next`` are stages."""

    plays: tuple[PageLink, ...]
    case_studies: tuple[PageLink, ...]
    previous: NeighbourLink | None
    next: NeighbourLink | None


def playbook_overview(*, index: PlaybookIndexPage, request: HttpRequest | None) -> PlaybookOverview:
    """The stages below ``index`` with their plays, and the other lists. Four queries."""
    plays: dict[str, list[PlayPage]] = {}
    for play in PlayPage.objects.live().descendant_of(index).defer("body").order_by("path"):
        plays.setdefault(play.path[: -play.steplen], []).append(play)
    return PlaybookOverview(
        stages=tuple(
            StageEntry(
                stage=stage_link(stage, request=request),
                plays=page_links(plays.get(stage.path, ()), request=request),
            )
            for stage in StagePage.objects.live().child_of(index).defer("body").order_by("number", "path")
        ),
        lists=page_links(
            [
                *PrincipleIndexPage.objects.live().child_of(index),
                *CaseStudyIndexPage.objects.live().child_of(index),
            ],
            request=request,
        ),
    )


def stage_overview(*, stage: StagePage, request: HttpRequest | None) -> StageOverview:
    """The plays of a stage, its case studies and its neighbours. Three queries."""
    others = list(StagePage.objects.live().sibling_of(stage).exclude(pk=stage.pk).defer("body"))
    before = max((each for each in others if each.number < stage.number), key=_number, default=None)
    after = min((each for each in others if each.number > stage.number), key=_number, default=None)
    return StageOverview(
        plays=page_links(PlayPage.objects.live().child_of(stage).defer("body").order_by("path"), request=request),
        case_studies=page_links(
            published_beside(CaseStudyPage, stage).filter(translation_key__in=_case_keys(stage)).order_by("title"),
            request=request,
        ),
        previous=before and neighbour_link(before, request=request),
        next=after and neighbour_link(after, request=request),
    )


def _number(stage: StagePage) -> int:
    return stage.number


def _case_keys(stage: StagePage) -> object:
    # A case study is tied to the stage in the language it was written in; its translations are not tied again.
    linked = CaseStudyPage.objects.filter(stage_links__stage__translation_key=stage.translation_key)
    return linked.values("translation_key")
