"""Checks of lessons, of every kind: what is asked, what is told after a try, and what the next one begins with."""

from __future__ import annotations

from typing import Any

import pytest

from academy.home.models import HomePage
from academy.people.models import User
from assessments.models import ItemVersion, PracticeResponse
from courses.api import enrol
from tests.factories.framework import SkillFactory
from tests.support.courses import SmallCourse, checks_body, small_course
from tests.support.every_kind import BODIES, HINTS, PARTLY, RIGHT, ask_every_kind
from tests.support.moment import AT
from tests.support.uploads import pdf, upload
from tests.support.visits import Visitor, hidden

pytestmark = pytest.mark.django_db

KINDS = list(BODIES)
LESSON = "/en/courses/fair-bids/module-1/lesson-1/"
EXPLAINED = "The law says so."


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree)


@pytest.fixture
def versions(small: SmallCourse, learner: User) -> dict[str, ItemVersion]:
    """A question of each kind in the first lesson, with two hints."""
    versions = ask_every_kind(skill=SkillFactory(), hints=HINTS)
    small.lessons[0].body = checks_body([version.item for version in versions.values()])
    small.lessons[0].save()
    enrol(learner=learner, course=small.course, by=learner, at=AT)
    return versions


def check(kind: str) -> str:
    return f"/en/learn/fair-bids/lesson-1/check/{KINDS.index(kind) + 1}/"


def sent(kind: str, answers: Any = RIGHT) -> dict[str, Any]:
    return {**answers[kind], **({"file": upload("plan.pdf", pdf())} if kind == "file_upload" else {})}


def answer(visitor: Visitor, kind: str, data: dict[str, Any]) -> Any:
    return visitor.post(check(kind), {**hidden(visitor.get(f"{check(kind)}?again=1")), **data})


def test_every_kind_is_asked_and_answered(versions: dict[str, ItemVersion], learner: User) -> None:
    visitor = Visitor(learner)
    fresh = visitor.get(LESSON)
    assert fresh.status_code == 200
    assert "For markers alone." not in fresh.text

    for kind in RIGHT:
        page = visitor.get(check(kind))
        assert page.text.count('id="check-1"') == 1, kind
        assert EXPLAINED not in page.text
        visitor.follow(answer(visitor, kind, sent(kind)))

    marks = {row.version.kind: row.fraction for row in PracticeResponse.objects.select_related("version")}
    by_person = {"open_text": None, "file_upload": None, "self_rating": None}
    assert marks == {**dict.fromkeys(RIGHT, 1), **by_person}
    full = visitor.get(LESSON).text
    assert (full.count("That is right"), full.count("Saved. Compare it with this"), full.count("Well done.")) == (
        9,
        2,
        9,
    )
    assert full.count(EXPLAINED) == 11


@pytest.mark.parametrize("kind", RIGHT)
def test_nothing_sent_is_refused_with_a_sentence_beside_the_first_field(
    versions: dict[str, ItemVersion], learner: User, kind: str
) -> None:
    page = answer(Visitor(learner), kind, {})

    assert page.status_code == 422
    assert page.text.count('<a href="#check-1">') == 1
    assert page.text.count('id="check-1"') == 1
    assert "check-error" in page.text.split('aria-describedby="', 1)[1].split('"', 1)[0]


@pytest.mark.parametrize(
    ("kind", "data", "kept"),
    [
        ("short_text", {"text": ["x" * 1001]}, 'value="xxxx'),
        ("numeric", {"number": ["twelve"], "unit": ["cm"]}, 'value="twelve"'),
        ("numeric", {"number": ["twelve"], "unit": ["cm"]}, '<option value="cm" selected>'),
        ("ordering", {"place-1": ["2"], "place-2": ["2"]}, '<option value="2" selected>'),
        ("matching", {"match-p1": ["keeps the procedure"], "match-p2": ["x"]}, 'value="keeps the procedure" selected'),
        ("gap_fill", {"gap-1": ["best"], "gap-2": ["x"]}, '<option value="best" selected>'),
        ("cloze", {"gap-1": ["b"], "gap-2": ["ten"], "gap-4": ["b"]}, 'value="ten"'),
        ("cloze", {"gap-1": ["b"], "gap-2": ["ten"], "gap-4": ["b"]}, 'value="b" checked'),
        ("open_text", {"text": ["Two <b>words</b>"]}, "Two &lt;b&gt;words&lt;/b&gt;</textarea>"),
    ],
    ids=range(9),
)
def test_what_was_refused_stands_in_the_form_again(
    versions: dict[str, ItemVersion], learner: User, kind: str, data: dict[str, Any], kept: str
) -> None:
    page = answer(Visitor(learner), kind, data)

    assert (page.status_code, kept in page.text) == (422, True)


