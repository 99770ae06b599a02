"""The principles and the plays that put them to work."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from academy.pages.api import PageLink, page_link
from playbook.domain.links import (
    NeighbourLink,
    Source,
    neighbour_link,
    neighbours,
    page_links,
    published_beside,
    sources_of,
)
from playbook.models import PlayPage, PrincipleIndexPage, PrinciplePage


@dataclass(frozen=True, kw_only=True, slots=True)
class PrincipleEntry:
    """A principle in the list; ``number`` is its own, from 1 to 11."""

    number: int
    link: PageLink


@dataclass(frozen=True, kw_only=True, slots=True)
class PrincipleContext:
    """What stands around a principle's text; ``previous`` and ``next`` are principles."""

    plays: tuple[PageLink, ...]
    previous: NeighbourLink | None
    next: NeighbourLink | None
    sources: tuple[Source, ...]


def principles_below(*, index: PrincipleIndexPage, request: HttpRequest | None) -> tuple[PrincipleEntry, ...]:
    """The published principles by number. One query."""
    found = PrinciplePage.objects.live().child_of(index).defer("body").order_by("number", "path")
    return tuple(PrincipleEntry(number=each.number, link=page_link(each, request=request)) for each in found)


def principle_context(*, principle: PrinciplePage, request: HttpRequest | None) -> PrincipleContext:
    """The plays that use a principle, its neighbours and its sources. Three queries."""
    before, after = neighbours(principle, PrinciplePage.objects.live().sibling_of(principle).defer("body"))
    keys = PlayPage.objects.filter(principle_links__principle__translation_key=principle.translation_key)
    plays = published_beside(PlayPage, principle).filter(translation_key__in=keys.values("translation_key"))
    return PrincipleContext(
        plays=page_links(plays.order_by("path"), request=request),
        previous=before and neighbour_link(before, request=request),
        next=after and neighbour_link(after, request=request),
        sources=sources_of(principle),
    )
