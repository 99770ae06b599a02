"""Which plays stand at the end of a lesson: those that its text has not shown already."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from academy.home.models import HomePage
from courses.domain.lessons import more_plays
from courses.models import LessonPage
from playbook.models import PlayPage
from tests.factories.courses import LessonPageFactory, LessonPlayFactory
from tests.factories.playbook import PlayPageFactory
from tests.support.courses import in_spanish

Lesson = Callable[..., LessonPage]


@pytest.fixture
def plays(site_tree: HomePage) -> list[PlayPage]:
    return [PlayPageFactory(parent=site_tree, title=f"Play {number}") for number in (1, 2, 3)]


@pytest.fixture
def lesson(site_tree: HomePage) -> Lesson:
    """A lesson that teaches some plays and shows some of them in its text."""

    def make(*, teaches: list[PlayPage], shows: list[PlayPage]) -> LessonPage:
        blocks: list[dict[str, Any]] = [{"type": "play_link", "value": {"play": play.pk}} for play in shows]
        page = LessonPageFactory(parent=site_tree, body=json.dumps(blocks))
        for play in teaches:
            LessonPlayFactory(lesson=page, play=play)
        found: LessonPage = LessonPage.objects.get(pk=page.pk)
        return found

    return make


def titles(page: LessonPage) -> list[str]:
    return [play.title for play in more_plays(page)]


def test_more_plays_of_lesson_that_teaches_none_is_empty(
    plays: list[PlayPage], lesson: Lesson, django_assert_num_queries: Any
) -> None:
    page = lesson(teaches=[], shows=plays[:1])

    with django_assert_num_queries(1):
        assert more_plays(page) == ()


def test_more_plays_leaves_out_what_the_text_shows(plays: list[PlayPage], lesson: Lesson) -> None:
    assert titles(lesson(teaches=plays, shows=plays[1:2])) == ["Play 1", "Play 3"]


def test_more_plays_is_empty_when_the_text_shows_all(
    plays: list[PlayPage], lesson: Lesson, django_assert_num_queries: Any
) -> None:
    page = lesson(teaches=plays, shows=plays)

    with django_assert_num_queries(1):
        assert more_plays(page) == ()


def test_more_plays_leaves_out_unpublished_play(plays: list[PlayPage], lesson: Lesson) -> None:
    plays[0].unpublish()

    assert titles(lesson(teaches=plays[:2], shows=[])) == ["Play 2"]


@pytest.mark.parametrize("count", [1, 3])
def test_more_plays_takes_two_queries(
    plays: list[PlayPage], lesson: Lesson, django_assert_num_queries: Any, count: int
) -> None:
    page = lesson(teaches=plays[:count], shows=[])

    with django_assert_num_queries(2):
        assert len(more_plays(page)) == count


def test_more_plays_of_lesson_in_another_language_are_in_that_language(plays: list[PlayPage], lesson: Lesson) -> None:
    source = lesson(teaches=plays[:2], shows=plays[:1])
    here, first, second = in_spanish(source, *plays[:2])

    assert [play.pk for play in more_plays(here)] == [second.pk]
    # A translator may have chosen the Spanish play in the text, while the link still leads to the English one.
    here.body = json.dumps([{"type": "play_link", "value": {"play": first.pk}}])
    assert [play.pk for play in more_plays(here)] == [second.pk]
