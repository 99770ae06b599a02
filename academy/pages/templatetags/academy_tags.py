"""What the base template and every page say about themselves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from academy.pages.domain.breadcrumbs import breadcrumbs
from academy.pages.domain.languages import LanguageLink, SourceLanguage, direction, language_links, source_language

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


@register.simple_tag(takes_context=True)
def alt_languages(context: Context) -> tuple[LanguageLink, ...]:
    """The present address in every language it has; see ``language_links``."""
    request = context.get("request")
    return () if request is None else language_links(request=request, page=_page(context))


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


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def page_breadcrumbs(context: Context) -> dict[str, Any]:
    """The way from the home page to the page shown. Nothing where there is no page."""
    page = _page(context)
    return {"items": breadcrumbs(page=page, request=context.get("request")) if page else ()}


@register.simple_tag
def local_date(value: date | datetime | None, time: bool = False) -> SafeString | str:  # noqa: FBT001, FBT002 -- a template names it
    """A date as the reader writes it, in their time zone, in a ``<time>``. Nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    shown = date_format(value, "DATETIME_FORMAT" if time and isinstance(value, datetime) else "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)
