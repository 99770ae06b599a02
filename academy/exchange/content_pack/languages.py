"""The pack's pages in other languages: as aliases, and the home page translated."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from wagtail.models import Locale, Page, Site

from academy.exchange.content_pack.content import fill, wanted_content
from academy.exchange.content_pack.refs import Refs
from academy.exchange.content_pack.tree import Node
from academy.lib.problems import Problem
from academy.pages.domain.translations import (
    follow_language,
    name_alias,
    texts_of,
    translate_page,
    translation_fault,
    translation_is_current,
)
from academy.standards.content_pack import Catalogue, Pack


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageStep:
    """What becomes of one language.

    ``aliases`` counts the pages that it will show in the source's language; ``home`` says what becomes of its
    home page: translate, unchanged, kept, or none where the pack has no catalogue. ``aligned`` means that
    the language and its home page have the names they should.
    """

    language: str
    aliases: int
    home: str
    aligned: bool
    reason: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether there is nothing to do."""
        return not self.aliases and self.home != "translate" and self.aligned


def other_languages(source: str) -> tuple[str, ...]:
    """Return the codes of the languages of the site, without the one that the pack is written in."""
    return tuple(code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code != source)


def check_catalogues(pack: Pack, home: Node, refs: Refs) -> tuple[Problem, ...]:
    """Return a problem for each text of the home page without a translation, and for each of something else."""
    if not pack.catalogues:
        return ()
    page: Page = apps.get_model(home.model)(slug=home.slug)
    fill(page, wanted_content(home, refs))
    texts = texts_of(page)
    return tuple(problem for catalogue in pack.catalogues for problem in _check(catalogue, texts, home.file))


def _check(catalogue: Catalogue, texts: tuple[str, ...], home: str) -> Iterator[Problem]:
    known = {message.source for message in catalogue.messages}
    for text in texts:
        if text not in known:
            message = f"The text “{text}” of {home} is not translated: add it as a msgid, with its msgstr."
            yield Problem(file=catalogue.file, line=0, message=message)
    for entry in catalogue.messages:
        fault = translation_fault(source=entry.source, text=entry.text)
        if entry.source not in texts:
            message = f"“{entry.source}” does not stand in {home} (any more): remove it, or bring it up to date."
            yield Problem(file=catalogue.file, line=entry.line, message=message)
        elif fault:
            yield Problem(file=catalogue.file, line=entry.line, message=f"The translation can’t be used: {fault}")


def plan_languages(
    *,
    pack: Pack,
    pages: Iterable[uuid.UUID],
    missing: int,
    home: Page | None,
    home_changes: bool,
    home_is_ours: bool,
    overwrite: bool,
) -> tuple[LanguageStep, ...]:
    """Return a step for each other language.

    ``pages`` are the keys of the pages that exist, ``missing`` counts those to come; ``home`` is the stored home page.
    """
    steps = []
    keys = list(pages)
    catalogues = {catalogue.language: catalogue for catalogue in pack.catalogues}
    for language in other_languages(pack.source):
        there = Page.objects.filter(locale__language_code=language, translation_key__in=keys)
        stored = there.filter(translation_key=home.translation_key).select_related("latest_revision") if home else None
        target = stored.first() if stored is not None else None
        outcome, reason = _plan_home(
            catalogues.get(language),
            home=home,
            target=target,
            home_changes=home_changes,
            home_is_ours=home_is_ours,
            overwrite=overwrite,
        )
        steps.append(
            LanguageStep(
                language=language,
                aliases=len(keys) + missing - there.count(),
                home=outcome,
                aligned=target is not None and target.slug == language,
                reason=reason,
            )
        )
    return tuple(steps)


def _plan_home(
    catalogue: Catalogue | None,
    *,
    home: Page | None,
    target: Page | None,
    home_changes: bool,
    home_is_ours: bool,
    overwrite: bool,
) -> tuple[str, str]:
    """Return what becomes of a language's home page, and why when it is kept."""
    if catalogue is None:
        return "none", ""
    if not home_is_ours:
        return "kept", "the English page was edited in the CMS"
    if target and target.latest_revision and target.latest_revision.user_id and not overwrite:
        return "kept", "edited in the CMS"
    if home is None or target is None or home_changes:
        return "translate", ""
    current = translation_is_current(page=home.specific, locale=target.locale, texts=_texts(catalogue))
    return ("unchanged" if current else "translate"), ""


def write_languages(*, steps: Iterable[LanguageStep], pack: Pack, home: Page, at: datetime) -> None:
    """Bring the other languages about. ``home`` is the published home page of the source."""
    catalogues = {catalogue.language: catalogue for catalogue in pack.catalogues}
    source = Locale.objects.get(language_code=pack.source)
    for step in steps:
        if step.unchanged:
            continue
        locale = follow_language(language=step.language, source=source)
        name_alias(page=home.get_translation(locale), slug=step.language)
        if step.home == "translate":
            translate_page(page=home, locale=locale, texts=_texts(catalogues[step.language]), slug=step.language, at=at)
    Site.clear_site_root_paths_cache()


def _texts(catalogue: Catalogue) -> dict[str, str]:
    return {message.source: message.text for message in catalogue.messages}
