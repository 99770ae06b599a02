"""Taking an assessment in the browser: what is shown, what is kept, and what stays secret until it may be known."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from academy.home.models import HomePage
from academy.people.models import User
from assessments.api import start_attempt, submit_attempt
from assessments.models import Answer, AssessmentPage, Attempt, AttemptResult
from courses.api import enrol
from tests.support.courses import CANARY, SmallCourse, answer, items_of, right_keys, sit, small_course, wrong_keys
from tests.support.visits import Visitor, hidden

pytestmark = pytest.mark.django_db

START = "/en/assess/start/fair-bids/final/"
ASSESSMENT = "/en/courses/fair-bids/final/"


@pytest.fixture
def small(site_tree: HomePage, learner: User, at: datetime) -> SmallCourse:
    small = small_course(site_tree)
    enrol(learner=learner, course=small.course, by=learner, at=at)
    return small


@pytest.fixture
def visitor(small: SmallCourse, learner: User) -> Visitor:
    return Visitor(learner)


@pytest.fixture
def attempt(small: SmallCourse, learner: User, at: datetime) -> Attempt:
    return start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at)


def place(attempt: Attempt, rest: str = "") -> str:
    return f"/en/assess/{attempt.uuid}/{rest}"


def take(visitor: Visitor, *, rightly: bool) -> Attempt:
    """Start, look at everything, answer each question, and submit: all by the forms of the site."""
    visitor.follow(visitor.post(START))
    attempt = Attempt.objects.latest("pk")
    for item in items_of(attempt):
        keys = right_keys(item.version) if rightly else wrong_keys(item.version)
        path = place(attempt, f"q/{item.position}/")
        assert visitor.post(path, {"option": keys}).status_code == 422
        assert visitor.choose(path, []).status_code == 422
        assert visitor.choose(path, ["z"]).status_code == 422
        visitor.follow(visitor.choose(path, keys))
        stale = {**hidden(visitor.get(path)), "sequence": "1", "option": "a"}
        assert visitor.post(path, stale).status_code == 409
    visitor.get(place(attempt))
    visitor.get(place(attempt, "review/"))
    visitor.get(place(attempt, "q/1/?from=review"))
    visitor.follow(visitor.post(place(attempt, "submit/")))
    return attempt


# Keys --------------------------------------------------------------------------------------------


def test_keys_reach_the_browser_only_when_the_result_releases_them(small: SmallCourse, visitor: Visitor) -> None:
    public = ["/en/", "/en/courses/", "/en/courses/fair-bids/", "/en/courses/fair-bids/module-1/", ASSESSMENT]
    private = ["/en/my/", "/en/courses/fair-bids/module-1/lesson-1/", "/en/learn/fair-bids/lesson-1/check/1/"]
    with time_machine.travel(datetime(2026, 4, 1, 9, tzinfo=UTC)) as clock:
        for path in public + private:
            visitor.get(path)
        failed = take(visitor, rightly=False)
        for path in (*public, *private, place(failed, "result/"), place(failed)):
            visitor.get(path)
        clock.shift(timedelta(hours=25))
        visitor.post(START)
        assert len(visitor.seen) > 60
        assert [page.request["PATH_INFO"] for page in visitor.seen if CANARY in page.text] == []

        passed = take(visitor, rightly=True)
        result = visitor.get(place(passed, "result/"))

    assert "You passed" in result.text
    # Four explanations, and the feedback on what was chosen or right.
    assert result.text.count(f"{CANARY} it is so.") == 4
    assert [page.request["PATH_INFO"] for page in visitor.seen if CANARY in page.text] == [
        place(passed, "result/"),
        place(passed, "result/"),
    ]


def test_keys_are_shown_after_the_last_attempt(
    small: SmallCourse, visitor: Visitor, learner: User, at: datetime
) -> None:
    results = [sit(learner, small.assessment, at=at + timedelta(days=day), right=0) for day in range(3)]

    pages = [visitor.get(place(result.attempt, "result/")) for result in results]

    assert [page.text.count(f"{CANARY} it is so.") for page in pages] == [0, 0, 4]
    assert "You have used all your attempts." in visitor.get(ASSESSMENT).text


def test_result_after_failing_says_what_to_read_again(
    small: SmallCourse, visitor: Visitor, learner: User, at: datetime
) -> None:
    result = sit(learner, small.assessment, at=at, right=1)

    page = visitor.get(place(result.attempt, "result/")).text

    assert "The right answers stay hidden while you have attempts left." in page
    assert page.count("Read again:") == 3
    assert "/en/courses/fair-bids/module-1/lesson-1/" in page


# Saving ------------------------------------------------------------------------------------------


def test_every_post_leads_away_and_back_shows_what_was_saved(attempt: Attempt, visitor: Visitor) -> None:
    led = [visitor.post(START)]
    led += [visitor.choose(place(attempt, f"q/{number}/"), ["b"]) for number in (1, 2, 3)]
    led += [visitor.choose(place(attempt, "q/4/"), ["c"], later="1")]
    led += [visitor.choose(place(attempt, "q/4/?from=review"), ["a"], review="1")]
    led += [visitor.post(place(attempt, "submit/"))]

    assert [(page.status_code, page["Location"]) for page in led] == [
        (302, place(attempt)),
        (302, place(attempt, "q/2/")),
        (302, place(attempt, "q/3/")),
        (302, place(attempt, "q/4/")),
        (302, "/en/my/"),
        (302, place(attempt, "review/")),
        (302, place(attempt, "result/")),
    ]


def test_open_attempt_goes_on_at_the_first_unanswered_question(attempt: Attempt, visitor: Visitor) -> None:
    assert visitor.get(place(attempt))["Location"] == place(attempt, "q/1/")
    visitor.choose(place(attempt, "q/1/"), ["a"])
    visitor.choose(place(attempt, "q/3/"), ["a"])
    # On another device: signed in anew, nothing but the account in common.
    elsewhere = Visitor(attempt.learner)
    assert elsewhere.get(place(attempt))["Location"] == place(attempt, "q/2/")
    elsewhere.choose(place(attempt, "q/2/"), ["a"])
    elsewhere.choose(place(attempt, "q/4/"), ["a"])
    assert visitor.get(place(attempt))["Location"] == place(attempt, "review/")
    submit_attempt(attempt=attempt, by=attempt.learner, at=attempt.started_at)
    assert visitor.get(place(attempt))["Location"] == place(attempt, "result/")


def test_question_shows_the_saved_answer_and_when(attempt: Attempt, visitor: Visitor, learner: User) -> None:
    learner.time_zone = "Asia/Jakarta"
    learner.save()
    with time_machine.travel(datetime(2026, 4, 1, 20, 5, tzinfo=UTC), tick=False):
        assert "Not answered yet." in visitor.get(place(attempt, "q/1/")).text
        visitor.choose(place(attempt, "q/1/"), ["b"])
        page = visitor.get(place(attempt, "q/1/")).text

    assert '<time datetime="2026-04-02T03:05:00+07:00">' in page
    assert re.findall(r'value="(\w)" checked', page) == ["b"]


def test_stale_answer_is_told_with_both_answers_and_nothing_is_lost(attempt: Attempt, visitor: Visitor) -> None:
    path = place(attempt, "q/1/")
    old_tab = hidden(visitor.get(path))
    visitor.choose(path, ["b"])

    page = visitor.post(path, {**old_tab, "option": "c"})

    assert page.status_code == 409
    assert "You changed this answer in another window" in page.text
    assert re.findall(r"<li>(Option \w)</li>", page.text) == ["Option c"]
    assert re.findall(r'value="(\w)" checked', page.text) == ["b"]
    assert list(Answer.objects.values_list("sequence", "response")) == [(1, ["b"])]
    # The page that was shown is up to date: choosing again is one click.
    visitor.follow(visitor.post(path, {**hidden(page), "option": "c"}))
    assert list(Answer.objects.values_list("sequence", "response")) == [(1, ["b"]), (2, ["c"])]


def test_page_from_the_browsers_memory_with_another_answer_is_not_swallowed(attempt: Attempt, visitor: Visitor) -> None:
    path = place(attempt, "q/1/")
    form = hidden(visitor.get(path))
    visitor.follow(visitor.post(path, {**form, "option": "b"}))
    # A double click sends the same again.
    visitor.follow(visitor.post(path, {**form, "option": "b"}))

    assert visitor.post(path, {**form, "option": "c"}).status_code == 409
    assert list(Answer.objects.values_list("response", flat=True)) == [["b"]]


def test_question_page_is_never_kept_by_the_browser(attempt: Attempt, visitor: Visitor) -> None:
    for rest in ("q/1/", "review/"):
        assert "no-store" in visitor.get(place(attempt, rest))["Cache-Control"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"option": []}, "Choose one answer."),
        ({"option": ["z"]}, "That is not one of the options. Choose again."),
        ({"option": ["x" * 1_000_000]}, "That is not one of the options. Choose again."),
        ({"option": ["a"], "uuid": "x"}, "This page was incomplete. Choose your answer again and save it."),
        ({"option": ["a"], "uuid": ""}, "This page was incomplete. Choose your answer again and save it."),
        ({"option": ["a"], "sequence": "0"}, "This page was incomplete. Choose your answer again and save it."),
        ({"option": ["a"], "sequence": "-1"}, "This page was incomplete. Choose your answer again and save it."),
        ({"option": ["a"], "sequence": "9" * 30}, "This page was incomplete. Choose your answer again and save it."),
        ({"option": ["a"], "sequence": "one"}, "This page was incomplete. Choose your answer again and save it."),
    ],
)
def test_answer_that_cannot_be_is_refused_with_a_sentence(
    attempt: Attempt, visitor: Visitor, data: dict[str, Any], sentence: str
) -> None:
    AssessmentPage.objects.update(draw=1)
    single = next(item for item in items_of(attempt) if item.version.kind == "single_choice")
    path = place(attempt, f"q/{single.position}/")
    visitor.choose(path, ["b"])

    page = visitor.post(path, {**hidden(visitor.get(path)), **data})

    assert page.status_code == 422
    assert sentence in page.text
    assert "<title>Error:" in " ".join(page.text.split()).replace("<title> ", "<title>")
    assert len(page.content) < 100_000
    assert list(Answer.objects.values_list("response", flat=True)) == [["b"]]


def test_answer_is_not_acknowledged_when_the_database_is_busy(
    attempt: Attempt, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(**asked: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("assessments.views.save_answer", busy)
    page = visitor.choose(place(attempt, "q/1/"), ["a"])

    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "What you just sent was not saved." in page.text


@pytest.mark.parametrize("position", ["0", "5", "99999999999999999999"])
def test_question_that_is_not_there(attempt: Attempt, visitor: Visitor, position: str) -> None:
    path = place(attempt, f"q/{position}/")

    assert visitor.get(path).status_code == 404
    assert visitor.post(path, {"uuid": str(uuid.uuid4()), "sequence": "1", "option": "a"}).status_code == 404


# Submitting --------------------------------------------------------------------------------------


def test_review_tells_what_is_missing(attempt: Attempt, visitor: Visitor) -> None:
    visitor.choose(place(attempt, "q/2/"), ["a"])

    page = visitor.get(place(attempt, "review/")).text

    assert "3 questions are not answered. They will earn nothing." in page
    assert [int(number) for number in re.findall(r"/q/(\d)/\?from=review", page)] == [1, 2, 3, 4]


def test_second_submission_shows_the_same_result(attempt: Attempt, visitor: Visitor) -> None:
    first = visitor.post(place(attempt, "submit/"))
    stored = AttemptResult.objects.values().get()
    second = visitor.post(place(attempt, "submit/"))

    assert first["Location"] == second["Location"] == place(attempt, "result/")
    assert AttemptResult.objects.values().get() == stored


def test_submission_is_not_done_by_reading(attempt: Attempt, visitor: Visitor) -> None:
    assert visitor.get(place(attempt, "submit/"))["Location"] == place(attempt, "review/")
    assert visitor.get(place(attempt, "result/"))["Location"] == place(attempt)
    assert AttemptResult.objects.count() == 0


def test_answer_after_submission_is_told_and_changes_nothing(attempt: Attempt, visitor: Visitor) -> None:
    path = place(attempt, "q/1/")
    form = hidden(visitor.get(path))
    visitor.post(place(attempt, "submit/"))

    page = visitor.post(path, {**form, "option": "a"})

    assert page.status_code == 409
    assert "These answers were submitted already" in page.text
    assert place(attempt, "result/") in page.text
    assert Answer.objects.count() == 0
    assert visitor.get(path)["Location"] == place(attempt, "result/")
    assert visitor.get(place(attempt, "review/"))["Location"] == place(attempt, "result/")


def test_time_of_the_next_attempt_is_in_the_learners_zone(small: SmallCourse, visitor: Visitor, learner: User) -> None:
    learner.time_zone = "Asia/Jakarta"
    learner.save()
    with time_machine.travel(datetime(2026, 4, 1, 20, tzinfo=UTC), tick=False):
        sit(learner, small.assessment, at=datetime(2026, 4, 1, 20, tzinfo=UTC), right=0)
        page = visitor.get(ASSESSMENT).text
        refused = visitor.post(START)

    assert "You can try again from" in page
    assert '<time datetime="2026-04-03T03:00:00+07:00">' in page
    assert "Start the assessment" not in page
    assert (refused.status_code, refused["Location"]) == (302, ASSESSMENT)
    assert Attempt.objects.count() == 1


def test_assessment_with_too_few_questions_says_so(small: SmallCourse, visitor: Visitor) -> None:
    AssessmentPage.objects.update(draw=50)

    page = visitor.follow(visitor.post(START))

    assert page.request["PATH_INFO"] == ASSESSMENT
    assert "This assessment is not ready: it has too few questions. Tell your trainer." in page.text
    assert Attempt.objects.count() == 0


# Who may -----------------------------------------------------------------------------------------

CHANGING = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


def as_seen(page: Any, identity: object) -> tuple[int, str]:
    """A page without what differs each time, and without the address that was asked for."""
    return page.status_code, CHANGING.sub("", page.text).replace(str(identity), "…")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("rest", ["", "q/1/", "review/", "submit/", "result/"])
def test_attempt_of_another_learner_answers_like_none(attempt: Attempt, outsider: User, rest: str, method: str) -> None:
    client = Client()
    client.force_login(outsider)
    nowhere = uuid.uuid4()

    theirs = getattr(client, method)(place(attempt, rest))
    none = getattr(client, method)(f"/en/assess/{nowhere}/{rest}")

    assert theirs.status_code in {404, 405}
    assert as_seen(theirs, attempt.uuid) == as_seen(none, nowhere)
    assert (Answer.objects.count(), AttemptResult.objects.count()) == (0, 0)


def test_outsider_cannot_start(small: SmallCourse, outsider: User) -> None:
    visitor = Visitor(outsider)

    assert visitor.post(START).status_code == 403
    assert "Enrol in the course to take its assessment." in visitor.get(ASSESSMENT).text
    assert Attempt.objects.count() == 0


def test_nobody_is_led_to_sign_in(attempt: Attempt) -> None:
    nobody = Visitor()

    for rest in ("", "q/1/", "review/", "result/"):
        page = nobody.get(place(attempt, rest))
        assert page["Location"] == f"/en/account/login/?next={place(attempt, rest)}"
    assert nobody.post(place(attempt, "submit/")).status_code == 302
    assert nobody.post(START).status_code == 302
    assert "Sign in to take the assessment" in nobody.get(ASSESSMENT).text
    assert AttemptResult.objects.count() == 0


def test_address_of_an_assessment_that_is_not_there(visitor: Visitor) -> None:
    for path in ("/en/assess/start/fair-bids/none/", "/en/assess/start/none/final/"):
        assert visitor.post(path).status_code == 404
    assert visitor.get(START).status_code == 405


def test_partly_right_answers_are_told(small: SmallCourse, learner: User, visitor: Visitor, at: datetime) -> None:
    attempt = start_attempt(learner=learner, assessment=small.assessment, by=learner, at=at)
    for item in items_of(attempt):
        keys = right_keys(item.version)
        answer(attempt, item, keys[:1])
    result = submit_attempt(attempt=attempt, by=learner, at=at)

    page = visitor.get(place(attempt, "result/")).text

    half = sum(len(right_keys(item.version)) == 2 for item in items_of(attempt))
    assert result.score == 4 - half / 2
    assert page.count("partly right") == half