@pytest.mark.parametrize("kind", PARTLY)
def test_hints_come_one_a_try_and_the_right_answer_after_them(
    versions: dict[str, ItemVersion], learner: User, kind: str
) -> None:
    visitor = Visitor(learner)
    pages = [visitor.follow(answer(visitor, kind, sent(kind, PARTLY))).text for _try in range(3)]

    assert ["That is partly right" in page and "Some of it." in page for page in pages] == [True] * 3
    assert ["Read the lesson again." in page for page in pages] == [True, False, False]
    assert ["It is in the <em>first</em> part." in page for page in pages] == [False, True, False]
    assert [EXPLAINED in page for page in pages] == [False, False, True]
    assert ["Hint after try 2" in page for page in pages] == [False, True, False]
    assert "Tries: 3" in pages[2]
    visitor.follow(answer(visitor, kind, sent(kind)))
    again = visitor.follow(answer(visitor, kind, sent(kind, PARTLY))).text
    assert "Hint after try 1" in again


def test_right_answer_is_shown_to_who_asks_for_it(versions: dict[str, ItemVersion], learner: User) -> None:
    visitor = Visitor(learner)
    visitor.follow(answer(visitor, "single_choice", {"option": ["b"]}))

    assert EXPLAINED not in visitor.get(check("single_choice")).text
    assert EXPLAINED not in visitor.get(LESSON).text
    shown = visitor.get(f"{check('single_choice')}?answer=1").text
    assert EXPLAINED in shown
    assert "Right, but you did not choose it:" in shown


def test_hint_tells_how_many_parts_are_right_and_empties_the_others(
    versions: dict[str, ItemVersion], learner: User
) -> None:
    visitor = Visitor(learner)
    first = visitor.follow(answer(visitor, "gap_fill", PARTLY["gap_fill"])).text
    assert "1 part is right." in first
    form = visitor.get(f"{check('gap_fill')}?again=1").text
    assert ('<option value="best" selected>' in form, '<option value="trial" selected>' in form) == (True, False)

    # The second hint clears nothing and counts nothing.
    second = visitor.follow(answer(visitor, "gap_fill", PARTLY["gap_fill"])).text
    assert "part is right." not in second
    form = visitor.get(f"{check('gap_fill')}?again=1").text
    assert ('<option value="best" selected>' in form, '<option value="trial" selected>' in form) == (True, True)


def test_own_words_stand_in_the_next_try(versions: dict[str, ItemVersion], learner: User) -> None:
    visitor = Visitor(learner)
    page = visitor.follow(answer(visitor, "open_text", RIGHT["open_text"])).text

    assert "How it is marked, in points" in page
    assert "0.5: A reason" in page
    assert "For markers alone." not in page
    assert "Because scores sway each other.</textarea>" in visitor.get(f"{check('open_text')}?again=1").text


def test_description_is_read_and_not_answered(versions: dict[str, ItemVersion], learner: User) -> None:
    visitor = Visitor(learner)
    page = visitor.get(check("description"))

    assert "<form" not in page.text.split("<main", 1)[1].split("</main>", 1)[0]
    assert "Go on with the lesson" in page.text
    assert answer(visitor, "description", {"version": str(versions["description"].pk)}).status_code == 422


def test_author_reads_what_a_wrong_try_costs(versions: dict[str, ItemVersion], editor: User) -> None:
    page = Visitor(editor).get(LESSON).text

    assert page.count("2 hints. In an assessment each wrong try costs 33 % of the mark.") == len(BODIES)
