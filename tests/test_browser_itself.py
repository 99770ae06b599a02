"""The browser of the journeys sees what a test stored, and a test after it starts anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from academy.home.models import HomePage


@pytest.mark.parametrize("turn", ["first", "second"])
def test_browser_sees_what_the_test_stored(
    turn: str, live_server: LiveServer, browser: Browser, site_tree: HomePage
) -> None:
    site_tree.title = f"Home for the {turn} time"
    site_tree.save_revision().publish()
    page = browser.new_page()

    page.goto(f"{live_server.url}/en/")

    assert page.title().startswith(f"Home for the {turn} time")
    page.close()
