"""A picture of a question is seen by who is asked it, by who wrote it, and by readers of a page that shows it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction, ReferenceIndex

from academy.home.models import HomePage
from academy.people.models import User
from assessments.domain.checks import picture_problems
from assessments.item_types.bodies import Description
from assessments.item_types.questions import Picture, Question
from assessments.item_types.rich import Rich, TextFormat
from assessments.models import ItemPicture, ItemVersion
from assessments.templatetags.assessments_tags import rich
from courses.models import LessonPage
from tests.factories.assessments import AttemptFactory, AttemptItemFactory, ItemPictureFactory
from tests.support.courses import SmallCourse, checks_body, small_course
from tests.support.visits import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(site_tree: HomePage) -> SmallCourse:
    return small_course(site_tree)


@pytest.fixture
def picture(small: SmallCourse) -> ItemPicture:
    """A picture of a question that no page shows."""
    version = ItemVersion.objects.filter(item__bank=small.bank).earliest("pk")
    return ItemPictureFactory(version=version)


def status(user: User | None, picture: ItemPicture) -> int:
    return Visitor(user).get(reverse("question_picture", args=[picture.uuid])).status_code


def show_on(lesson: LessonPage, picture: ItemPicture) -> None:
    lesson.body = checks_body([picture.version.item])
    lesson.save()
    ReferenceIndex.create_or_update_for_object(lesson)


def test_who_is_asked_the_question_sees_its_picture(
    picture: ItemPicture, learner: User, outsider: User, trainer: User
) -> None:
    AttemptItemFactory(attempt=AttemptFactory(learner=learner), version=picture.version)

    assert [status(user, picture) for user in (learner, outsider, None)] == [200, 404, 404]


def test_author_within_reach_sees_it(picture: ItemPicture, editor: User) -> None:
    assert status(editor, picture) == 200


def test_readers_of_a_live_page_that_shows_it_see_it(picture: ItemPicture, small: SmallCourse, outsider: User) -> None:
    lesson = small.lessons[0]
    show_on(lesson, picture)
    assert [status(user, picture) for user in (outsider, None)] == [200, 200]

    restriction = PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)
    assert status(None, picture) == 404
    restriction.delete()
    lesson.unpublish()
    assert status(outsider, picture) == 404


def test_picture_goes_out_as_a_picture_and_nothing_else(picture: ItemPicture, editor: User) -> None:
    page = Visitor(editor).get(reverse("question_picture", args=[picture.uuid]))

    assert page["Content-Type"] == "image/png"
    assert "sandbox" in page["Content-Security-Policy"]
    assert "private" in page["Cache-Control"]
    assert b"".join(page.streaming_content).startswith(b"\x89PNG")


def test_picture_whose_file_is_gone_does_not_exist(picture: ItemPicture, editor: User) -> None:
    picture.file.storage.delete(picture.file.name)

    assert status(editor, picture) == 404


@pytest.mark.parametrize("source", ["two scales.png", "two%20scales.png"])
def test_picture_is_found_by_its_name_and_by_its_address(source: str) -> None:
    stem = Rich(f'<p><img src="picture:{source}" alt="Two scales"></p>', TextFormat.HTML)
    question = Question(
        kind="description", stem=stem, body=Description(), pictures=(Picture(name="two scales.png", data=b""),)
    )

    assert picture_problems(question) == []
    assert 'src="/en/p/"' in rich(stem, {"two scales.png": "/en/p/"})


@pytest.mark.parametrize(
    ("image", "sentence"),
    [
        ('<img src="picture:other.png" alt="Scales">', "A picture that the text names is missing."),
        (
            '<img src="https://example.org/a.png" alt="Scales">',
            "A picture lies on another site: put it into the question itself.",
        ),
        ('<img src="picture:a.png" alt=" ">', "Describe each picture in words, for those who cannot see it."),
    ],
)
def test_picture_that_cannot_be_shown_is_told(image: str, sentence: str) -> None:
    stem = Rich(f"<p>{image}</p>", TextFormat.HTML)
    pictures = (Picture(name="a.png", data=b""),)

    assert picture_problems(Question(kind="description", stem=stem, body=Description(), pictures=pictures)) == [
        sentence
    ]
