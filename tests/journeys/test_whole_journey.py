"""A stranger's whole way: from the home page to a certificate that anyone can verify, and no longer."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page, expect

from academy.lib.clock import now
from academy.people.models import User
from academy.records.api import revoke_award, verify_award
from academy.records.models import Award, LearningEvent
from assessments.models import Answer, Attempt, AttemptResult, ItemVersion, PracticeResponse
from courses.models import CourseCompletion, Enrolment, LessonCompletion
from tests.journeys.conftest import Visitors
from tests.support.browser import choose, heading
from tests.support.journey import COURSE, drawn, right, wrong

NAME, EMAIL, SECRET = "Amina Yusuf", "amina@example.org", "three words remembered well"
LESSONS = [
    "What a panel is for",
    "Declare your interests",
    "Guard the bids",
    "Read the criteria first",
    "Check essentials and clarify",
    "Score alone first",
    "Write reasons that stand",
    "Moderate to one score",
    "Keep price apart, then combine",
    "Record, award and feed back",
]


def press(page: Page, name: str) -> None:
    """Use a button, or a link that looks like one."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def records() -> dict[str, int]:
    """How much is on record: what must not change by looking."""
    kinds = (Enrolment, LessonCompletion, PracticeResponse, Attempt, Answer, AttemptResult, CourseCompletion, Award)
    return {kind.__name__: kind.objects.count() for kind in (*kinds, LearningEvent)}


def open_account(page: Page, mail: list[EmailMessage]) -> None:
    """From the course page through sign-up and the link in the e-mail, back to the course."""
    follow(page, "Open an account")
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Choose a password").fill(SECRET)
    press(page, "Open an account")
    expect(page.locator("h1")).to_have_text("Confirm your e-mail address")
    assert [message.to for message in mail] == [[EMAIL]]
    link = re.search(r"http://\S+/account/confirm-email/\S+", str(mail[0].body))
    assert link
    page.goto(link[0])
    press(page, "Yes, confirm it")
    expect(page).to_have_url(re.compile(rf"{COURSE}$"))


def try_the_check(page: Page) -> None:
    """The first lesson's check: nothing chosen, then wrong, then right. Looking back and forth repeats nothing."""
    press(page, "Check your answer")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose one answer.")
    assert page.title().startswith("Error: Check 1 of 1")
    version = ItemVersion.objects.get(pk=page.locator("input[name=version]").input_value())
    texts = {option["key"]: option for option in version.content["options"]}
    chosen, best = texts[wrong(version)[0]], texts[right(version)[0]]

    choose(page, [chosen["key"]])
    press(page, "Check your answer")
    feedback = page.locator("#feedback")
    expect(feedback.get_by_role("heading")).to_have_text("That is not right")
    expect(feedback).to_contain_text(f"You chose, but it is not right: {chosen['text']}")
    expect(feedback).to_contain_text(chosen["feedback"])
    expect(feedback).to_contain_text(f"Right, but you did not choose it: {best['text']}")
    expect(feedback).to_contain_text(version.explanation)

    before = records()
    page.reload()
    page.go_back()
    page.go_forward()
    expect(feedback.get_by_role("heading")).to_have_text("That is not right")
    assert records() == before

    follow(page, "Try again check 1")
    choose(page, [best["key"]])
    press(page, "Check your answer")
    expect(feedback.get_by_role("heading")).to_have_text("That is right")
    expect(feedback).to_contain_text(f"You chose, rightly: {best['text']}")
    press(page, "Go on with the lesson")
    expect(page.locator("h1")).to_have_text(LESSONS[0])
    expect(page.locator("main")).to_contain_text("That is right")


def take_lessons(page: Page) -> None:
    """Through every lesson; the server notes each, and going back notes none twice."""
    for number, title in enumerate(LESSONS, start=1):
        expect(page.locator("h1")).to_have_text(title)
        if number == 1:
            try_the_check(page)
        press(page, "Save and continue" if number < len(LESSONS) else "Save and finish")
        if number == 2:
            expect(page.locator("h1")).to_have_text(LESSONS[2])
            before = records()
            page.go_back()
            expect(page.locator("h1")).to_have_text(LESSONS[1])
            page.go_forward()
            expect(page.locator("h1")).to_have_text(LESSONS[2])
            assert records() == before
    expect(page.locator("h1")).to_have_text("Evaluating bids fairly")
    expect(page.locator("main")).to_contain_text("10 of 11 steps done")


