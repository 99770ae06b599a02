"""The interface in Spanish and Indonesian: every text of the sources, translated, with the same placeholders."""

from __future__ import annotations

import gettext
import re
import shutil
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation
from django.utils.formats import date_format

from scripts.compile_catalogues import APPS, compile_catalogue

PLURALS = {"es": ("nplurals=2; plural=(n != 1);", 2), "id": ("nplurals=1; plural=0;", 1)}
# Words that are the same in English.
EQUAL = {
    "es": {
        "%(number)s %%",
        "%(share)s %%",
        "Aiken",
        "Auditor",
        "CMS",
        "Cookies",
        "Error:",
        "GIFT",
        "HTML",
        "Local",
        "Markdown",
        "Moodle XML",
        "No",
        "OpenID Connect",
        "Regional",
        "Roles",
        "SAML 2.0",
        "no",
    },
    "id": {
        "Administrator",
        "Aiken",
        "Audit",
        "Auditor",
        "CMS",
        "Format",
        "GIFT",
        "HTML",
        "Markdown",
        "Menu",
        "Moodle XML",
        "OpenID Connect",
        "Regional",
        "SAML 2.0",
        "Unit",
        "domain",
        "“%(name)s”: %(problem)s",
    },
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]")
TAG = re.compile(r"<[^>]+>")
COUNTED = re.compile(
    r"{%\s*blocktranslate\b[^%]*\bcount\b[^%]*%}(.*?){%\s*plural\s*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL
)

Key = tuple[str | None, str, str | None]

each_language = pytest.mark.parametrize("language", PLURALS)


def path_of(language: str) -> Path:
    (folder,) = settings.LOCALE_PATHS
    return Path(folder) / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> polib.POFile:
    """The entries in the repository; ValueError when a text stands there twice."""
    return polib.pofile(str(path_of(language)), check_for_duplicates=True)


def keys(entries: Collection[polib.POEntry]) -> set[Key]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in entries}


def versions(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """Each translated form with the English that it renders: the last form stands for every higher number."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
        return
    *_, last = sorted(entry.msgstr_plural)
    for form, text in entry.msgstr_plural.items():
        yield entry.msgid_plural if form == last else entry.msgid, text


def marks(text: str) -> list[str]:
    """What a translation must keep: placeholders and tags, in whatever order its grammar wants."""
    return sorted([*PLACEHOLDER.findall(text), *TAG.findall(text)])


def collected(folder: Path) -> set[Key]:
    """The texts of the sources as they are now: ``makemessages`` over a copy, as ``./run messages`` does it."""
    unwanted = shutil.ignore_patterns("locale", "migrations", "content", "__pycache__")
    for name in (*APPS, "templates"):
        shutil.copytree(settings.BASE_DIR / name, folder / name, ignore=unwanted)
    catalogues = folder / "locale"
    catalogues.mkdir()
    with pytest.MonkeyPatch.context() as patch, override_settings(LOCALE_PATHS=[str(catalogues)]):
        patch.chdir(folder)
        call_command("makemessages", locale=["es"], no_location=True, verbosity=0)
    return keys(polib.pofile(str(catalogues / "es" / "LC_MESSAGES" / "django.po")))


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> set[Key]:
    """Every text to translate. Where GNU gettext is not installed: all that either language has."""
    if shutil.which("xgettext"):
        return collected(tmp_path_factory.mktemp("sources"))
    return keys(catalogue("es")) | keys(catalogue("id"))


def test_every_language_of_the_site_but_english_has_a_catalogue() -> None:
    assert {code for code, _ in settings.LANGUAGES} - {"en"} == set(PLURALS) == set(EQUAL)


@each_language
def test_catalogue_holds_exactly_the_texts_of_the_sources(language: str, wanted: set[Key]) -> None:
    held = keys(catalogue(language))

    assert (sorted(map(str, wanted - held)), sorted(map(str, held - wanted))) == ([], []), (
        "Run ./run messages, and translate what is new."
    )


def test_one_singular_has_one_plural() -> None:
    """A catalogue knows a text by its singular: a second plural, with other names in it, would stay English."""
    plurals: dict[str, set[str]] = {}
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        for one, many in COUNTED.findall(template.read_text(encoding="utf-8")):
            plurals.setdefault(" ".join(one.split()), set()).add(" ".join(many.split()))

    assert plurals.keys() >= {"One lesson"}
    assert {one: many for one, many in plurals.items() if len(many) > 1} == {}


@each_language
def test_catalogue_is_translated_throughout(language: str) -> None:
    entries = catalogue(language)

    assert [entry.msgid for entry in entries if not all(text.strip() for _, text in versions(entry))] == []
    assert [entry.msgid for entry in entries if entry.fuzzy] == []
    assert [entry.msgid for entry in entries if entry.obsolete] == []


@each_language
def test_catalogue_says_its_language_and_its_plurals(language: str) -> None:
    entries = catalogue(language)
    rule, forms = PLURALS[language]

    assert entries.metadata["Language"] == language
    assert entries.metadata["Plural-Forms"] == rule
    assert entries.metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert {tuple(entry.msgstr_plural) for entry in entries if entry.msgid_plural} == {tuple(range(forms))}


@each_language
def test_translations_keep_placeholders_and_tags(language: str) -> None:
    pairs = [pair for entry in catalogue(language) for pair in versions(entry)]

    assert [(english, text) for english, text in pairs if marks(text) != marks(english)] == []


@each_language
def test_translations_keep_the_edges_of_the_text(language: str) -> None:
    pairs = [pair for entry in catalogue(language) for pair in versions(entry)]

    assert [(english, text) for english, text in pairs if text != text.strip() and english == english.strip()] == []
    assert [(english, text) for english, text in pairs if english.endswith(".") and not text.endswith(".")] == []
    assert [(english, text) for english, text in pairs if english.endswith("?") and not text.endswith("?")] == []


@each_language
def test_translations_differ_from_the_english_except_for_equal_words(language: str) -> None:
    same = {english for entry in catalogue(language) for english, text in versions(entry) if text == english}

    assert same == EQUAL[language]


@pytest.mark.parametrize(
    ("language", "texts"),
    [("es", ["1 minuto", "0 minutos", "5 minutos"]), ("id", ["1 menit", "0 menit", "5 menit"])],
)
def test_compiled_catalogue_counts(language: str, texts: list[str], tmp_path: Path) -> None:
    copy = tmp_path / "django.po"
    shutil.copy(path_of(language), copy)
    compile_catalogue(copy)

    with copy.with_suffix(".mo").open("rb") as compiled:
        read = gettext.GNUTranslations(compiled)

    minutes = [read.ngettext("%(minutes)s minute", "%(minutes)s minutes", n) % {"minutes": n} for n in (1, 0, 5)]
    assert minutes == texts


@pytest.mark.parametrize(
    ("language", "date", "time"),
    [
        ("en", "3 May 2026", "3 May 2026, 14:05"),
        ("es", "3 de mayo de 2026", "3 de mayo de 2026 a las 14:05"),
        ("id", "3 Mei 2026", "3 Mei 2026, 14.05"),
    ],
)
def test_dates_are_written_as_the_readers_write_them(language: str, date: str, time: str) -> None:
    moment = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)

    with translation.override(language):
        assert date_format(moment, "DATE_FORMAT") == date
        assert date_format(moment, "DATETIME_FORMAT") == time
