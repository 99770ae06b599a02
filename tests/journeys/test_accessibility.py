"""Every page of the journey, in every way that it can look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from academy.people.models import User
from tests.journeys.conftest import Visitors
from tests.support.browser import DESK, PHONE, one_heading, overflow, turn
from tests.support.stops import CAST, Stop

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
    "preload": False,
}
WAYS = list(product(("ltr", "rtl"), ("light", "dark"), (PHONE, DESK)))
# axe takes most of the time. Any two of direction, colours and size meet in these four.
EXAMINED = [("ltr", "light", DESK), ("ltr", "dark", PHONE), ("rtl", "light", PHONE), ("rtl", "dark", DESK)]


def violations(page: Page) -> Iterator[str]:
    """What axe finds. The back link stands before the main part and outside any landmark, as the pattern has it."""
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", OPTIONS)
    for violation in found["violations"]:
        for node in violation["nodes"]:
            if violation["id"] != "region" or "govuk-back-link" not in node["html"]:
                yield f"{violation['id']}: {node['html'][:200]} ({node['failureSummary']})"


def faults(page: Page, stop: Stop) -> Iterator[str]:
    """Come to a page and look at it in every way."""
    stop.arrive(page)
    page.evaluate(AXE_SCRIPT)
    if len(one_heading(page)) != 1:
        yield f"{stop.name}: headings of the first level {one_heading(page)}"
    for direction, colours, size in WAYS:
        turn(page, direction)
        page.emulate_media(color_scheme=colours)
        page.set_viewport_size(size)
        way = f"{stop.name}, {size['width']} px, {colours}, {direction}"
        if wide := overflow(page):
            yield f"{way}: wider than the window: {wide}"
        if (direction, colours, size) in EXAMINED:
            yield from (f"{way}: {violation}" for violation in violations(page))


@pytest.mark.parametrize("of", CAST, ids=lambda of: of.__name__.removeprefix("of_the_").removeprefix("of_"))
def test_page_is_accessible_in_every_way(
    of: Callable[[], tuple[User | None, tuple[Stop, ...]]], visitors: Visitors
) -> None:
    who, way = of()
    page = visitors(who).new_page()

    assert [fault for stop in way for fault in faults(page, stop)] == []
