"""On paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from academy.records.models import Award
from tests.journeys.conftest import Visitors
from tests.support.stops import LESSON

SCREEN_ONLY = (
    ".govuk-skip-link",
    ".govuk-service-navigation",
    ".govuk-language-navigation",
    ".govuk-breadcrumbs",
    ".govuk-back-link",
    ".govuk-footer",
    ".govuk-button",
    ".ac-contents",
    ".ac-no-print",
)


def pages_of(pdf: bytes) -> int:
    """How many sheets a document has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def shown(page: Page) -> list[str]:
    """What belongs to the screen and would be printed all the same."""
    return [kind for kind in SCREEN_ONLY if any(one.is_visible() for one in page.locator(kind).all())]


@pytest.mark.parametrize(
    "path",
    ["/en/playbook/evaluate-and-award/evaluate-suppliers/", "/en/framework/roles/evaluator/", "/en/courses/"],
)
def test_page_is_printed_without_navigation(visitors: Visitors, path: str) -> None:
    page = visitors().new_page()
    page.goto(path)
    assert shown(page) != []

    page.emulate_media(media="print")

    assert shown(page) == []
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("browser_has", [{}, {"java_script_enabled": False}], ids=["with_script", "without_script"])
def test_folded_text_is_printed(visitors: Visitors, browser_has: dict[str, bool]) -> None:
    page = visitors(**browser_has).new_page()
    page.goto("/en/framework/roles/evaluator/")
    folded = page.locator(".govuk-details__text")
    expect(folded).to_be_hidden()

    page.emulate_media(media="print")

    expect(folded).to_be_visible()
    assert folded.bounding_box()["height"] > 100


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_certificate_fits_on_a_page(visitors: Visitors, paper: str) -> None:
    award = Award.objects.select_related("learner").get()
    page = visitors(award.learner).new_page()
    page.goto(f"/en/my/certificates/{award.code}/")

    sheet = page.pdf(format=paper, print_background=False)

    assert pages_of(sheet) == 1
    page.emulate_media(media="print", color_scheme="dark")
    assert shown(page) == []
    expect(page.locator(".ac-certificate svg")).to_be_visible()


def test_lesson_is_printed_without_its_buttons(visitors: Visitors) -> None:
    award = Award.objects.select_related("learner").get()
    page = visitors(award.learner).new_page()
    page.goto(LESSON)

    page.emulate_media(media="print")

    assert shown(page) == []
    sources = page.get_by_role("main").locator('a[href^="http"]')
    after = sources.first.evaluate("link => getComputedStyle(link, '::after').content")
    assert after == f'" ({sources.first.get_attribute("href")})"'
