"""The way from the home page to a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext
from wagtail.models import Page

# Depth 1 is Wagtail's root, which nobody sees; depth 2 are the home pages.
HOME_DEPTH = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Crumb:
    """One step on the way; ``url`` has no host."""

    title: str
    url: str


def breadcrumbs(*, page: Page, request: HttpRequest | None) -> tuple[Crumb, ...]:
    """The pages above ``page``, from the home page down. One query, however deep; none on a home page."""
    if page.depth is None or page.depth <= HOME_DEPTH:
        return ()
    ancestors = page.get_ancestors().filter(depth__gte=HOME_DEPTH).select_related("locale")
    return tuple(
        Crumb(
            title=gettext("Home") if ancestor.depth == HOME_DEPTH else ancestor.title,
            url=ancestor.get_url(request) or "",
        )
        for ancestor in ancestors
    )
