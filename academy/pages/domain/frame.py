"""What stands around every page: the way to it, its languages, the areas of the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, gettext
from wagtail.models import Page, Site

from academy.pages.domain.languages import direction, own_name

# Depth 1 is Wagtail's root, which nobody sees. The home pages stand below it, and below these the areas.
HOME_DEPTH = 2
AREA_DEPTH = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageLink:
    """One language that the present address has. ``name`` is the language's own; ``url`` has no host."""

    code: str
    name: str
    direction: str
    url: str
    absolute_url: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Crumb:
    """One step on the way from the home page; ``url`` has no host."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """``areas`` holds the addresses of the published areas in the present language, by the name of their model."""

    languages: tuple[LanguageLink, ...]
    crumbs: tuple[Crumb, ...]
    areas: Mapping[str, str]


def page_frame(*, request: HttpRequest, page: Page | None) -> Frame:
    """The frame of a Wagtail page, or of any other address (``page`` None). One query, and the request's site.

    The languages of a page are those in which it is published; of another address those whose home page is.
    An address that belongs to nothing ("page not found") has none. A page's crumbs leave itself out, and what
    is not published.
    """
    present = get_language() or settings.LANGUAGE_CODE
    key = _home_key(request) if page is None else page.translation_key
    above = _paths_above(page)
    rows = (
        Page.objects.live()
        .filter(
            Q(translation_key=key) | Q(path__in=above) | Q(depth=AREA_DEPTH, locale__language_code=present),
        )
        .select_related("locale", "content_type")
        .order_by("path")
    )
    same = {row.locale.language_code: row for row in rows if row.translation_key == key}
    urls = _view_urls(request, [*same, present]) if page is None else _page_urls(request, same)
    return Frame(
        languages=_languages(request, urls, present),
        crumbs=tuple(_crumb(row, request) for row in rows if row.path in above),
        areas={
            row.content_type.model: row.get_url(request) or ""
            for row in rows
            if row.depth == AREA_DEPTH and row.locale.language_code == present
        },
    )


def _home_key(request: HttpRequest) -> UUID | None:
    site = Site.find_for_request(request)
    return None if site is None else site.root_page.translation_key


def _paths_above(page: Page | None) -> list[str]:
    if page is None or not page.path:
        return []
    return [page.path[: depth * Page.steplen] for depth in range(HOME_DEPTH, len(page.path) // Page.steplen)]


def _crumb(page: Page, request: HttpRequest) -> Crumb:
    # A home page's title is a headline; on the way back one looks for "Home".
    title = gettext("Home") if page.depth == HOME_DEPTH else page.title
    return Crumb(title=title, url=page.get_url(request) or "")


def _languages(request: HttpRequest, urls: Mapping[str, str], present: str) -> tuple[LanguageLink, ...]:
    return tuple(
        LanguageLink(
            code=code,
            name=own_name(code),
            direction=direction(code),
            url=urls[code],
            absolute_url=request.build_absolute_uri(urls[code]),
            current=code == present,
        )
        for code, _name in settings.LANGUAGES
        if code in urls
    )


def _page_urls(request: HttpRequest, translations: Mapping[str, Page]) -> dict[str, str]:
    urls = {code: page.get_url(request) for code, page in translations.items()}
    return {code: url for code, url in urls.items() if url}


def _view_urls(request: HttpRequest, codes: Iterable[str]) -> dict[str, str]:
    """Addresses of a view. What matched no view, or Wagtail's serving view without a page, is "not found"."""
    match = request.resolver_match
    if match is None or match.url_name == "wagtail_serve":
        return {}
    urls = {code: translate_url(request.path, code) for code in codes}
    # An address without a language, such as those of the CMS, is the same in all of them.
    return urls if len({*urls.values()}) == len(urls) else {}
