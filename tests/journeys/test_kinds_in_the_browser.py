"""Every kind of question as people meet it: by keyboard, with a script and without, in every way that it can look."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from academy.framework.models import Skill
from academy.people.models import User
from assessments.item_types import item_type
from assessments.models import ItemVersion, PracticeResponse
from courses.models import CoursePage, LessonPage
from tests.factories.assessments import PracticeResponseFactory
from tests.factories.courses import LessonPageFactory
from tests.journeys.conftest import Visitors
from tests.journeys.test_accessibility import faults
from tests.support.browser import PHONE, overflow
from tests.support.courses import checks_body
from tests.support.every_kind import BODIES, HALF, PARTLY, ask_every_kind
from tests.support.stops import Stop, at

KINDS = list(BODIES)
LESSON = "/en/courses/evaluating-bids-fairly/before-you-score/every-kind/"
FIRST = "#check-1"
PLAN = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Our plan"}


@pytest.fixture
def learner(live_server: object) -> User:
    """Somebody of the demo whose course has one lesson more, which asks a question of every kind."""
    course = CoursePage.objects.get(slug="evaluating-bids-fairly", locale__language_code="en")
    module = course.get_children().first()
    lesson = LessonPage.objects.child_of(module).first()
    versions = ask_every_kind(skill=Skill.objects.earliest("pk"))
    body = checks_body([version.item for version in versions.values()])
    LessonPageFactory(parent=module, locale=lesson.locale, title="Every kind", slug="every-kind", body=body)
    return User.objects.get(email="learner@example.org")


def check(kind: str) -> str:
    return f"/en/learn/evaluating-bids-fairly/every-kind/check/{KINDS.index(kind) + 1}/"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has the focus."""
    for _step in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


def press(page: Page, *keys: str) -> None:
    """Press the keys; a text in quotes is typed."""
    for key in keys:
        if key.startswith("'"):
            page.keyboard.type(key[1:])
        else:
            page.keyboard.press(key)


# From the first field on, with nothing but keys.
KEYS = {
    "single_choice": ("Space",),
    "multiple_choice": ("Space", "Tab", "Space"),
    "true_false": ("ArrowDown",),
    "short_text": ("'abnormally",),
    "numeric": ("'12", "Tab", "'m"),
    "matching": ("'keeps", "Tab", "'advises"),
    "ordering": ("'3", "Tab", "'2", "Tab", "'1"),
    "gap_fill": ("'best", "Tab", "'standstill"),
    "cloze": ("'Each", "Tab", "'10", "Tab", "'record", "Tab", "Space", "Tab", "Space"),
    "open_text": ("'Because scores sway each other.",),
    "self_rating": ("ArrowDown",),
}
# With a script each step has two buttons after its list.
WITH_SCRIPT = {**KEYS, "ordering": ("'3", *["Tab"] * 3, "'2", *["Tab"] * 3, "'1")}


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_every_kind_is_answered_with_the_keyboard_alone(visitors: Visitors, learner: User, script: bool) -> None:  # noqa: FBT001 -- pytest gives it by name
    page = visitors(learner, java_script_enabled=script, viewport=PHONE).new_page()

    for kind, keys in (WITH_SCRIPT if script else KEYS).items():
        page.goto(check(kind))
        tab_to(page, page.locator(FIRST))
        press(page, *keys)
        tab_to(page, page.get_by_role("button", name="Check your answer"))
        page.keyboard.press("Enter")
        page.locator("#feedback").wait_for()
        assert overflow(page) == [], kind

    marks = dict(
        PracticeResponse.objects.filter(learner=learner).order_by("pk").values_list("version__kind", "fraction")
    )
    assert {kind: marks[kind] for kind in KEYS} == {**dict.fromkeys(KEYS, 1), "open_text": None, "self_rating": None}


def test_file_is_handed_in_without_a_script_and_fetched_again(visitors: Visitors, learner: User) -> None:
    page = visitors(learner, java_script_enabled=False).new_page()
    page.goto(check("file_upload"))
    tab_to(page, page.locator(FIRST))
    page.locator(FIRST).set_input_files(PLAN)
    page.get_by_role("button", name="Check your answer").click()
    expect(page.locator("#feedback")).to_contain_text("You answered: plan.txt")

    page.get_by_role("link", name="Try again").click()

    expect(page.get_by_role("checkbox", name="plan.txt")).to_be_checked()


def test_steps_move_with_buttons_that_keep_the_focus_and_tell_the_place(visitors: Visitors, learner: User) -> None:
    page = visitors(learner).new_page()
    page.goto(check("ordering"))
    down = page.get_by_role("button", name="Down Award the contract")
    tab_to(page, down)

    press(page, "Enter", "Space")

    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-disabled", "true")
    expect(page.locator("[aria-live=polite]").last).to_have_text("Place 3 of 3: Award the contract")
    press(page, "Enter")  # there is no further place
    tab_to(page, page.get_by_role("button", name="Check your answer"))
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="Up Publish the notice").focus()
    press(page, "Enter")
    labels = page.locator(".ac-order__step label").all_inner_texts()
    assert labels == ["Publish the notice", "Open the bids", "Award the contract"]
    assert [one.input_value() for one in page.locator(".ac-order select").all()] == ["1", "2", "3"]
    page.get_by_role("button", name="Check your answer").click()
    expect(page.locator("#feedback")).to_contain_text("That is right")


@pytest.mark.parametrize("kind", ["matching", "cloze", "open_text"])
def test_error_leads_to_the_first_field(visitors: Visitors, learner: User, kind: str) -> None:
    page = visitors(learner).new_page()
    page.goto(check(kind))

    page.get_by_role("button", name="Check your answer").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.locator(".govuk-error-summary a").click()

    expect(page.locator(FIRST)).to_be_focused()


def test_every_gap_has_a_name(visitors: Visitors, learner: User) -> None:
    page = visitors(learner).new_page()
    page.goto(check("cloze"))

    for role, name in (
        ("combobox", "Gap 1 of 4"),
        ("textbox", "Gap 2 of 4"),
        ("textbox", "Gap 3 of 4"),
        ("group", "Gap 4 of 4"),
    ):
        expect(page.get_by_role(role, name=name)).to_be_visible()


def test_every_kind_is_accessible_in_every_way(visitors: Visitors, learner: User) -> None:
    page = visitors(learner).new_page()
    fresh = Stop(name="every kind", arrive=at(LESSON), path=LESSON)

    assert list(faults(page, fresh)) == []
    for version in ItemVersion.objects.filter(kind__in=PARTLY, item__code__startswith="every-"):
        functions = item_type(version.kind)
        body = functions.load(version.content)
        PracticeResponseFactory(
            learner=learner,
            lesson_key=LessonPage.objects.get(slug="every-kind").translation_key,
            version=version,
            response=functions.parse(body, PARTLY[version.kind]),
            fraction=HALF,
        )
    assert list(faults(page, Stop(name="every kind, tried", arrive=at(LESSON), path=LESSON))) == []
