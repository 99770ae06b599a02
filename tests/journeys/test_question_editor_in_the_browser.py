"""An author writes questions with the keyboard alone, with JavaScript and without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from academy.people.models import User
from assessments.models import ItemBank, ItemVersion
from tests.journeys.conftest import PATIENCE, Visitors
from tests.journeys.test_cms_policy import refusals
from tests.support.browser import DESK, PHONE, Watch, overflow


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """Looks at refusals alone: other complaints of Wagtail's scripts are not ours."""
    watch = Watch(host=live_server.url.removeprefix("http://"))
    yield watch
    assert refusals(watch) == []


def author(visitors: Visitors, *, scripts: bool) -> Page:
    person = User.objects.get(email="trainer@example.org")
    return visitors(person, java_script_enabled=scripts, viewport=DESK).new_page()


def press(page: Page, button: str) -> None:
    """Reach a button and press it as a keyboard does."""
    found = page.get_by_role("button", name=button).last
    found.focus()
    expect(found).to_be_focused()
    page.keyboard.press("Enter")


def write(page: Page, name: str, words: str) -> None:
    """Type into a field that has the focus by the keyboard."""
    field = page.locator(f"[name='{name}']")
    field.focus()
    page.keyboard.type(words)


def begin(page: Page, kind: str, words: str) -> None:
    page.goto(f"/cms/questions/new/{kind}/?bank={ItemBank.objects.order_by('title').first().pk}")
    write(page, "stem", words)


def axe_faults(page: Page) -> list[str]:
    found = Axe().run(page, context="#w-editor-form").response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_author_writes_three_kinds_with_the_keyboard(*, scripts: bool, visitors: Visitors) -> None:
    page = author(visitors, scripts=scripts)

    begin(page, "single_choice", "Who scores first?")
    write(page, "kind-options-0-text_0", "Everybody, alone")
    box = page.locator("[name='kind-options-0-correct']")
    box.focus()
    page.keyboard.press("Space")
    write(page, "kind-options-1-text_0", "The chair")
    press(page, "Add another option")
    if scripts:
        # The new row is there, and ready to be typed into.
        expect(page.locator("[name='kind-options-4-text_0']")).to_be_focused()
    write(page, "kind-options-4-text_0", "Nobody")
    press(page, "Remove Option 2")
    press(page, "Save draft")
    expect(page.get_by_text("Saved as a draft.")).to_be_visible(timeout=PATIENCE)
    options = ItemVersion.objects.latest("pk").content["options"]
    assert [(one["text"], one["correct"]) for one in options] == [("Everybody, alone", True), ("Nobody", False)]

    begin(page, "ordering", "In which order?")
    for number, words in enumerate(("Score", "Read", "Decide")):
        write(page, f"kind-steps-{number}-text_0", words)
    press(page, "Up Step 2")
    press(page, "Save draft")
    expect(page.get_by_text("Saved as a draft.")).to_be_visible(timeout=PATIENCE)
    assert [one["text"] for one in ItemVersion.objects.latest("pk").content["steps"]] == ["Read", "Score", "Decide"]

    begin(page, "cloze", "Bids are scored by {#1}.")
    press(page, "Add a gap for a word")
    gap = page.locator("[name^='kind-gaps-'][name$='-short_text-answers-0-text']").last
    gap.focus()
    page.keyboard.type("people")
    press(page, "Save draft")
    expect(page.get_by_text("Saved as a draft.")).to_be_visible(timeout=PATIENCE)
    gaps = ItemVersion.objects.latest("pk").content["gaps"]
    assert [one.get("short_text") for one in gaps if "short_text" in one] == [{"answers": [{"text": "people"}]}]
    if scripts:
        assert axe_faults(page) == []
        page.set_viewport_size(PHONE)
        assert overflow(page) == []
