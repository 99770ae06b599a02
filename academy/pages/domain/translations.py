"""The same pages in every language: as aliases until somebody translates them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    LocaleSynchronization,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue, validate_translation_links

from academy.people.models import User

SLUG = "slug"


class NotTranslated(Exception):
    """A text of the page has no translation; the message is the text."""


@transaction.atomic
def follow_language(*, language: str, source: Locale) -> Locale:
    """Return the locale of ``language``, made if need be, with each page of ``source`` in it at least as an alias.

    From now on wagtail-localize adds an alias for each page that is made in the CMS.
    """
    locale, _created = Locale.objects.get_or_create(language_code=language)
    sync, created = LocaleSynchronization.objects.get_or_create(locale=locale, defaults={"sync_from": source})
    # A new row brings its aliases by wagtail-localize's own signal.
    if not created:
        sync.sync_trees()
    return locale


@transaction.atomic
def name_alias(*, page: Page, slug: str) -> bool:
    """Give an alias or a translation the slug of its own, and say whether it had another."""
    if page.slug == slug:
        return False
    page.slug = slug
    page.save()
    return True


def texts_of(page: Page) -> tuple[str, ...]:
    """Return the texts of a page that want translating, as HTML with inline tags alone, each once, in reading order.

    The page need not be stored.
    """
    texts = (
        segment.string.data
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue) and segment.path != SLUG
    )
    return tuple(dict.fromkeys(texts))


def translation_fault(*, source: str, text: str) -> str:
    """Say why ``text`` can't be the translation of ``source``; empty when it can."""
    try:
        StringValue.from_translated_html(text)
        validate_translation_links(source, text)
    except ValueError as error:
        return str(error)
    return ""


def translation_is_current(*, page: Page, locale: Locale, texts: Mapping[str, str]) -> bool:
    """Say whether ``page`` stands in ``locale`` as ``texts`` would have it."""
    target = page.get_translation_or_none(locale)
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if target is None or target.alias_of_id or source is None:
        return False
    segments = source.stringsegment_set.annotate_translation(locale).select_related("string", "context")
    stored = {(segment.string.data, segment.translation) for segment in segments if segment.context.path != SLUG}
    return stored == {(text, texts.get(text)) for text in texts_of(page)}


@transaction.atomic
def translate_page(
    *, page: Page, locale: Locale, texts: Mapping[str, str], slug: str, at: datetime, by: User | None = None
) -> Page:
    """Translate ``page`` with ``texts`` (text: translation), publish it under ``slug``, and return it.

    Raises NotTranslated when a text of the page is not among them.
    """
    source, _created = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        source_text = segment.string.data
        if segment.context.path != SLUG and source_text not in texts:
            raise NotTranslated(source_text)
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={
                "data": slug if segment.context.path == SLUG else texts[source_text],
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": by,
                "has_error": False,
                "field_error": "",
                "updated_at": at,
            },
        )
    # Published here and not by wagtail-localize, which would wait until after the transaction.
    target, _created = source.create_or_update_translation(
        locale, user=by, publish=False, copy_parent_pages=True, fallback=False
    )
    target.refresh_from_db()
    target.get_latest_revision().publish(user=by)
    target.refresh_from_db()
    return target
