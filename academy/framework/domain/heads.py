"""How pages of the framework name a framework and link to its parts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from academy.framework.models import Edition, Framework, Role, Skill


@dataclass(frozen=True, kw_only=True, slots=True)
class FrameworkHead:
    """A framework and one edition of it."""

    code: str
    name: str
    summary: str
    source_url: str
    licence: str
    version: str
    published_date: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A role or skill to link to. ``framework`` is empty where the slug alone finds it, else the framework's code."""

    slug: str
    name: str
    framework: str


def head(edition: Edition) -> FrameworkHead:
    """Return what pages say of an edition that came with its framework. No query."""
    framework = edition.framework
    return FrameworkHead(
        code=framework.code,
        name=framework.name,
        summary=framework.summary,
        source_url=framework.source_url,
        licence=framework.licence,
        version=edition.version,
        published_date=edition.published_date,
    )


def link_to(thing: Role | Skill, *, framework: Framework, taken: Container[str]) -> Link:
    """Return a link; the framework is named where an earlier one has ``taken`` the slug."""
    return Link(slug=thing.slug, name=thing.name, framework=framework.code if thing.slug in taken else "")


def links_in_order(things: Iterable[Role | Skill]) -> dict[int, Link]:
    """Return links by row, for things in the order in which slugs are looked up. No query."""
    taken: set[str] = set()
    links = {}
    for thing in things:
        links[thing.pk] = link_to(thing, framework=thing.edition.framework, taken=taken)
        taken.add(thing.slug)
    return links


def taken_slugs(
    current: QuerySet[Role] | QuerySet[Skill], *, framework: Framework, things: Sequence[Role | Skill]
) -> frozenset[str]:
    """Return which slugs of ``things`` find something in a framework that is looked up earlier. One query."""
    earlier = Q(edition__framework__position__lt=framework.position) | Q(
        edition__framework__position=framework.position, edition__framework__code__lt=framework.code
    )
    slugs = [thing.slug for thing in things]
    return frozenset(current.filter(earlier, slug__in=slugs).values_list("slug", flat=True))
