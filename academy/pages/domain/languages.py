"""In which languages the site can be read, and in which a page is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import Page, Site


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceLanguage:
    """The language of a page that was not translated yet, and ``wanted``, the one it stands in for.

    Both are named as the reader's language names them, within a sentence.
    """

    code: str
    name: str
    direction: str
    wanted: str


def own_name(code: str) -> str:
    """The language's name for itself, with a capital: it stands alone, as on a sign."""
    name: str = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]


def name_here(code: str) -> str:
    """The language's name in the active language, as it stands within a sentence: "español" in Spanish."""
    name: str = get_language_info(code)["name_translated"]
    return name


def direction(code: str) -> str:
    """``"rtl"`` or ``"ltr"``."""
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def live_home_languages(*, request: HttpRequest) -> frozenset[str]:
    """Codes of the languages whose home page is published. One query, and the request's site."""
    site = Site.find_for_request(request)
    if site is None:
        return frozenset()
    homes = Page.objects.live().filter(translation_key=site.root_page.translation_key)
    return frozenset(homes.values_list("locale__language_code", flat=True))


def source_language(*, page: Page) -> SourceLanguage | None:
    """The language that the page's text is really in, or None when it is the page's own.

    Two queries for an alias, which shows another page's text; else none.
    """
    if page.alias_of_id is None:
        return None
    code = Page.objects.values_list("locale__language_code", flat=True).get(pk=page.alias_of_id)
    wanted = page.locale.language_code
    if code == wanted:
        return None
    return SourceLanguage(code=code, name=name_here(code), direction=direction(code), wanted=name_here(wanted))
