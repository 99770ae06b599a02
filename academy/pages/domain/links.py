"""Links from one page to others, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from academy.pages.models import BasePage


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLink:
    """A published page to go to; ``url`` has no host."""

    title: str
    url: str
    summary: str


def page_link(page: BasePage, *, request: HttpRequest | None) -> PageLink:
    """The link to ``page`` as it stands. No query, except for the site's root paths when the cache is cold."""
    return PageLink(title=page.title, url=page.get_url(request) or "", summary=page.summary)


def localised_links(
    pages: Iterable[BasePage], *, beside: Page | None, request: HttpRequest | None
) -> Mapping[int, PageLink]:
    """A link for the id of each of ``pages`` that can be read: its published form in the present language, else itself.

    An author chooses a page in the language they write in; a copy of their text in another language must
    not send its reader back. A page that is published in neither has no entry. One query for each type of
    page that is not in the language of ``beside``, the page shown.
    """
    links: dict[int, PageLink] = {}
    elsewhere: dict[type[BasePage], list[BasePage]] = defaultdict(list)
    for page in pages:
        if beside is None or page.locale_id != beside.locale_id:
            elsewhere[type(page)].append(page)
        elif page.live:
            links[page.pk] = page_link(page, request=request)
    for model, chosen in elsewhere.items():
        keys = {page.translation_key for page in chosen}
        found = model.objects.live().filter(translation_key__in=keys, locale__language_code=get_language())
        here = {page.translation_key: page for page in found}
        for page in chosen:
            shown = here.get(page.translation_key, page)
            if shown.live:
                links[page.pk] = page_link(shown, request=request)
    return links
