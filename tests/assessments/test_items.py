"""Writing questions and drawing from them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from academy.framework.models import Skill
from academy.people.models import User
from assessments.api import InvalidItem, NotEnoughQuestions, check_item, retire_item, save_bank, save_item
from assessments.domain.draw import draw_versions, ready_versions
from assessments.domain.integrity import publish_problems
from assessments.enums import ItemKind
from assessments.models import AssessmentPage, Item, ItemBank, ItemVersion
from tests.factories.assessments import AssessmentPageFactory, AssessmentSkillFactory, ItemBankFactory, ItemFactory
from tests.factories.framework import SkillFactory
from tests.support.courses import choices, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> ItemBank:
    return ItemBankFactory(code="bids")


@pytest.fixture
def skill() -> Skill:
    return SkillFactory(name="Independent scoring")


def full_bank(*, skills: int, each: int) -> ItemBank:
    bank: ItemBank = ItemBankFactory()
    for place in range(skills):
        skill = SkillFactory()
        for number in range(each):
            question(bank=bank, code=f"q-{place}-{number}", skill=skill)
    return bank


def test_save_item_makes_version_one(bank: ItemBank, skill: Skill, trainer: User, at: datetime) -> None:
    version, made = save_item(
        bank=bank,
        code="first",
        kind=ItemKind.SINGLE_CHOICE,
        stem="A panel meets.\n\nWho scores first?",
        content=choices(),
        explanation="Alone, then together.",
        skill=skill,
        proficiency=2,
        play=None,
        lesson=None,
        by=trainer,
        at=at,
    )

    assert made
    assert (version.number, version.created_at, version.created_by) == (1, at, trainer)
    assert str(version.item) == "first: A panel meets. Who scores first?"


def test_save_item_unchanged_makes_no_version(bank: ItemBank, skill: Skill) -> None:
    first = question(bank=bank, code="same", skill=skill)
    again = question(bank=bank, code="same", skill=skill)

    assert again == first
    assert ItemVersion.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"stem": "What else?"}, {"right": "b"}, {"because": "Since"}, {"kind": ItemKind.MULTIPLE_CHOICE}]
)
def test_save_item_changed_makes_version_two_and_leaves_the_first(
    bank: ItemBank, skill: Skill, change: dict[str, str]
) -> None:
    first = question(bank=bank, code="changing", skill=skill)
    before = ItemVersion.objects.filter(pk=first.pk).values().get()

    second = question(bank=bank, code="changing", skill=skill, **change)

    assert (second.item, second.number) == (first.item, 2)
    assert ItemVersion.objects.filter(pk=first.pk).values().get() == before


def test_save_item_moved_to_another_bank_is_the_same_question(bank: ItemBank, skill: Skill) -> None:
    first = question(bank=bank, code="moving", skill=skill)
    other = ItemBankFactory()

    again = question(bank=other, code="moving", skill=skill)

    assert again == first
    assert Item.objects.get().bank == other


def test_save_item_without_a_right_option_is_refused(bank: ItemBank, skill: Skill) -> None:
    with pytest.raises(InvalidItem, match=r"^Mark at least one option as right\.$"):
        question(bank=bank, code="none", skill=skill, right="")

    assert Item.objects.count() == 0


def test_check_item_says_each_thing_that_is_wrong() -> None:
    assert check_item(kind="single_choice", stem=" ", content=choices(right=""), explanation="\n") == [
        "Write the question.",
        "Mark at least one option as right.",
        "Explain the answer.",
    ]
    assert check_item(kind="essay", stem="Why?", content={}, explanation="So.") == [
        "“essay” is not a kind of question."
    ]


def test_save_bank_renames_by_code() -> None:
    first = save_bank(code="bids", title="Bids")
    again = save_bank(code="bids", title="Evaluating bids", summary="Twenty questions.")

    assert again == first
    assert list(ItemBank.objects.values_list("code", "title", "summary")) == [
        ("bids", "Evaluating bids", "Twenty questions.")
    ]


def test_retire_item_once(bank: ItemBank, skill: Skill, trainer: User, admin: User, at: datetime) -> None:
    item = question(bank=bank, code="old", skill=skill).item
    retire_item(item=item, by=trainer, at=at)
    retire_item(item=item, by=admin, at=at.replace(year=2027))

    item.refresh_from_db()
    assert (item.retired_at, item.retired_by) == (at, trainer)
    entry = ModelLogEntry.objects.get(action="assessments.retire")
    assert (entry.user, entry.timestamp, entry.object_id, entry.message) == (trainer, at, str(item.pk), "Retired")


def test_ready_versions_are_the_latest_of_what_is_not_retired(
    bank: ItemBank, skill: Skill, trainer: User, at: datetime
) -> None:
    question(bank=bank, code="a", skill=skill)
    second = question(bank=bank, code="a", skill=skill, stem="What now?")
    retired = question(bank=bank, code="b", skill=skill).item
    retire_item(item=retired, by=trainer, at=at)
    ItemFactory(bank=bank, code="empty")
    question(bank=ItemBankFactory(), code="elsewhere", skill=skill)

    assert ready_versions(bank) == [second]


@pytest.mark.parametrize(
    ("skills", "each", "count", "spread"),
    [
        (2, 10, 10, [5, 5]),
        (2, 10, 9, [4, 5]),
        (3, 4, 10, [3, 3, 4]),
        (5, 3, 3, [1, 1, 1]),
        (1, 5, 5, [5]),
    ],
)
def test_draw_covers_every_skill_evenly_and_repeats_nothing(
    skills: int, each: int, count: int, spread: list[int]
) -> None:
    bank = full_bank(skills=skills, each=each)

    for seed in range(20):
        drawn = draw_versions(bank=bank, count=count, seed=seed)
        assert len({version.item_id for version in drawn}) == count
        assert sorted(Counter(version.skill_id for version in drawn).values()) == spread


def test_draw_fills_up_from_the_skill_that_has_more(bank: ItemBank) -> None:
    many, few = SkillFactory(), SkillFactory()
    for number in range(9):
        question(bank=bank, code=f"many-{number}", skill=many)
    question(bank=bank, code="few", skill=few)

    for seed in range(10):
        drawn = draw_versions(bank=bank, count=6, seed=seed)
        assert Counter(version.skill_id for version in drawn) == {many.pk: 5, few.pk: 1}


def test_draw_by_the_same_seed_is_the_same_and_by_others_differs() -> None:
    bank = full_bank(skills=2, each=6)

    draws = [[version.pk for version in draw_versions(bank=bank, count=6, seed=seed)] for seed in range(10)]

    assert draws == [[version.pk for version in draw_versions(bank=bank, count=6, seed=seed)] for seed in range(10)]
    assert len({tuple(draw) for draw in draws}) == 10


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**62 - 1), count=st.integers(1, 8))
def test_draw_never_takes_a_retired_question(trainer: User, at: datetime, seed: int, count: int) -> None:
    bank = ItemBank.objects.filter(code="retiring").first()
    if bank is None:
        bank, skill = ItemBankFactory(code="retiring"), SkillFactory()
        for number in range(12):
            question(bank=bank, code=f"r-{number}", skill=skill)
        for item in bank.items.filter(code__in=["r-0", "r-3", "r-6", "r-9"]):
            retire_item(item=item, by=trainer, at=at)

    drawn = draw_versions(bank=bank, count=count, seed=seed)

    assert len({version.item_id for version in drawn}) == count
    assert {version.item.code for version in drawn} & {"r-0", "r-3", "r-6", "r-9"} == set()


def test_draw_of_more_than_there_are_is_refused() -> None:
    bank = full_bank(skills=2, each=2)

    with pytest.raises(NotEnoughQuestions, match=f"^{bank.code}: 5 drawn of 4$"):
        draw_versions(bank=bank, count=5, seed=1)


def test_publish_problems_say_each_thing_that_is_missing(bank: ItemBank, skill: Skill) -> None:
    question(bank=bank, code="one", skill=skill)
    page = AssessmentPageFactory(bank=bank, draw=2)

    assert publish_problems(page) == [
        "The bank holds fewer questions than are drawn: add questions or draw fewer.",
        "Name at least one skill that it proves.",
    ]
    AssessmentSkillFactory(page=page, skill=skill)
    nothing_asked = AssessmentSkillFactory(page=page, skill=SkillFactory())
    assert publish_problems(AssessmentPage.objects.get()) == [
        "The bank holds fewer questions than are drawn: add questions or draw fewer.",
        "A skill that it proves has no question in the bank: add one or remove the skill.",
    ]
    nothing_asked.delete()
    AssessmentPage.objects.update(draw=1)
    assert publish_problems(AssessmentPage.objects.get()) == []
