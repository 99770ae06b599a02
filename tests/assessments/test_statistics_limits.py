"""What the figures say where there is little or nothing to say, and what never changes them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.domain.statistics import (
    Cell,
    Flag,
    ItemFigures,
    Method,
    OptionFigures,
    Outcomes,
    Sitting,
    Thirds,
    assessment_figures,
    flags,
    item_figures,
    may_split,
    option_figures,
    sitting,
    thirds,
    without_small_groups,
)


def sat(*fractions: Fraction | int) -> Sitting:
    """An attempt at questions 1, 2, …"""
    return sitting({number: Cell(fraction=Fraction(fraction)) for number, fraction in enumerate(fractions, start=1)})


def test_all_right_leaves_nothing_to_compare() -> None:
    sittings = [sat(1, 1)] * 4

    figures, whole = item_figures(sittings, 1), assessment_figures(sittings)

    assert (figures.facility, figures.deviation) == (1, 0)
    assert (figures.discrimination, figures.point_biserial, figures.effective_weight) == (None, None, None)
    assert (whole.mean, whole.deviation, whole.method) == (1, 0, Method.NO_SPREAD)
    assert (whole.reliability, whole.standard_error) == (None, None)


def test_one_question_has_no_rest_and_no_reliability() -> None:
    sittings = [sat(1), sat(1), sat(0), sat(0)]

    figures, whole = item_figures(sittings, 1), assessment_figures(sittings)

    assert (figures.facility, figures.discrimination, figures.point_biserial) == (Fraction(1, 2), 1, None)
    assert (figures.effective_weight, figures.intended_weight) == (1, 1)
    assert (whole.method, whole.reliability) == (Method.NO_SPREAD, None)


def test_one_attempt_has_no_spread() -> None:
    figures, whole = item_figures([sat(1, 0)], 1), assessment_figures([sat(1, 0)])

    assert (figures.facility, figures.deviation, figures.discrimination, figures.point_biserial) == (
        1,
        None,
        None,
        None,
    )
    assert (whole.mean, whole.deviation, whole.method) == (Fraction(1, 2), None, Method.NO_SPREAD)


def test_equal_totals_of_different_answers() -> None:
    sittings = [sat(1, 0), sat(0, 1), sat(1, 0), sat(0, 1)]

    figures, whole = item_figures(sittings, 1), assessment_figures(sittings)

    assert thirds(sittings) is None
    assert (figures.discrimination, figures.effective_weight) == (None, None)
    # What one has right, the other has wrong.
    assert figures.point_biserial == -1
    assert (whole.method, whole.reliability) == (Method.NO_SPREAD, None)


def test_draws_of_one_question_each_have_no_reliability() -> None:
    sittings = [sitting({number: Cell(fraction=Fraction(number % 2))}) for number in range(4)]

    assert assessment_figures(sittings).method == Method.NO_SPREAD


def test_rest_is_a_share_of_the_other_marks() -> None:
    one = sitting({1: Cell(fraction=Fraction(1)), 2: Cell(fraction=Fraction(1, 2), mark=Fraction(3))})

    assert (one.total, one.rest(1), one.rest(2)) == (Fraction(5, 8), Fraction(1, 2), 1)


def test_one_who_had_fewer_questions_comes_first() -> None:
    assert assessment_figures([sat(1, 0), sat(0, 0, 1), sat(1, 1, 1)]).method == Method.UNEQUAL


@pytest.mark.parametrize(
    "other",
    [
        sitting({1: Cell(fraction=Fraction(1))}),
        sitting({1: Cell(fraction=Fraction(1)), 3: Cell(fraction=Fraction(1), mark=Fraction(2))}),
    ],
    ids=["fewer questions", "another mark"],
)
def test_attempts_that_cannot_be_compared_have_no_reliability(other: Sitting) -> None:
    whole = assessment_figures([sat(1, 0), sat(0, 0), other])

    assert (whole.method, whole.reliability, whole.standard_error) == (Method.UNEQUAL, None, None)


def test_reliability_below_zero_is_told_as_it_is() -> None:
    # Parts 1 0, 0 1, 1 1, 0 1: variances 1/3 and 1/4, totals 1 1 2 1: 1/4. 2 * (1 - 7/12 / (1/4))
    whole = assessment_figures([sat(1, 0), sat(0, 1), sat(1, 1), sat(0, 1)])

    assert (whole.method, whole.reliability) == (Method.ALPHA, Fraction(-8, 3))


# How long a machine takes that has other things to do says nothing of the figures.
unhurried = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])

MATRICES = st.integers(2, 5).flatmap(
    lambda questions: st.lists(
        st.lists(
            st.sampled_from([Fraction(-1, 2), Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)]),
            min_size=questions,
            max_size=questions,
        ),
        min_size=2,
        max_size=12,
    )
)


@unhurried
@given(rows=MATRICES, data=st.data())
def test_order_of_learners_changes_nothing(rows: list[list[Fraction]], data: st.DataObject) -> None:
    other = data.draw(st.permutations(rows))
    one, two = [sat(*row) for row in rows], [sat(*row) for row in other]

    assert assessment_figures(one) == assessment_figures(two)
    for question in range(1, len(rows[0]) + 1):
        assert item_figures(one, question) == item_figures(two, question)


@unhurried
@given(rows=MATRICES, earned=st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]))
def test_question_that_all_do_alike_leaves_the_others_as_they_were(
    rows: list[list[Fraction]], earned: Fraction
) -> None:
    without, with_it = [sat(*row) for row in rows], [sat(*row, earned) for row in rows]

    for question in range(1, len(rows[0]) + 1):
        before, after = item_figures(without, question), item_figures(with_it, question)
        assert replace(after, intended_weight=before.intended_weight) == before
    alike = item_figures(with_it, len(rows[0]) + 1)
    assert (alike.facility, alike.deviation, alike.point_biserial) == (earned, 0, None)


@unhurried
@given(rows=MATRICES)
def test_figures_keep_their_bounds(rows: list[list[Fraction]]) -> None:
    sittings = [sat(*row) for row in rows]
    figures = [item_figures(sittings, question) for question in range(1, len(rows[0]) + 1)]

    weights = [one.effective_weight for one in figures]
    assert None in weights or sum(weight for weight in weights if weight is not None) == 1
    assert all(one.point_biserial is None or abs(one.point_biserial) <= 1 for one in figures)
    reliability = assessment_figures(sittings).reliability
    assert reliability is None or reliability <= 1
    assert sum(one.intended_weight for one in figures) == 1


@unhurried
@given(answers=st.lists(st.tuples(st.sampled_from(["a", "b", "c", None]), st.integers(0, 3)), min_size=1, max_size=30))
def test_every_answer_to_a_single_choice_is_counted_once(answers: list[tuple[str | None, int]]) -> None:
    sittings = [
        sitting(
            {
                1: Cell(fraction=Fraction(int(key == "a")), answered=key is not None, chosen=(key,) if key else ()),
                2: Cell(fraction=Fraction(other, 3)),
            }
        )
        for key, other in answers
    ]

    counted = option_figures(sittings, 1, ["a", "b", "c"])

    assert sum(one.chosen for one in counted) == len(answers)
    groups = thirds(sittings)
    assert groups is None or sum(one.upper or 0 for one in counted) == len(groups.upper)
    assert groups is None or sum(one.lower or 0 for one in counted) == len(groups.lower)


def groups_of(upper: int, lower: int, between: int) -> Thirds:
    return Thirds(upper=(sat(1),) * upper, lower=(sat(0),) * lower, between=between)


@pytest.mark.parametrize(
    ("groups", "may"),
    [
        (None, False),
        (groups_of(5, 5, 5), True),
        (groups_of(5, 5, 0), True),
        (groups_of(4, 5, 6), False),
        (groups_of(5, 4, 6), False),
        (groups_of(5, 5, 4), False),
    ],
    ids=["none", "fives", "nobody between", "few strong", "few weak", "few between"],
)
def test_thirds_are_told_of_when_none_is_small(groups: Thirds | None, may: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert may_split(groups) is may


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ([6, 6, 5, 0], [True, True, True, False]),
        # One person's total would follow from the others' and that of all: the next smallest is kept back too.
        ([7, 6, 1, 0], [True, False, False, False]),
        # Two and three hide each other.
        ([7, 3, 2, 0], [True, False, False, False]),
        # All but three chose it: their mean tells that of the three.
        ([9, 3, 0, 0], [False, False, False, False]),
        ([10, 0, 0, 0], [True, False, False, False]),
    ],
    ids=["large", "one alone", "two small", "almost all", "all"],
)
def test_means_of_small_groups_are_kept_back(chosen: list[int], told: list[bool]) -> None:
    figures = [
        OptionFigures(key=key, chosen=count, upper=1, lower=1, mean_total=Fraction(1, 2) if count else None)
        for key, count in zip(["a", "b", "c", None], chosen, strict=True)
    ]

    shown = without_small_groups(figures, attempts=sum(chosen), groups=groups_of(5, 5, 5))

    assert [one.mean_total is not None for one in shown] == told
    assert [one.chosen for one in shown] == chosen
    assert [(one.upper, one.lower) for one in shown] == [(1, 1)] * 4


def test_mean_of_almost_all_is_kept_back_where_answers_overlap() -> None:
    figures = [
        OptionFigures(key=key, chosen=chosen, upper=None, lower=None, mean_total=Fraction(1, 2))
        for key, chosen in [("a", 9), ("b", 10), ("c", 5)]
    ]

    shown = without_small_groups(figures, attempts=10, groups=None)

    assert [one.mean_total is None for one in shown] == [True, False, False]


def test_counts_of_small_thirds_are_kept_back() -> None:
    figures = [OptionFigures(key="a", chosen=10, upper=3, lower=3, mean_total=Fraction(1, 2))]

    [shown] = without_small_groups(figures, attempts=10, groups=groups_of(3, 3, 4))

    assert (shown.chosen, shown.upper, shown.lower, shown.mean_total) == (10, None, None, Fraction(1, 2))


FINE = ItemFigures(
    attempts=10,
    facility=Fraction(1, 2),
    deviation=None,
    discrimination=Fraction(1, 2),
    point_biserial=None,
    effective_weight=None,
    intended_weight=Fraction(1, 2),
    outcomes=Outcomes(right=5, partly=0, wrong=5, unanswered=0),
)


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (FINE, ()),
        (replace(FINE, facility=Fraction(95, 100)), ()),
        (replace(FINE, facility=Fraction(96, 100)), (Flag.TOO_EASY,)),
        (replace(FINE, facility=Fraction(1, 5)), ()),
        (replace(FINE, facility=Fraction(19, 100)), (Flag.TOO_HARD,)),
        (replace(FINE, discrimination=Fraction(0)), ()),
        (replace(FINE, discrimination=Fraction(-1, 100)), (Flag.NEGATIVE,)),
        (replace(FINE, discrimination=None), ()),
        (replace(FINE, discrimination=Fraction(-1), facility=Fraction(0)), (Flag.NEGATIVE, Flag.TOO_HARD)),
    ],
)
def test_flags(figures: ItemFigures, told: tuple[Flag, ...]) -> None:
    assert flags(figures, [], right=[]) == told


def test_correlation_below_zero_is_a_flag_of_its_own() -> None:
    sittings = [sat(1, 0), sat(0, 1), sat(1, 0), sat(0, 1)]

    assert flags(item_figures(sittings, 1), [], right=[]) == (Flag.AGAINST_REST,)


@pytest.mark.parametrize(
    ("correlation", "discrimination", "told"),
    [
        (Decimal("-0.01"), Fraction(1, 10), (Flag.AGAINST_REST,)),
        (Decimal("-0.01"), Fraction(-1, 10), (Flag.NEGATIVE,)),
        (Decimal(0), None, ()),
    ],
)
def test_one_of_two_flags_tells_of_what_goes_backwards(
    correlation: Decimal, discrimination: Fraction | None, told: tuple[Flag, ...]
) -> None:
    figures = replace(FINE, point_biserial=correlation, discrimination=discrimination)

    assert flags(figures, [], right=[]) == told


@pytest.mark.parametrize(
    ("key", "chosen", "told"),
    [("b", 0, (Flag.IDLE_OPTION,)), ("b", 1, ()), ("a", 0, ()), (None, 0, ())],
    ids=["nobody", "somebody", "a right one", "everybody answered"],
)
def test_wrong_option_that_nobody_chooses_is_told(key: str | None, chosen: int, told: tuple[Flag, ...]) -> None:
    options = [OptionFigures(key=key, chosen=chosen, upper=None, lower=None, mean_total=None)]

    assert flags(FINE, options, right=["a"]) == told
