"""Courses and lessons in the browser: who may open what, where each button leads, and what a check tells."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from academy.home.models import HomePage
from academy.people.models import User
from assessments.models import PracticeResponse
from courses.api import enrol
from courses.models import CourseCompletion, Enrolment, LessonCompletion
from tests.support.courses import (
    SmallCourse,
    checks_body,
    in_spanish,
    question,
    sit,
    small_course,
    take_course,
    take_lessons,
)
from tests.support.visits import Visitor, hidden

pytestmark = pytest.mark.django_db

COURSE = "/en/courses/fair-bids/"
LESSON = "/en/courses/fair-bids/module-1/lesson-1/"
CHECK = "/en/learn/fair-bids/lesson-1/check/1/"
DONE = "/en/learn/fair-bids/lesson-1/complete/"
ENROL = "/en/enrol/fair-bids/"
LEAVE = "/en/enrol/fair-bids/leave/"
CERTIFICATE = "/en/my/certificates/for/fair-bids/"


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree)


@pytest.fixture
def visitor(small: SmallCourse, learner: User) -> Visitor:
    return Visitor(learner)


@pytest.fixture
def enrolled(visitor: Visitor, small: SmallCourse, learner: User, at: datetime) -> Visitor:
    enrol(learner=learner, course=small.course, by=learner, at=at)
    return visitor


# Who may -----------------------------------------------------------------------------------------


def test_nobody_reads_the_course_and_is_led_from_lessons_to_sign_in(small: SmallCourse) -> None:
    nobody = Visitor()

    page = nobody.get(COURSE).text
    assert "Sign in to enrol" in page
    assert LESSON not in page
    assert nobody.get(LESSON)["Location"] == f"/en/account/login/?next={LESSON}"
    for path in (CHECK, CERTIFICATE):
        assert nobody.get(path)["Location"] == f"/en/account/login/?next={path}"
    for path in (ENROL, LEAVE, DONE, CHECK, CERTIFICATE):
        assert nobody.post(path)["Location"].startswith("/en/account/login/")
    assert Enrolment.objects.count() == 0


def test_who_is_not_enrolled_is_led_to_the_course(visitor: Visitor) -> None:
    page = visitor.get(LESSON)

    assert (page.status_code, page["Location"]) == (302, COURSE)
    assert "Enrol to open the lessons. It takes one click and costs nothing." in visitor.get(COURSE).text
    assert visitor.post(DONE).status_code == 403
    assert visitor.post(CHECK, {"option": "a"}).status_code == 403
    assert visitor.get(CHECK).status_code == 403
    assert LessonCompletion.objects.count() == 0


def test_who_left_the_course_reads_no_lessons(enrolled: Visitor) -> None:
    assert enrolled.get(LESSON).status_code == 200
    enrolled.post(LEAVE)
    assert enrolled.get(LESSON)["Location"] == COURSE
    assert enrolled.post(DONE).status_code == 403


def test_author_reads_lessons_without_enrolling_and_cannot_complete_them(small: SmallCourse, editor: User) -> None:
    author = Visitor(editor)

    page = author.get(LESSON).text

    assert "What of fair-bids-check-1?" in page
    assert "Save and continue" not in page
    assert author.post(DONE).status_code == 403


def test_lesson_of_an_unpublished_course_is_gone(enrolled: Visitor, small: SmallCourse) -> None:
    small.course.unpublish()

    assert enrolled.get(COURSE).status_code == 404
    assert enrolled.get(LESSON).status_code == 404
    assert enrolled.post(DONE).status_code == 404
    assert Visitor().get(LESSON).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/en/enrol/none/",
        "/en/enrol/none/leave/",
        "/en/learn/none/lesson-1/complete/",
        "/en/learn/fair-bids/none/complete/",
        "/en/learn/fair-bids/none/check/1/",
        "/en/learn/fair-bids/lesson-1/check/2/",
        "/en/learn/fair-bids/lesson-1/check/0/",
        "/en/my/certificates/for/none/",
    ],
)
def test_address_of_nothing(enrolled: Visitor, path: str) -> None:
    assert enrolled.post(path).status_code == 404


def test_addresses_that_write_cannot_be_read(enrolled: Visitor) -> None:
    assert [enrolled.get(path).status_code for path in (ENROL, DONE)] == [405, 405]
    assert Enrolment.objects.count() == 1
    assert LessonCompletion.objects.count() == 0


# Where buttons lead ------------------------------------------------------------------------------


def test_whole_course_leads_from_button_to_button(visitor: Visitor, small: SmallCourse) -> None:
    assert "Enrol" in visitor.get(COURSE).text
    page = visitor.follow(visitor.post(ENROL))
    assert page.request["PATH_INFO"] == LESSON
    assert "You are enrolled in “Evaluating bids fairly”." in page.text
    assert "Module 1 of 2, lesson 1 of 2" in page.text
    for lesson in ("module-1/lesson-2/", "module-2/lesson-3/"):
        action = re.findall(r'action="(/en/learn/[^"]+/complete/)"', page.text)
        page = visitor.follow(visitor.post(*action))
        assert page.request["PATH_INFO"] == f"{COURSE}{lesson}"
    page = visitor.follow(visitor.post("/en/learn/fair-bids/lesson-3/complete/"))
    assert page.request["PATH_INFO"] == COURSE
    assert "That was the last lesson." in page.text
    assert "3 of 4 steps done" in page.text
    assert "Continue to the assessment" in page.text


def test_sending_a_form_again_does_nothing_more(enrolled: Visitor) -> None:
    first = [enrolled.post(path) for path in (ENROL, DONE, ENROL, DONE)]

    assert [page.status_code for page in first] == [302] * 4
    assert (Enrolment.objects.count(), LessonCompletion.objects.count()) == (1, 1)


def test_enrolling_again_goes_on_where_one_stopped(enrolled: Visitor) -> None:
    enrolled.post(DONE)
    enrolled.follow(enrolled.post(LEAVE))

    assert enrolled.post(ENROL)["Location"] == "/en/courses/fair-bids/module-1/lesson-2/"


def test_leaving_asks_first_and_tells_what_is_kept(enrolled: Visitor) -> None:
    assert "What you have done is kept" in enrolled.get(LEAVE).text
    assert Enrolment.objects.active().count() == 1

    page = enrolled.follow(enrolled.post(LEAVE))

    assert page.request["PATH_INFO"] == "/en/my/"
    assert "You have left “Evaluating bids fairly”. What you did is kept." in page.text
    assert enrolled.post(LEAVE)["Location"] == enrolled.get(LEAVE)["Location"] == COURSE


def test_address_of_a_lesson_leads_to_its_page(enrolled: Visitor) -> None:
    assert enrolled.get("/en/learn/fair-bids/lesson-3/")["Location"] == "/en/courses/fair-bids/module-2/lesson-3/"


# Checks ------------------------------------------------------------------------------------------


def test_check_tells_at_once_and_as_often_as_one_likes(enrolled: Visitor, small: SmallCourse) -> None:
    form = hidden(enrolled.get(LESSON))
    assert "Because a" not in enrolled.seen[-1].text

    wrong = enrolled.post(CHECK, {**form, "option": "b"})
    assert wrong["Location"] == f"{CHECK}#feedback"
    page = enrolled.follow(wrong).text
    assert "That is not right" in page
    assert [word in page for word in ("Because a", "Because b", "Because c", "Because it is so.")] == [
        True,
        True,
        False,
        True,
    ]
    enrolled.follow(enrolled.post(CHECK, {**hidden(enrolled.get(f"{CHECK}?again=1")), "option": "a"}))
    assert "That is right" in enrolled.get(LESSON).text
    assert list(PracticeResponse.objects.values_list("response", "fraction")) == [(["b"], 0), (["a"], 1)]


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ([], "Choose one answer."),
        (["z"], "That is not one of the options. Choose again."),
        (["x" * 1_000_000], "That is not one of the options. Choose again."),
    ],
)
def test_check_refuses_what_cannot_be_an_answer(enrolled: Visitor, option: list[str], sentence: str) -> None:
    page = enrolled.post(CHECK, {**hidden(enrolled.get(LESSON)), "option": option})

    assert page.status_code == 422
    assert sentence in page.text
    assert len(page.content) < 100_000
    assert PracticeResponse.objects.count() == 0


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "²", "9" * 18, "9" * 40])
def test_check_with_a_question_that_does_not_stand_there_is_shown_anew(enrolled: Visitor, version: str) -> None:
    page = enrolled.follow(enrolled.post(CHECK, {"version": version, "option": "a"}))

    assert "This question was changed meanwhile. Here is the new one." in page.text
    assert PracticeResponse.objects.count() == 0


def test_check_that_was_edited_meanwhile_is_marked_as_it_was_shown(enrolled: Visitor, small: SmallCourse) -> None:
    form = hidden(enrolled.get(LESSON))
    question(bank=small.checks[0].bank, code=small.checks[0].code, skill=small.skills[0], right="b")

    page = enrolled.follow(enrolled.post(CHECK, {**form, "option": "a"})).text

    assert "That is right" in page
    assert PracticeResponse.objects.get().version.number == 1
    assert hidden(enrolled.get(f"{CHECK}?again=1")) != form


def test_check_that_was_replaced_meanwhile_is_shown_anew(enrolled: Visitor, small: SmallCourse) -> None:
    form = hidden(enrolled.get(LESSON))
    other = question(bank=small.checks[0].bank, code="other", skill=small.skills[0], stem="Quite another?").item
    small.lessons[0].body = checks_body([other])
    small.lessons[0].save()

    page = enrolled.follow(enrolled.post(CHECK, {**form, "option": "a"})).text

    assert "Quite another?" in page
    assert PracticeResponse.objects.count() == 0


# The certificate ---------------------------------------------------------------------------------


def test_certificate_is_asked_for_by_name_and_issued_once(
    enrolled: Visitor, small: SmallCourse, learner: User, at: datetime
) -> None:
    assert enrolled.get(CERTIFICATE)["Location"] == COURSE
    assert enrolled.post(CERTIFICATE, {"name": "Lea"})["Location"] == COURSE
    take_lessons(learner, small.course)
    sit(learner, small.assessment, at=at)
    assert 'value="Lea Learner"' in enrolled.get(CERTIFICATE).text

    empty = enrolled.post(CERTIFICATE, {"name": "  "})
    assert empty.status_code == 422
    assert "Enter the name that the certificate should carry." in empty.text
    long = enrolled.post(CERTIFICATE, {"name": "x" * 1_000_000})
    assert long.status_code == 422
    page = enrolled.follow(enrolled.post(CERTIFICATE, {"name": " Lea   Maria Learner "}))

    award = learner.awards.get()
    assert page.request["PATH_INFO"] == f"/en/my/certificates/{award.code}/"
    assert award.holder.name == "Lea Maria Learner"
    assert enrolled.post(CERTIFICATE, {"name": "Other"})["Location"] == page.request["PATH_INFO"]
    assert enrolled.get(CERTIFICATE)["Location"] == page.request["PATH_INFO"]
    assert learner.awards.get().holder.name == "Lea Maria Learner"


def test_certificate_can_be_fetched_when_the_course_is_unpublished(
    enrolled: Visitor, small: SmallCourse, learner: User, at: datetime
) -> None:
    take_lessons(learner, small.course)
    sit(learner, small.assessment, at=at)
    small.course.unpublish()

    page = enrolled.follow(enrolled.post(CERTIFICATE, {"name": "Lea"}))

    assert page.status_code == 200
    assert "Evaluating bids fairly" in page.text


# What stays --------------------------------------------------------------------------------------


def test_finished_result_stays_readable_when_everything_is_unpublished(
    visitor: Visitor, small: SmallCourse, learner: User
) -> None:
    award = take_course(learner, small)
    attempt = learner.attempts.get()
    result = f"/en/assess/{attempt.uuid}/result/"
    before = visitor.get(result).text
    for page in (*small.lessons, *small.modules, small.assessment, small.course, small.index):
        page.unpublish()

    after = visitor.get(result)

    assert after.status_code == 200
    assert "You passed" in after.text
    assert before.count("Read again:") == 4
    assert after.text.count("Read again:") == 0
    assert "See your certificate" in after.text
    for path in (f"/en/my/certificates/{award.code}/", f"/en/verify/{award.code}/", "/en/my/", "/en/my/certificates/"):
        page = visitor.get(path)
        assert page.status_code == 200
        assert "Evaluating bids fairly" in page.text
    assert CourseCompletion.objects.count() == 1


def test_failed_result_stays_readable_when_everything_is_unpublished(
    visitor: Visitor, small: SmallCourse, learner: User, at: datetime
) -> None:
    result = sit(learner, small.assessment, at=at, right=0)
    small.assessment.unpublish()
    small.course.unpublish()

    page = visitor.get(f"/en/assess/{result.attempt.uuid}/result/")

    assert page.status_code == 200
    assert "You did not pass this time" in page.text


def test_open_attempt_can_be_finished_when_the_assessment_is_unpublished(enrolled: Visitor, small: SmallCourse) -> None:
    start = enrolled.post("/en/assess/start/fair-bids/final/")["Location"]
    small.assessment.unpublish()

    assert enrolled.get(start)["Location"] == f"{start}q/1/"
    enrolled.follow(enrolled.choose(f"{start}q/1/", ["a"]))
    page = enrolled.follow(enrolled.post(f"{start}submit/"))

    assert page.status_code == 200
    assert "You did not pass this time" in page.text


# Languages ---------------------------------------------------------------------------------------


def test_course_in_another_language_knows_what_was_done(enrolled: Visitor, small: SmallCourse) -> None:
    in_spanish(*small.lessons, small.assessment)
    enrolled.post(DONE)

    page = enrolled.get("/es/courses/fair-bids/")
    assert page.status_code == 200
    assert len(re.findall(r'<progress[^>]* value="25"', page.text)) == 1
    led = enrolled.post("/es/learn/fair-bids/lesson-2/complete/")
    assert led["Location"] == "/es/courses/fair-bids/module-2/lesson-3/"
    assert enrolled.follow(led).status_code == 200
    assert LessonCompletion.objects.count() == 2
