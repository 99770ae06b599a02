"""What other apps may ask of pages."""

from __future__ import annotations

from academy.pages.domain.links import PageLink, localised_links, page_link

__all__ = [
    "PageLink",
    "localised_links",
    "page_link",
]
