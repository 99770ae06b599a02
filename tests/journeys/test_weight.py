"""What a slow connection has to carry. Bytes as the server sends them in production: compressed once, by gzip."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Response, expect

from academy.lib.clock import now
from academy.people.models import User
from tests.journeys.conftest import Visitors
from tests.support.journey import taker
from tests.support.stops import CAST, LESSON

KB = 1000
Report = Callable[[str], None]


@pytest.fixture
def report(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Report:
    """Tells a figure to whoever runs the suite; under xdist nobody listens."""
    terminal = request.config.pluginmanager.get_plugin("terminalreporter")

    def tell(line: str) -> None:
        if terminal:
            with capsys.disabled():
                terminal.write_line(f"  {line}")

    return tell


def carried(body: bytes) -> int:
    """The bytes of a file on the way: compressed where that helps."""
    return min(len(body), len(gzip.compress(body, compresslevel=6, mtime=0)))


class Scale:
    """Weighs what a browser asks for. A file comes once: its name changes with its content."""

    def __init__(self, context: BrowserContext) -> None:
        self.seen: set[str] = set()
        self.waiting: list[Response] = []
        context.on("response", self.came)

    def came(self, response: Response) -> None:
        """Put aside: a body can be asked for only when the page is there."""
        self.waiting.append(response)

    def weigh(self, page: Page) -> dict[str, int]:
        """What came since the last time, by path."""
        page.wait_for_load_state("networkidle")
        weights = {}
        for response in self.waiting:
            path = urlsplit(response.url).path
            if path not in self.seen and response.status not in (301, 302, 303):
                weights[path] = carried(response.body())
            self.seen.add(path)
        self.waiting.clear()
        # The browser of the tests shows no icon in a tab and asks for none.
        for link in page.locator("link[rel=icon], link[rel=manifest]").all():
            path = link.get_attribute("href") or ""
            if path not in self.seen:
                weights[path] = carried((settings.BASE_DIR / path.removeprefix("/")).read_bytes())
            self.seen.add(path)
        return weights


def of_kind(weights: dict[str, int], end: str) -> int:
    return sum(size for path, size in weights.items() if path.endswith(end))


def test_question_page_is_light(visitors: Visitors, report: Report) -> None:
    user, attempt = taker(at=now() - timedelta(days=2))
    context = visitors(user)
    scale = Scale(context)
    page = context.new_page()

    page.goto(f"/en/assess/{attempt.uuid}/q/2/")
    first = scale.weigh(page)
    page.get_by_role("link", name="Skip for now").click()
    expect(page.locator("h1")).to_have_text("Question 3 of 12")
    later = scale.weigh(page)

    for path, size in first.items():
        report(f"{size:>7,} bytes  {path.replace(str(attempt.uuid), '…')}")
    report(f"{sum(first.values()):>7,} bytes  first view of a question; {sum(later.values()):,} for the next")
    assert sum(first.values()) <= 65 * KB
    assert of_kind(first, ".css") <= 18 * KB
    assert of_kind(first, ".js") <= 12 * KB
    assert of_kind(first, ".woff2") <= 27 * KB
    assert of_kind(first, "/") <= 15 * KB
    assert list(later) == [f"/en/assess/{attempt.uuid}/q/3/"]
    assert sum(later.values()) <= 15 * KB


def test_lesson_is_light(visitors: Visitors, report: Report) -> None:
    context = visitors(User.objects.get(email="learner@example.org"))
    scale = Scale(context)
    page = context.new_page()

    page.goto(LESSON)
    first = scale.weigh(page)

    report(f"{sum(first.values()):>7,} bytes  first view of a lesson")
    assert sum(first.values()) <= 130 * KB


# As one goes from page to page nothing but the page itself comes. A long play, and the gallery, may be longer.
LONG = {"play": 30 * KB, "untranslated": 30 * KB, "styleguide": 30 * KB}


def test_page_is_light_and_has_a_title_and_a_heading_of_its_own(db: None, report: Report) -> None:
    titles: dict[str, set[str]] = {}
    weights: dict[str, int] = {}
    headings: dict[str, int] = {}

    for of in CAST:
        who, way = of()
        client = Client()
        if who:
            client.force_login(who)
        for stop in way:
            if stop.path:
                html = client.get(stop.path, follow=True).content
                weights[stop.name] = carried(html)
                headings[stop.name] = html.count(b"<h1")
                title = re.findall(rb"<title>(.+?)</title>", html)
                titles.setdefault(title[0].decode(), set()).add(urlsplit(stop.path).path)

    heaviest = max(weights, key=lambda name: weights[name])
    report(f"{weights[heaviest]:>7,} bytes  the heaviest of {len(weights)} pages: {heaviest}")
    assert {name: size for name, size in weights.items() if size > LONG.get(name, 15 * KB)} == {}
    assert {name: count for name, count in headings.items() if count != 1} == {}
    # A page keeps its title in all its states, and no other page has it.
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}