def question_number(page: Page) -> int:
    found = re.fullmatch(r"Question (\d+) of 12", heading(page))
    assert found
    return int(found[1])


def answer_right(page: Page, attempt: Attempt, positions: range) -> None:
    """Answer these questions one after the other, each right."""
    items = {item.position: item for item in drawn(attempt)}
    for position in positions:
        assert question_number(page) == position
        choose(page, right(items[position].version))
        press(page, "Save and continue")


def begin(page: Page) -> Attempt:
    """From the course into the assessment; answer five questions and leave at the fifth."""
    press(page, "Continue to the assessment")
    expect(page.locator("main")).to_contain_text("None. Stop and come back when you like.")
    press(page, "Start the assessment")
    attempt = Attempt.objects.get(learner__email=EMAIL)
    press(page, "Save and continue")
    expect(page.locator(".govuk-error-summary")).to_contain_text(re.compile("Choose (one|at least one) answer."))
    answer_right(page, attempt, range(1, 5))
    choose(page, right(drawn(attempt)[4].version))
    press(page, "Save and finish later")
    expect(page.locator("h1")).to_have_text("My learning")
    expect(page.locator("main")).to_contain_text("Saved. Come back when you like: nothing is lost.")
    return attempt


def resume(page: Page, attempt: Attempt) -> None:
    """Sign in on another device, go on at the sixth question, leave out the seventh."""
    page.goto("/en/my/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(SECRET)
    press(page, "Sign in")
    expect(page.locator("h1")).to_have_text("My learning")
    press(page, "Continue the assessment")
    answer_right(page, attempt, range(6, 7))
    follow(page, "Skip for now")
    answer_right(page, attempt, range(8, 13))


def review(page: Page, attempt: Attempt) -> None:
    """See what is missing, answer it, and change the first answer to a wrong one."""
    expect(page.locator("h1")).to_have_text("Review your answers")
    expect(page.locator("main")).to_contain_text("One question is not answered. It will earn nothing.")
    expect(page.locator(".govuk-tag")).to_have_text(["Not answered"])
    follow(page, "Answer question 7")
    assert question_number(page) == 7
    choose(page, right(drawn(attempt)[6].version))
    press(page, "Save and go back to the review")
    expect(page.locator("h1")).to_have_text("Review your answers")
    expect(page.locator("main")).not_to_contain_text("not answered")
    follow(page, "Change question 1")
    first = drawn(attempt)[0].version
    for key in right(first):
        assert page.locator(f'input[value="{key}"]').is_checked()
    choose(page, wrong(first))
    press(page, "Save and go back to the review")
    expect(page.locator("h1")).to_have_text("Review your answers")


def submit(page: Page, attempt: Attempt) -> None:
    """Press twice, submit once; what comes by Back or from another tab changes nothing."""
    other = page.context.new_page()
    other.goto(f"/en/assess/{attempt.uuid}/q/3/")
    page.get_by_role("button", name="Submit your answers").dblclick()
    expect(page.locator("h1")).to_have_text("You passed")
    assert AttemptResult.objects.filter(attempt=attempt).count() == 1
    assert Attempt.objects.filter(learner__email=EMAIL).count() == 1
    assert CourseCompletion.objects.filter(learner__email=EMAIL).count() == 1

    before = records()
    page.go_back()
    expect(page.locator("h1")).to_have_text("You passed")
    press(other, "Save and continue")
    expect(other.locator("h1")).to_have_text("These answers were submitted already")
    expect(other.locator("main")).to_contain_text("What you just sent was not saved, and your result has not changed.")
    follow(other, "See your result")
    expect(other.locator("h1")).to_have_text("You passed")
    other.close()
    assert records() == before


def read_result(page: Page, attempt: Attempt) -> None:
    """The score, the skills, and every answer explained."""
    main = page.locator("main")
    expect(main).to_contain_text("91.66 % (11 of 12 marks)")
    rows = page.locator("tbody tr")
    assert sorted(rows.locator("th").all_inner_texts()) == [
        "Evaluating bids",
        "Integrity",
        "Moderation",
        "Recording decisions",
    ]
    assert rows.locator("td:last-child").all_inner_texts() == ["Shown"] * 4
    expect(page.locator("#q1")).to_have_text("Question 1: not right")
    for item in drawn(attempt):
        expect(main).to_contain_text(item.version.explanation)


def get_certificate(page: Page) -> Award:
    """Confirm the name, then hold the certificate."""
    press(page, "Get your certificate")
    name = page.get_by_label("Name on the certificate")
    assert name.input_value() == NAME
    name.fill(f"{NAME} Bello")
    press(page, "Issue the certificate")
    expect(page.locator(".ac-certificate__name")).to_have_text(f"{NAME} Bello")
    award = Award.objects.get(learner__email=EMAIL)
    expect(page.locator(".ac-certificate")).to_contain_text(spoken(award))
    return award


def spoken(award: Award) -> str:
    return verify_award(code=award.code, at=now()).spoken_code


def verify(page: Page, award: Award) -> None:
    """Type the code as somebody reads it aloud; every printed fact stands there, until the certificate is revoked."""
    page.goto("/en/verify/")
    page.get_by_label("Code").fill(f" {spoken(award).lower()} ")
    press(page, "Verify")
    expect(page).to_have_url(re.compile(f"/en/verify/{award.code}/$"))
    main = page.locator("main")
    facts = dict(zip(main.locator("dt").all_inner_texts(), main.locator("dd").all_inner_texts(), strict=True))
    assert facts["Name"] == f"{NAME} Bello"
    assert facts["Course"] == "Evaluating bids fairly"
    assert facts["Result"] == "91.66 % (needed to pass: 70 %)"
    assert sorted(facts["Skills shown"].splitlines()) == [
        "Evaluating bids: Working",
        "Integrity: Working",
        "Moderation: Working",
        "Recording decisions: Working",
    ]
    assert facts["Code"] == spoken(award)
    expect(main).to_contain_text("Valid This certificate was issued by Procurement Academy and counts.")

    admin = User.objects.get(email="admin@example.org")
    revoke_award(award=award, reason="Issued to the wrong person.", by=admin, at=now())
    page.reload()
    expect(main).to_contain_text("Revoked This certificate was revoked on")
    expect(main).to_contain_text("Reason: Issued to the wrong person.")


@pytest.mark.parametrize("browser_has", [{}, {"java_script_enabled": False}], ids=["with_script", "without_script"])
def test_stranger_goes_the_whole_way(
    visitors: Visitors, mailoutbox: list[EmailMessage], browser_has: dict[str, bool]
) -> None:
    page = visitors(**browser_has).new_page()
    page.goto("/")
    expect(page).to_have_url(re.compile("/en/$"))
    follow(page, "Evaluator")
    expect(page.locator("h1")).to_have_text("Evaluator")
    follow(page, "Evaluate suppliers")
    expect(page.locator("h1")).to_have_text("Evaluate suppliers")
    follow(page, "Evaluator")
    follow(page, "Evaluating bids fairly")
    expect(page.locator("h1")).to_have_text("Evaluating bids fairly")

    open_account(page, mailoutbox)
    press(page, "Enrol")
    expect(page.locator("main")).to_contain_text("You are enrolled in “Evaluating bids fairly”.")
    take_lessons(page)
    attempt = begin(page)
    page.context.close()

    page = visitors(**browser_has).new_page()
    resume(page, attempt)
    review(page, attempt)
    submit(page, attempt)
    read_result(page, attempt)
    award = get_certificate(page)
    verify(visitors(**browser_has).new_page(), award)

    assert Enrolment.objects.filter(learner__email=EMAIL).count() == 1
    assert LessonCompletion.objects.filter(learner__email=EMAIL).count() == len(LESSONS)
