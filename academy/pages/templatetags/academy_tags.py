"""What the base template and every page say about themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from academy.pages.domain.frame import Frame, page_frame
from academy.pages.domain.headings import Heading, with_anchors
from academy.pages.domain.languages import SourceLanguage, direction, source_language
from academy.pages.domain.links import PageLink, localised_links
from academy.pages.domain.tables import Table
from academy.pages.domain.tables import as_table as build_table

register = template.Library()


def _page(context: Context) -> Page | None:
    """The Wagtail page shown; a paginator's page goes by the same name elsewhere."""
    page = context.get("page")
    return page if isinstance(page, Page) else None


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> str:
    """The name of the page shown, as a browser's tab and a search engine should have it."""
    page = _page(context)
    return "" if page is None else page.seo_title or page.title


@register.simple_tag(takes_context=True)
def page_description(context: Context) -> str:
    """What the page shown is about, in a sentence."""
    page = _page(context)
    return "" if page is None else page.search_description or getattr(page, "summary", "")


@register.simple_tag(takes_context=True, name="page_frame")
def frame_of_page(context: Context) -> Frame | None:
    """The way to the page shown, its languages and the areas of the site; see ``page_frame``."""
    request = context.get("request")
    return None if request is None else page_frame(request=request, page=_page(context))


@register.simple_tag(takes_context=True)
def untranslated(context: Context) -> SourceLanguage | None:
    """The language that the page is really in, when it is not the reader's."""
    page = _page(context)
    return None if page is None else source_language(page=page)


@register.simple_tag(takes_context=True)
def ui_lang(context: Context) -> SafeString | str:
    """``lang`` and ``dir`` for our own words within a page that is in another language; else nothing."""
    page = _page(context)
    if page is None or page.alias_of_id is None:
        return ""
    code = get_language() or page.locale.language_code
    return format_html('lang="{}" dir="{}"', code, direction(code))


@register.simple_tag
def local_date(value: date | datetime | None, time: bool = False) -> SafeString | str:  # noqa: FBT001, FBT002 -- a template names it
    """A date as the reader writes it, in their time zone, in a ``<time>``. Nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    shown = date_format(value, "DATETIME_FORMAT" if time and isinstance(value, datetime) else "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderedBody:
    """A page's body as HTML, and the headings in it."""

    html: SafeString
    headings: tuple[Heading, ...]


@register.simple_tag(takes_context=True)
def page_body(context: Context, stream: StreamValue) -> RenderedBody:
    """Render a body so that each of its headings can be linked to, and tell which there are."""
    # The blocks escaped what needs it; the headings' ids are slugs.
    markup, headings = with_anchors(stream.render_as_block(context=context.flatten()))
    return RenderedBody(html=mark_safe(markup), headings=headings)  # noqa: S308 -- see above


@register.simple_tag(takes_context=True)
def play_links(context: Context, stream: StreamValue) -> Mapping[int, PageLink]:
    """Links for every play that the stream's blocks point to, by the id of the play chosen. At most two queries."""
    plays = [child.value["play"] for child in stream if child.block_type == "play_link"]
    chosen = [play for play in plays if play]
    return localised_links(chosen, beside=_page(context), request=context.get("request"))


@register.filter
def at(mapping: Mapping[Any, Any] | None, key: object) -> Any:
    """What ``mapping`` holds at ``key``, or None."""
    return mapping.get(key) if mapping else None


@register.filter
def as_table(rows: Iterable[Iterable[str]]) -> Table:
    """Rows of words as a table, with figures told from words."""
    return build_table(rows)
