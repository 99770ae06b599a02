"""What goes wrong in an assessment, and what the browser never learns."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page, expect

from academy.lib.clock import now
from academy.records.models import SkillEvidence
from assessments.models import Answer, Attempt, AttemptResult, ItemVersion
from tests.journeys.conftest import Visitors
from tests.support.browser import choose
from tests.support.journey import answer, drawn, right, taker, wrong


def secrets_of(version: ItemVersion) -> list[str]:
    """The sentences from which one could tell the right answer."""
    return [version.explanation, *(option["feedback"] for option in version.content["options"])]


def assert_no_key(page: Page, attempt: Attempt) -> None:
    html = page.content()
    assert [secret for item in drawn(attempt) for secret in secrets_of(item.version) if secret[:40] in html] == []
    assert "correct" not in html


def test_failed_attempt_says_what_to_read_again_and_hides_the_key(visitors: Visitors) -> None:
    user, attempt = taker(at=now() - timedelta(days=2))
    page = visitors(user).new_page()
    items = drawn(attempt)
    for item in items:
        page.goto(f"/en/assess/{attempt.uuid}/q/{item.position}/")
        assert_no_key(page, attempt)
        choose(page, wrong(item.version))
        page.get_by_role("button", name="Save and continue").click()
    expect(page.locator("h1")).to_have_text("Review your answers")
    assert_no_key(page, attempt)
    page.get_by_role("button", name="Submit your answers").click()

    expect(page.locator("h1")).to_have_text("You did not pass this time")
    expect(page.locator("main")).to_contain_text("The right answers stay hidden while you have attempts left.")
    assert_no_key(page, attempt)
    rows = page.locator(".govuk-summary-list").nth(1).locator(".govuk-summary-list__row")
    assert rows.locator("dt").all_inner_texts() == [f"Question {item.position}" for item in items]
    for row, item in zip(rows.all(), items, strict=True):
        expect(row).to_contain_text(item.version.skill.name)
        lesson, play = item.version.item.lesson, item.version.item.play
        assert row.get_by_role("link").all_inner_texts() == [lesson.title, play.title]
    assert page.locator("tbody td:last-child").all_inner_texts() == ["Not yet"] * 4
    assert not AttemptResult.objects.get(attempt=attempt).passed
    assert SkillEvidence.objects.filter(learner=user).count() == 0
    page.get_by_role("link", name="When you can try again").click()
    expect(page.locator("main")).to_contain_text("You can try again from")


def test_answer_of_a_tab_that_fell_behind_is_shown_and_not_saved(visitors: Visitors) -> None:
    user, attempt = taker(at=now() - timedelta(days=2))
    version = drawn(attempt)[1].version
    texts = {option["key"]: option["text"] for option in version.content["options"]}
    address = f"/en/assess/{attempt.uuid}/q/2/"
    context = visitors(user)
    ahead, behind = context.new_page(), context.new_page()
    ahead.goto(address)
    behind.goto(address)

    choose(ahead, right(version))
    ahead.get_by_role("button", name="Save and continue").click()
    expect(ahead.locator("h1")).to_have_text("Question 3 of 12")
    choose(behind, wrong(version))
    behind.get_by_role("button", name="Save and continue").click()

    summary = behind.locator(".govuk-error-summary")
    expect(summary).to_contain_text("You changed this answer in another window")
    assert summary.locator("li").all_inner_texts() == [texts[key] for key in wrong(version)]
    checked = behind.locator("main input[name=option]:checked").all()
    assert sorted(box.get_attribute("value") or "" for box in checked) == sorted(right(version))
    saved = Answer.objects.filter(attempt_item__attempt=attempt, attempt_item__position=2)
    assert [one.response for one in saved] == [right(version)]

    choose(behind, wrong(version))
    behind.get_by_role("button", name="Save and continue").click()
    expect(behind.locator("h1")).to_have_text("Question 3 of 12")
    assert [one.response for one in saved.order_by("sequence")] == [right(version), wrong(version)]


def test_review_link_names_its_question_and_leads_there(visitors: Visitors) -> None:
    user, attempt = taker(at=now() - timedelta(days=2))
    for item in drawn(attempt)[1::2]:
        answer(attempt, item, right(item.version), at=now())
    page = visitors(user).new_page()
    page.goto(f"/en/assess/{attempt.uuid}/")

    expect(page.locator("h1")).to_have_text("Review your answers")
    page.get_by_role("link", name="Change question 12", exact=True).click()

    expect(page.locator("h1")).to_have_text("Question 12 of 12")
