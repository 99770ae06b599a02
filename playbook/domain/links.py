"""What playbook pages point to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.query import PageQuerySet

from academy.pages.api import PageLink, page_link
from academy.pages.models import BasePage
from playbook.models import StagePage

AnyPage = TypeVar("AnyPage", bound=Page)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """What a page rests on."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StageLink:
    """A stage to go to. ``number`` is its place in the life cycle, from 1."""

    number: int
    title: str
    url: str
    summary: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NeighbourLink:
    """The page before or after."""

    title: str
    url: str


def neighbour_link(page: Page, *, request: HttpRequest | None) -> NeighbourLink:
    """The link to the page before or after. No query."""
    return NeighbourLink(title=page.title, url=page.get_url(request) or "")


def stage_link(stage: StagePage, *, request: HttpRequest | None) -> StageLink:
    """The link to a stage. No query."""
    url = stage.get_url(request) or ""
    return StageLink(number=stage.number, title=stage.title, url=url, summary=stage.summary)


def page_links(pages: Iterable[BasePage], *, request: HttpRequest | None) -> tuple[PageLink, ...]:
    """Links to ``pages`` in their order. As many queries as it takes to read them."""
    return tuple(page_link(page, request=request) for page in pages)


def sources_of(page: BasePage) -> tuple[Source, ...]:
    """The sources in the author's order. One query."""
    return tuple(Source(title=source.title, url=source.url) for source in page.sources.all())


def published_beside(model: type[AnyPage], page: Page) -> PageQuerySet[AnyPage]:
    """Published pages of a type in the language of ``page``, without their bodies."""
    return model.objects.live().filter(locale_id=page.locale_id).defer("body")


def neighbours(page: AnyPage, siblings: Iterable[AnyPage]) -> tuple[AnyPage | None, AnyPage | None]:
    """The ones before and after ``page`` in the order of the tree. ``page`` need not be among ``siblings``: a draft is not."""
    ordered = sorted(siblings, key=lambda each: each.path)
    before = [each for each in ordered if each.path < page.path]
    after = [each for each in ordered if each.path > page.path]
    return (before[-1] if before else None, after[0] if after else None)
