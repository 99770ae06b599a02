"""Where questions are used, and how often they are got wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from academy.home.models import HomePage
from assessments.domain import item_use
from assessments.domain.item_use import ItemUse, usage_and_fail_rates
from assessments.enums import ItemKind
from assessments.models import Item
from tests.factories.assessments import AssessmentPageFactory, ItemFactory, ItemVersionFactory, MarkFactory
from tests.factories.people import UserFactory
from tests.support.answers import assessment_of, sat, sat_all
from tests.support.courses import in_spanish, small_course
from tests.support.moment import AT

pytestmark = pytest.mark.django_db


def test_question_is_used_by_assessments_of_its_bank() -> None:
    asked = assessment_of(1)
    AssessmentPageFactory(bank=asked.bank)
    item = asked.versions[0].item

    use = usage_and_fail_rates([item.pk])

    assert use == {item.pk: ItemUse(pages=0, assessments=2, answers=0, fail_rate=None)}
    assert use[item.pk].uses == 2


def test_question_is_used_by_lessons_that_show_it_once_in_all_languages(site_tree: HomePage) -> None:
    small = small_course(site_tree)
    [check] = small.checks
    in_spanish(site_tree, small.index, small.course, *small.modules, *small.lessons)

    # Three lessons show it, each in two languages; no assessment draws from the bank of practice.
    assert usage_and_fail_rates([check.pk])[check.pk] == ItemUse(pages=3, assessments=0, answers=0, fail_rate=None)


def test_question_that_is_not_asked_is_used_by_no_assessment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_use, "kinds_that_earn_nothing", lambda: (ItemKind.DESCRIPTION,))
    asked = assessment_of(1)
    retired = asked.versions[0].item
    Item.objects.filter(pk=retired.pk).update(retired_at=AT, retired_by=UserFactory())
    draft = ItemVersionFactory(item__bank=asked.bank, ready=False).item
    text = ItemVersionFactory(item__bank=asked.bank, kind=ItemKind.DESCRIPTION, content={}).item
    empty = ItemFactory(bank=asked.bank)

    use = usage_and_fail_rates([retired.pk, draft.pk, text.pk, empty.pk])

    assert {one.assessments for one in use.values()} == {0}


def test_fail_rate_is_the_share_of_the_mark_that_was_missed() -> None:
    asked = assessment_of(2)
    attempts = sat_all(asked, ["aa"] * 6 + ["ba"] * 4)
    # Two of the four were marked anew.
    for attempt in attempts[-2:]:
        MarkFactory(attempt_item=attempt.items.get(position=1), fraction=Decimal("0.5"))
    first, second = (version.item_id for version in asked.versions)

    use = usage_and_fail_rates([first, second])

    # 6 + 2 * 1/2 of 10 were earned.
    assert (use[first].answers, use[first].fail_rate) == (10, Decimal("0.3000"))
    assert (use[second].answers, use[second].fail_rate) == (10, Decimal("0.0000"))


def test_fail_rate_of_few_is_kept_back() -> None:
    asked = assessment_of(1)
    sat_all(asked, ["b"] * 9)

    [use] = usage_and_fail_rates([asked.versions[0].item_id]).values()

    assert (use.answers, use.fail_rate) == (9, None)


def test_fail_rate_is_that_of_the_newest_version_that_was_asked() -> None:
    asked = assessment_of(1)
    [version] = asked.versions
    sat_all(asked, ["b"] * 12)
    newer = ItemVersionFactory(item=version.item, number=2)
    ItemVersionFactory(item=version.item, number=3)
    for _number in range(2):
        sat(asked.assessment, {newer: ["a"]})

    [use] = usage_and_fail_rates([version.item_id]).values()

    assert (use.answers, use.fail_rate) == (2, None)


def test_second_attempts_and_open_ones_do_not_count() -> None:
    asked = assessment_of(1)
    [version] = asked.versions
    learner = UserFactory()
    sat(asked.assessment, {version: ["a"]}, learner=learner)
    sat(asked.assessment, {version: ["b"]}, learner=learner, number=2)
    sat(asked.assessment, {version: ["b"]}, finished=False)

    [use] = usage_and_fail_rates([version.item_id]).values()

    assert use.answers == 1


def test_nothing_is_known_of_what_is_not_there() -> None:
    assert usage_and_fail_rates([]) == {}
    assert usage_and_fail_rates([987654321]) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_two_queries_whatever_is_asked_for(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    asked = assessment_of(count)
    sat_all(asked, ["a" * count] * 2)
    ContentType.objects.get_for_models(Item, Page)

    with django_assert_num_queries(2):
        use = usage_and_fail_rates([version.item_id for version in asked.versions])

    assert [one.answers for one in use.values()] == [2] * count
