"""The same page in every language, and what stands in for a translation."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client

from academy.home.models import HomePage
from academy.pages.domain.languages import SourceLanguage, direction, own_name, source_language
from playbook.models import PlayPage
from tests.factories.languages import stand_in, translate
from tests.factories.playbook import PlaybookIndexPageFactory, PlayPageFactory, StagePageFactory

pytestmark = pytest.mark.django_db

NOTICE = "This page is not yet in Spanish. You are reading it in English."


@pytest.fixture
def play(site_tree: HomePage) -> PlayPage:
    """A play at /en/playbook/plan/write-a-brief/."""
    index = PlaybookIndexPageFactory(parent=site_tree, title="Playbook", slug="playbook")
    stage = StagePageFactory(parent=index, title="Plan", slug="plan")
    page: PlayPage = PlayPageFactory(parent=stage, title="Write a brief", slug="write-a-brief")
    return page


def english(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("code", "name"), [("es", "Español"), ("id", "Bahasa Indonesia"), ("ar", "العربيّة")])
def test_own_name_is_the_languages_own_with_a_capital(code: str, name: str) -> None:
    assert own_name(code) == name


@pytest.mark.parametrize(("code", "wanted"), [("en", "ltr"), ("ar", "rtl")])
def test_direction_follows_the_script(code: str, wanted: str) -> None:
    assert direction(code) == wanted


def test_source_language_of_an_original_is_none(play: PlayPage) -> None:
    assert source_language(page=play) is None


def test_source_language_of_a_stand_in_is_the_originals(play: PlayPage) -> None:
    assert source_language(page=stand_in(play, "es")) == SourceLanguage(
        code="en", name="English", direction="ltr", wanted="Spanish"
    )


def test_source_language_of_an_alias_in_its_own_language_is_none(play: PlayPage) -> None:
    alias = play.create_alias(parent=play.get_parent(), update_slug="write-a-brief-2")

    assert source_language(page=alias) is None


def test_stand_in_shows_the_notice_and_marks_the_text_as_english(client: Client, play: PlayPage) -> None:
    stand_in(play, "es")

    html = english(client.get("/es/playbook/plan/write-a-brief/").content.decode())

    assert '<html class="govuk-template" lang="es" dir="ltr"' in html
    assert 'role="note"' in html
    assert '<div lang="en" dir="ltr">' in html


def test_stand_in_says_which_languages(play: PlayPage) -> None:
    source = source_language(page=stand_in(play, "es"))

    assert NOTICE in english(render_to_string("components/untranslated_notice.html", {"source": source}))


def test_translated_page_has_no_notice(client: Client, play: PlayPage) -> None:
    translate(play, "es", title="Escriba un resumen", slug="escriba-un-resumen")

    html = client.get("/es/playbook/plan/escriba-un-resumen/").content.decode()

    assert "Escriba un resumen" in html
    assert 'role="note"' not in html
    assert '<div lang="en"' not in html


def test_language_switch_keeps_the_page(client: Client, play: PlayPage) -> None:
    translate(play, "es", title="Escriba un resumen", slug="escriba-un-resumen")
    stand_in(play, "id")

    html = english(client.get("/en/playbook/plan/write-a-brief/").content.decode())

    assert (
        '<span class="govuk-language-navigation__text" aria-current="true" lang="en" dir="ltr">English</span>' in html
    )
    assert (
        '<a class="govuk-language-navigation__link" href="/es/playbook/plan/escriba-un-resumen/" rel="alternate" '
        'lang="es" hreflang="es" dir="ltr">Español</a>'
    ) in html
    assert 'href="/id/playbook/plan/write-a-brief/" rel="alternate" lang="id" hreflang="id"' in html


def test_language_switch_leaves_out_what_is_not_published(client: Client, play: PlayPage) -> None:
    translation = translate(play, "es", title="Borrador", slug="borrador")
    translation.live = False
    translation.save()

    html = client.get("/en/playbook/plan/write-a-brief/").content.decode()

    assert "govuk-language-navigation" not in html
    assert "borrador" not in html


def test_language_switch_of_a_view_keeps_the_address(client: Client, site_tree: HomePage) -> None:
    stand_in(site_tree, "es")

    html = client.get("/en/cookies/").content.decode()

    assert 'href="/es/cookies/" rel="alternate"' in html
    assert 'hreflang="id"' not in html


def test_hreflang_names_every_published_language_absolutely(client: Client, play: PlayPage) -> None:
    stand_in(play, "es")

    html = client.get("/en/playbook/plan/write-a-brief/").content.decode()

    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/playbook/plan/write-a-brief/">' in html
    assert '<link rel="alternate" hreflang="es" href="http://testserver/es/playbook/plan/write-a-brief/">' in html
    assert html.count('<link rel="alternate"') == 2


def test_page_not_found_names_no_language(client: Client, site_tree: HomePage) -> None:
    stand_in(site_tree, "es")

    response = client.get("/en/nothing-here/")

    assert response.status_code == 404
    assert b"hreflang" not in response.content
