"""The site in other languages, and texts that are not translated yet."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitors

PLAY = "playbook/evaluate-and-award/evaluate-suppliers/"


def language_of(page: Page) -> tuple[str | None, str | None]:
    root = page.locator("html")
    return root.get_attribute("lang"), root.get_attribute("dir")


def test_home_page_speaks_spanish(visitors: Visitors) -> None:
    page = visitors(locale="es-MX").new_page()
    page.goto("/")

    expect(page).to_have_url(re.compile("/es/$"))
    assert language_of(page) == ("es", "ltr")
    expect(page.locator("h1")).to_have_text("Academia de Compras Públicas")
    expect(page.get_by_role("heading", name="Qué puede hacer aquí")).to_be_visible()
    assert page.get_by_role("navigation", name="Menú").get_by_role("link").all_inner_texts()[0] != "Playbook"
    expect(page.locator(".ac-untranslated")).to_have_count(0)


def test_home_page_speaks_indonesian(visitors: Visitors) -> None:
    page = visitors(locale="id-ID").new_page()
    page.goto("/")

    expect(page).to_have_url(re.compile("/id/$"))
    assert language_of(page) == ("id", "ltr")
    expect(page.locator("h1")).to_have_text("Akademi Pengadaan")


def test_untranslated_play_says_so_in_the_readers_language(visitors: Visitors) -> None:
    page = visitors().new_page()
    page.goto(f"/es/{PLAY}")
    notice = page.locator(".ac-untranslated")
    text = page.locator("main > [lang]")

    assert language_of(page) == ("es", "ltr")
    expect(notice).to_contain_text("Esta página aún no está en español. La está leyendo en inglés.")
    assert (text.get_attribute("lang"), text.get_attribute("dir")) == ("en", "ltr")
    expect(text.locator("h1")).to_have_text("Evaluate suppliers")
    # Our own words among the English ones are marked as what they are.
    contents = text.get_by_role("navigation").locator("h2")
    assert contents.get_attribute("lang") == "es"


def test_language_switch_keeps_the_page(visitors: Visitors) -> None:
    page = visitors().new_page()
    page.goto(f"/en/{PLAY}")

    page.get_by_role("link", name="Español", exact=True).click()
    expect(page).to_have_url(re.compile(f"/es/{PLAY}$"))
    page.get_by_role("link", name="Bahasa Indonesia", exact=True).click()
    expect(page).to_have_url(re.compile(f"/id/{PLAY}$"))
    assert language_of(page) == ("id", "ltr")
    page.get_by_role("link", name="English", exact=True).click()

    expect(page).to_have_url(re.compile(f"/en/{PLAY}$"))
    expect(page.locator(".ac-untranslated")).to_have_count(0)


def test_sign_in_page_speaks_spanish(visitors: Visitors) -> None:
    page = visitors().new_page()
    page.goto("/es/account/login/")

    assert language_of(page) == ("es", "ltr")
    expect(page.locator("h1")).to_have_text("Iniciar sesión")
    expect(page.get_by_label("Correo electrónico")).to_be_visible()
    page.get_by_role("button", name="Iniciar sesión", exact=True).click()
    expect(page.locator(".govuk-error-summary h2")).to_have_text("Hay un problema")
