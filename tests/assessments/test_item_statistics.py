"""Which answers the figures are made of, what is kept back, and for whom."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale

from academy.people.api import Reach
from assessments.domain.asked import chosen_keys
from assessments.domain.item_statistics import (
    AssessmentStatistics,
    assessment_statistics,
    assessments_within,
    four_places,
    question_statistics,
)
from assessments.domain.statistics import Flag, Method, Outcomes
from assessments.enums import ItemKind, MarkKind
from assessments.models import ItemVersion
from tests.factories.assessments import (
    AnswerFactory,
    AssessmentPageFactory,
    ItemBankFactory,
    ItemVersionFactory,
    MarkFactory,
)
from tests.factories.people import OrganisationFactory, UserFactory
from tests.support.answers import Asked, assessment_of, sat, sat_all

pytestmark = pytest.mark.django_db

EVERYWHERE = Reach(everywhere=True)

# Ten people and two questions: in the first four are right, in the second six; one leaves the second out.
TEN = ["aa", "aa", "aa", "ab", "ba", "ba", "ba", "bb", "bb", "b "]


@pytest.fixture
def asked() -> Asked:
    return assessment_of(2)


def read(asked: Asked) -> AssessmentStatistics:
    return assessment_statistics(key=asked.assessment.translation_key, reach=EVERYWHERE)


def test_figures_of_what_was_answered(asked: Asked) -> None:
    sat_all(asked, TEN)

    statistics = read(asked)

    assert (statistics.attempts, [one.attempts for one in statistics.questions]) == (10, [10, 10])
    first, second = (one.figures for one in statistics.questions)
    assert first is not None
    assert second is not None
    # 4/10 and 6/10; both deviate by root(10 * 4/10 * 6/10 / 9) = root(4/15).
    assert (first.facility, second.facility) == (Decimal("0.4000"), Decimal("0.6000"))
    assert (first.deviation, second.deviation) == (Decimal("0.5164"), Decimal("0.5164"))
    # Products around the means: 3 - 10 * 4/10 * 6/10 = 3/5, of 12/5.
    assert (first.point_biserial, second.point_biserial) == (Decimal("0.2500"), Decimal("0.2500"))
    # Totals: three of 1, four of 1/2, three of 0; 1 - 0 in both questions.
    assert (first.discrimination, second.discrimination) == (Decimal("1.0000"), Decimal("1.0000"))
    assert (first.effective_weight, first.intended_weight) == (Decimal("0.5000"), Decimal("0.5000"))
    assert (first.outcomes, second.outcomes) == (
        Outcomes(right=4, partly=0, wrong=6, unanswered=0),
        Outcomes(right=6, partly=0, wrong=3, unanswered=1),
    )
    # Nobody chose c.
    assert first.flags == second.flags == (Flag.IDLE_OPTION,)


def test_figures_of_the_whole(asked: Asked) -> None:
    sat_all(asked, TEN)

    figures = read(asked).figures

    assert figures is not None
    # Totals: variance in halves 6/9 = 2/3; parts 4/15 each. 2 * (1 - 8/15 / (2/3)) = 2/5
    assert (figures.mean, figures.method, figures.reliability) == (Decimal("0.5000"), Method.ALPHA, Decimal("0.4000"))
    # root(1/6), and root(1/6 * 3/5) = root(1/10)
    assert (figures.deviation, figures.standard_error) == (Decimal("0.4082"), Decimal("0.3162"))


def test_options_are_counted_and_small_groups_kept_back(asked: Asked) -> None:
    sat_all(asked, TEN)

    figures = read(asked).questions[0].figures

    assert figures is not None
    # Thirds of three would tell of people, and so would the mean of four; that of six would tell it too.
    assert (figures.upper, figures.lower) == (None, None)
    assert [(one.text, one.right, one.chosen, one.share) for one in figures.options] == [
        ("Everyone, alone", True, 4, Decimal("0.4000")),
        ("The chair", False, 6, Decimal("0.6000")),
        ("Nobody", False, 0, Decimal("0.0000")),
        (None, False, 0, Decimal("0.0000")),
    ]
    assert [(one.upper, one.lower, one.mean_total) for one in figures.options] == [(None, None, None)] * 4


def test_options_of_many_are_told_by_thirds(asked: Asked) -> None:
    sat_all(asked, ["aa"] * 6 + ["ab"] * 6 + ["bb"] * 6)

    figures = read(asked).questions[0].figures

    assert figures is not None
    assert (figures.upper, figures.lower) == (6, 6)
    assert [(one.chosen, one.upper, one.lower, one.mean_total) for one in figures.options] == [
        (12, 6, 0, Decimal("0.7500")),
        (6, 0, 6, Decimal("0.0000")),
        (0, 0, 0, None),
        (0, 0, 0, None),
    ]


def test_fewer_than_ten_attempts_have_no_figures(asked: Asked) -> None:
    sat_all(asked, TEN[:9])

    statistics = read(asked)

    assert (statistics.attempts, statistics.figures) == (9, None)
    assert [(one.attempts, one.figures) for one in statistics.questions] == [(9, None), (9, None)]


def test_question_that_few_were_asked_has_no_figures_beside_one_that_has(asked: Asked) -> None:
    first, second = asked.versions
    for place in range(10):
        sat(asked.assessment, {first: ["a"], second: ["b"]} if place else {first: ["a"]})

    statistics = read(asked)

    assert [(one.attempts, one.figures is None) for one in statistics.questions] == [(10, False), (9, True)]
    assert statistics.figures is not None
    assert statistics.figures.method == Method.UNEQUAL


def test_nobody_finished_it(asked: Asked) -> None:
    sat(asked.assessment, {asked.versions[0]: ["a"]}, finished=False)

    assert read(asked) == AssessmentStatistics(attempts=0, figures=None, questions=())


def test_first_finished_attempt_of_each_learner_counts_alone(asked: Asked) -> None:
    learner = UserFactory()
    first, second = asked.versions
    sat(asked.assessment, {first: ["a"], second: ["a"]}, learner=learner)
    sat(asked.assessment, {first: ["b"], second: ["b"]}, learner=learner, number=2)
    sat_all(asked, ["bb"] * 9)

    [one, _other] = read(asked).questions

    assert one.attempts == 10
    assert one.figures is not None
    assert one.figures.outcomes == Outcomes(right=1, partly=0, wrong=9, unanswered=0)


def test_attempts_at_another_assessment_are_not_mixed_in(asked: Asked) -> None:
    other = AssessmentPageFactory(bank=asked.bank)
    learner = UserFactory()
    sat(other, {asked.versions[0]: ["b"]}, learner=learner)
    sat(asked.assessment, {asked.versions[0]: ["a"]}, learner=learner)

    assert (read(asked).attempts, [one.attempts for one in read(asked).questions]) == (1, [1])


def test_latest_answer_and_latest_mark_count(asked: Asked) -> None:
    first, second = asked.versions
    attempts = [sat(asked.assessment, {first: ["b"], second: ["b"]}) for _number in range(10)]
    item = attempts[0].items.get(position=1)
    AnswerFactory(attempt_item=item, sequence=2, response=["c"])
    MarkFactory(attempt_item=item, fraction=Decimal("0.3333333"), kind=MarkKind.AUTOMATIC)

    figures = read(asked).questions[0].figures

    assert figures is not None
    assert [one.chosen for one in figures.options] == [0, 9, 1, 0]
    assert figures.outcomes == Outcomes(right=0, partly=1, wrong=9, unanswered=0)
    # A third exactly, of ten.
    assert figures.facility == Decimal("0.0333")


def test_marks_below_zero_are_wrong(asked: Asked) -> None:
    first, second = asked.versions
    for _number in range(10):
        sat(asked.assessment, {first: ["b"], second: ["a"]}, earned={first: Decimal("-0.5")})

    figures = read(asked).questions[0].figures

    assert figures is not None
    assert (figures.facility, figures.outcomes.wrong) == (Decimal("-0.5000"), 10)


def test_versions_are_never_mixed(asked: Asked) -> None:
    first, second = asked.versions
    newer = ItemVersionFactory(item=first.item, number=2)
    for version, key, count in ((first, "b", 10), (newer, "a", 12)):
        for _number in range(count):
            sat(asked.assessment, {version: [key], second: ["a"]})

    found = question_statistics(key=asked.assessment.translation_key, item_id=first.item_id, reach=EVERYWHERE)

    assert [(one.number, one.attempts, one.figures and one.figures.facility) for one in found] == [
        (2, 12, Decimal(1)),
        (1, 10, Decimal(0)),
    ]
    assert [(one.code[-1], one.number) for one in read(asked).questions] == [("1", 2), ("1", 1), ("2", 1)]


def kind_of(kind: ItemKind, content: dict[str, Any], asked: Asked) -> ItemVersion:
    return ItemVersionFactory(item__bank=asked.bank, kind=kind, content=content)


def test_words_of_learners_are_nowhere(asked: Asked) -> None:
    version = kind_of(ItemKind.SHORT_TEXT, {}, asked)
    for right in range(10):
        sat(asked.assessment, {asked.versions[0]: ["a"]})
        attempt = sat(asked.assessment, {asked.versions[1]: ["a"]})
        item = attempt.items.create(version=version, position=2, option_order=[], max_mark=1)
        AnswerFactory(attempt_item=item, response={"text": "my own secret"})
        MarkFactory(attempt_item=item, fraction=Decimal(right % 2))

    [one] = question_statistics(key=asked.assessment.translation_key, item_id=version.item_id, reach=EVERYWHERE)

    assert one.figures is not None
    assert (one.figures.options, one.figures.outcomes) == ((), Outcomes(right=5, partly=0, wrong=5, unanswered=0))
    assert "secret" not in repr(one)


def test_true_and_false_are_options(asked: Asked) -> None:
    version = kind_of(ItemKind.TRUE_FALSE, {"answer": False}, asked)
    for place in range(12):
        sat(asked.assessment, {version: ["true" if place < 4 else "false"]})

    [one] = read(asked).questions

    assert one.figures is not None
    assert [(option.text, option.right, option.chosen) for option in one.figures.options] == [
        ("True", False, 4),
        ("False", True, 8),
        (None, False, 0),
    ]


def test_option_that_is_a_picture_is_told_by_its_words_or_its_key(asked: Asked) -> None:
    version = kind_of(
        ItemKind.SINGLE_CHOICE,
        {
            "options": [
                {
                    "key": "x",
                    "text": {"text": '<img src="picture:1" alt="A scale">', "format": "html"},
                    "correct": True,
                },
                {"key": "y", "text": {"text": '<img src="picture:2" alt="">', "format": "html"}, "correct": False},
            ]
        },
        asked,
    )
    for _number in range(10):
        sat(asked.assessment, {version: ["x"]})

    [one] = read(asked).questions

    assert one.figures is not None
    assert [option.text for option in one.figures.options] == ["A scale", "y", None]


@pytest.mark.parametrize(
    ("kind", "response", "keys"),
    [
        ("single_choice", ["a"], ("a",)),
        ("multiple_choice", ["a", "c"], ("a", "c")),
        ("true_false", ["true"], ("true",)),
        ("single_choice", None, ()),
        ("single_choice", "a", ()),
        ("single_choice", {"a": 1}, ()),
        ("single_choice", [["a"], 1, None], ()),
        ("short_text", ["a"], ()),
        ("open_text", {"text": "words"}, ()),
    ],
)
def test_keys_are_read_of_choices_alone(kind: str, response: Any, keys: tuple[str, ...]) -> None:
    assert chosen_keys(kind, response) == keys


def test_reach_ends_at_the_banks_of_a_branch() -> None:
    place, other = OrganisationFactory(code="here"), OrganisationFactory(code="there")
    here = assessment_of(1, bank=ItemBankFactory(organisation=place))
    there = assessment_of(1, bank=ItemBankFactory(organisation=other))
    of_the_site = assessment_of(1)
    # A question of another country's bank in an assessment of ours.
    for _number in range(10):
        sat(here.assessment, {here.versions[0]: ["a"], there.versions[0]: ["a"]})
    reach = Reach(paths=(place.path,))
    key = here.assessment.translation_key

    assert [page.pk for page in assessments_within(reach)] == [here.assessment.pk]
    assert [one.item_id for one in assessment_statistics(key=key, reach=reach).questions] == [here.versions[0].item_id]
    assert question_statistics(key=key, item_id=there.versions[0].item_id, reach=reach) == ()
    assert {page.pk for page in assessments_within(EVERYWHERE)} == {
        here.assessment.pk,
        there.assessment.pk,
        of_the_site.assessment.pk,
    }
    assert list(assessments_within(Reach())) == []


def test_languages_of_an_assessment_are_one() -> None:
    english = assessment_of(1)
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    key = english.assessment.translation_key
    translated = AssessmentPageFactory(bank=english.bank, translation_key=key, locale=spanish)
    sat(english.assessment, {english.versions[0]: ["a"]})
    sat(translated, {english.versions[0]: ["a"]})

    [page] = assessments_within(EVERYWHERE)

    assert (page.pk, page.learners) == (english.assessment.pk, 2)
    assert read(english).attempts == 2


@pytest.mark.parametrize("count", [1, 3])
def test_queries_are_few_and_always_as_many(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    asked = assessment_of(count)
    sat_all(asked, ["a" * count, "b" * count] * 5)

    with django_assert_num_queries(2):
        statistics = read(asked)
    with django_assert_num_queries(2):
        question_statistics(key=asked.assessment.translation_key, item_id=asked.versions[0].item_id, reach=EVERYWHERE)

    assert len(statistics.questions) == count


def test_key_of_nothing_has_no_figures() -> None:
    assert assessment_statistics(key=uuid.uuid4(), reach=EVERYWHERE).attempts == 0


def test_figures_are_rounded_half_to_even() -> None:
    assert [str(four_places(Decimal(value))) for value in ("0.00005", "0.00015", "0.333333", "-0.00005")] == [
        "0.0000",
        "0.0002",
        "0.3333",
        "-0.0000",
    ]
