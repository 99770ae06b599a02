"""Pages in other languages."""

from __future__ import annotations

from wagtail.models import Locale, Page


def locale(code: str) -> Locale:
    """Return the locale of that code, made when there is none yet."""
    found: Locale = Locale.objects.get_or_create(language_code=code)[0]
    return found


def stand_in(page: Page, code: str) -> Page:
    """Return an alias of ``page`` (and of those above it) in another language: the same text, not translated yet."""
    alias: Page = page.specific.copy_for_translation(locale(code), copy_parents=True, alias=True)
    return alias


def translate(page: Page, code: str, *, title: str, slug: str) -> Page:
    """Return a published translation of ``page``; those above it are aliases."""
    translation: Page = page.specific.copy_for_translation(locale(code), copy_parents=True)
    translation.title = title
    translation.slug = slug
    translation.live = True
    translation.save()
    return translation
