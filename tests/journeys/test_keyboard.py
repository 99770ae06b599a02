"""The site with the keyboard alone."""

from __future__ import annotations

import json
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from academy.lib.clock import now
from assessments.models import Answer, AttemptResult
from tests.journeys.conftest import Visitors
from tests.support.journey import answer, drawn, right, taker

# What a control looks like, with what is drawn for it: a radio shows its focus on its label.
LOOKS = """() => {
    const looks = one => ['', '::before', '::after'].map(part => {
        const style = getComputedStyle(one, part || null)
        return [style.outline, style.boxShadow, style.backgroundColor, style.color, style.clip, style.position]
    })
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]')]
        .map(one => JSON.stringify([looks(one), ...[...(one.labels ?? [])].map(looks)]))
}"""
FOCUSED = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]'
)].indexOf(document.activeElement)"""


def tab_to(page: Page, target: Locator) -> list[str]:
    """Press Tab until ``target`` has the focus; return the controls on the way whose focus cannot be seen."""
    at_rest: list[str] = page.evaluate(LOOKS)
    unseen = []
    for _step in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(FOCUSED)
        if place >= 0 and page.evaluate(LOOKS)[place] == at_rest[place]:
            unseen.append(json.dumps(page.evaluate("document.activeElement.outerHTML.slice(0, 120)")))
        if target.evaluate("one => one === document.activeElement"):
            return unseen
    raise AssertionError(f"Tab does not lead to {target}")


def test_learner_answers_and_submits_with_the_keyboard(visitors: Visitors) -> None:
    user, attempt = taker(at=now() - timedelta(days=2))
    items = drawn(attempt)
    for item in items[3::2]:
        answer(attempt, item, right(item.version), at=now())
    version = items[1].version
    page = visitors(user).new_page()
    page.goto(f"/en/assess/{attempt.uuid}/q/2/")
    unseen = []

    # Nothing chosen: the summary takes the focus, its link leads to the first option.
    unseen += tab_to(page, page.get_by_role("button", name="Save and continue"))
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    link = page.locator(".govuk-error-summary a")
    unseen += tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.locator("#option-1")).to_be_focused()

    keys = [box.get_attribute("value") for box in page.locator("input[name=option]").all()]
    if version.kind == "single_choice":
        page.keyboard.press("Space")
        for _step in range(keys.index(right(version)[0])):
            page.keyboard.press("ArrowDown")
    else:
        for place, key in enumerate(keys):
            if place:
                page.keyboard.press("Tab")
            if key in right(version):
                page.keyboard.press("Space")
    unseen += tab_to(page, page.get_by_role("button", name="Save and continue"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Question 3 of 12")
    assert Answer.objects.get(attempt_item=items[1]).response == right(version)

    unseen += tab_to(page, page.get_by_role("link", name="Review all answers"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Review your answers")
    unseen += tab_to(page, page.get_by_role("button", name="Submit your answers"))
    page.keyboard.press("Space")
    expect(page.locator("h1")).to_have_text("You passed")
    assert AttemptResult.objects.get(attempt=attempt).passed
    assert unseen == []


def test_skip_link_comes_first_and_leads_past_the_navigation(visitors: Visitors) -> None:
    page = visitors().new_page()
    page.goto("/en/playbook/evaluate-and-award/evaluate-suppliers/")
    skip = page.get_by_role("link", name="Skip to main content")

    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_feedback_on_a_check_takes_the_focus(visitors: Visitors) -> None:
    user, _attempt = taker(at=now() - timedelta(days=2))
    page = visitors(user).new_page()
    page.goto("/en/learn/evaluating-bids-fairly/what-a-panel-is-for/check/1/")
    tab_to(page, page.locator("input[name=option]").first)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Check your answer"))
    page.keyboard.press("Enter")

    page.locator("#feedback").wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Try again check 1")).to_be_focused()


def test_menu_of_a_phone_opens_with_the_keyboard(visitors: Visitors) -> None:
    page = visitors(viewport={"width": 320, "height": 640}).new_page()
    page.goto("/en/")
    toggle = page.get_by_role("button", name="Menu")
    courses = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Courses")
    expect(courses).to_be_hidden()

    tab_to(page, toggle)
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    tab_to(page, courses)
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Courses")
