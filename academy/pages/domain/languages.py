"""In which languages a page can be read, and in which it is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Locale, Page, Site


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageLink:
    """One language that the present page can be read in. ``name`` is the language's own; ``url`` has no host."""

    code: str
    name: str
    direction: str
    url: str
    absolute_url: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceLanguage:
    """The language of a page that was not translated yet; ``wanted`` is the own name of the one it stands in for."""

    code: str
    name: str
    direction: str
    wanted: str


def own_name(code: str) -> str:
    """The language's name for itself, with a capital: it stands alone, as on a sign."""
    name: str = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]


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


def language_links(*, request: HttpRequest, page: Page | None) -> tuple[LanguageLink, ...]:
    """The present page in every language it can be read in, in the order of the settings.

    ``page`` is the Wagtail page shown, or None on any other address. The number of queries does not grow
    with the languages. Empty where the address belongs to nothing (such as "page not found").
    """
    urls = _page_urls(request, page) if page is not None and page.pk else _view_urls(request)
    present = get_language()
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


def source_language(*, page: Page) -> SourceLanguage | None:
    """The language that the page's text is really in, or None when it is the page's own. One query for an alias, else none."""
    if page.alias_of_id is None:
        return None
    code = Locale.objects.values_list("language_code", flat=True).get(page__pk=page.alias_of_id)
    wanted = page.locale.language_code
    if code == wanted:
        return None
    return SourceLanguage(code=code, name=own_name(code), direction=direction(code), wanted=own_name(wanted))


def _page_urls(request: HttpRequest, page: Page) -> dict[str, str]:
    translations = Page.objects.live().filter(translation_key=page.translation_key).select_related("locale")
    urls = {each.locale.language_code: each.get_url(request) for each in translations}
    return {code: url for code, url in urls.items() if url}


def _view_urls(request: HttpRequest) -> dict[str, str]:
    """Addresses of a view. What matched no view, or Wagtail's serving view without a page, is "not found"."""
    match = request.resolver_match
    if match is None or match.url_name == "wagtail_serve":
        return {}
    homes = live_home_languages(request=request)
    present = get_language()
    return {
        code: translate_url(request.path, code) for code, _name in settings.LANGUAGES if code in homes or code == present
    }
