"""The figures against data sets that were worked by hand. The working stands beside each."""

from __future__ import annotations

import statistics
from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.domain.statistics import (
    Cell,
    Method,
    OptionFigures,
    Outcomes,
    Sitting,
    assessment_figures,
    item_figures,
    option_figures,
    sitting,
    thirds,
)


def sat(*fractions: Fraction | int | None, marks: tuple[int, ...] = ()) -> Sitting:
    """An attempt: what questions 1, 2, … earned; None where one was not asked."""
    return sitting(
        {
            number: Cell(fraction=Fraction(fraction), mark=Fraction(marks[number - 1] if marks else 1))
            for number, fraction in enumerate(fractions, start=1)
            if fraction is not None
        }
    )


def places(value: Decimal | Fraction | None) -> str:
    """Six places, as they are written below."""
    assert value is not None
    return f"{float(value):.6f}"


# Six people, four questions that are right or wrong. Totals 4 3 2 2 1 0: mean 2, squares 4+1+0+0+1+4 = 10, variance 2.
LADDER = [sat(1, 1, 1, 1), sat(1, 1, 1, 0), sat(1, 1, 0, 0), sat(1, 0, 1, 0), sat(1, 0, 0, 0), sat(0, 0, 0, 0)]

# Five people, three questions worth 1, 2 and 1 marks, with parts of a mark and one below zero.
# Marks earned: 4, 5/2, 1/2, 1, 1/2 of 4.
WEIGHTED = [
    sat(1, 1, 1, marks=(1, 2, 1)),
    sat(Fraction(1, 2), Fraction(1, 2), 1, marks=(1, 2, 1)),
    sat(0, Fraction(1, 2), Fraction(-1, 2), marks=(1, 2, 1)),
    sat(1, 0, 0, marks=(1, 2, 1)),
    sat(Fraction(1, 2), 0, 0, marks=(1, 2, 1)),
]

# Six people who were each asked two of three questions. Shares 1 1 1/2 1/2 1/2 0.
DRAWN = [sat(1, 1, None), sat(1, None, 1), sat(None, 1, 0), sat(0, 1, None), sat(1, None, 0), sat(None, 0, 0)]


def test_assessment_of_right_and_wrong() -> None:
    figures = assessment_figures(LADDER)

    assert (figures.attempts, figures.questions, figures.mean, figures.method) == (6, 4, Fraction(1, 2), Method.ALPHA)
    # The root of 2, of 4 marks.
    assert places(figures.deviation) == "0.353553"
    # Variances: 6 * 5/6 * 1/6 / 5 = 1/6; 6 * 1/2 * 1/2 / 5 = 3/10; 3/10; 1/6; together 14/15.
    # 4/3 * (1 - 14/15 / 2) = 4/3 * 8/15
    assert figures.reliability == Fraction(32, 45)
    # The deviation times root(13/45), which is 0.537484.
    assert places(figures.standard_error) == "0.190029"


@pytest.mark.parametrize(
    ("question", "facility", "deviation", "discrimination", "rest", "weight"),
    [
        # Strong: 4 and 3; weak: 1 and 0. Rests of 1: 3 2 1 1 0 0, mean 7/6; with it right 7/5, with it wrong 0:
        # products 5 * (1/6) * (7/5 - 7/6) + (-5/6)(-7/6) = 7/6; squares 5/6 and 41/6: 7/6 / root(205/36).
        # Weight: those who had it right are 2 + 1 + 0 + 0 - 1 = 2 above the mean, of 10.
        (1, Fraction(5, 6), "0.408248", Fraction(1, 2), "0.488901", Fraction(1, 5)),
        # Rests 3 2 1 2 1 0, mean 3/2: products 3/4 + 1/4 - 1/4 - 1/4 + 1/4 + 3/4 = 3/2; squares 3/2 and 11/2.
        (2, Fraction(1, 2), "0.547723", Fraction(1), "0.522233", Fraction(3, 10)),
        # The same rests in another order.
        (3, Fraction(1, 2), "0.547723", Fraction(1), "0.522233", Fraction(3, 10)),
        # Rests 3 3 2 2 1 0, mean 11/6; the one who had it right is 7/6 above: squares 5/6 and 41/6.
        (4, Fraction(1, 6), "0.408248", Fraction(1, 2), "0.488901", Fraction(1, 5)),
    ],
)
def test_questions_right_or_wrong(
    question: int, facility: Fraction, deviation: str, discrimination: Fraction, rest: str, weight: Fraction
) -> None:
    figures = item_figures(LADDER, question)

    assert (figures.attempts, figures.facility, figures.discrimination) == (6, facility, discrimination)
    assert (places(figures.deviation), places(figures.point_biserial)) == (deviation, rest)
    assert (figures.effective_weight, figures.intended_weight) == (weight, Fraction(1, 4))
    right = int(facility * 6)
    assert figures.outcomes == Outcomes(right=right, partly=0, wrong=6 - right, unanswered=0)


def test_assessment_with_weights_and_marks_below_zero() -> None:
    figures = assessment_figures(WEIGHTED)

    # 17/2 marks of 20.
    assert figures.mean == Fraction(17, 40)
    # Squares around 17/10: 5.29 + 0.64 + 1.44 + 0.49 + 1.44 = 9.3; root(9.3 / 4) = 1.524795, of 4 marks.
    assert places(figures.deviation) == "0.381199"
    # Variances in marks: 0.7/4 + 2.8/4 + 1.8/4 = 1.325 of 2.325: 3/2 * (1 - 1.325/2.325) = 3/2 * 40/93
    assert (figures.method, figures.reliability) == (Method.ALPHA, Fraction(20, 31))
    # The deviation times root(11/31).
    assert places(figures.standard_error) == "0.227074"


@pytest.mark.parametrize(
    ("question", "facility", "discrimination", "weight", "intended", "outcomes"),
    [
        # One is strong (4 marks); two are weak together (1/2). 1 - (0 + 1/2) / 2.
        # Weight: 0.4*2.3 - 0.1*0.8 + 0.6*1.2 - 0.4*0.7 + 0.1*1.2 = 1.4 of 9.3.
        (1, Fraction(3, 5), Fraction(3, 4), Fraction(14, 93), Fraction(1, 4), (2, 2, 1)),
        # 1 - (1/2 + 0) / 2. Weight in marks: 1.2*2.3 + 0.2*0.8 - 0.2*1.2 + 0.8*0.7 + 0.8*1.2 = 4.2 of 9.3.
        (2, Fraction(2, 5), Fraction(3, 4), Fraction(42, 93), Fraction(1, 2), (1, 2, 2)),
        # 1 - (-1/2 + 0) / 2: above 1, as one mark is below zero. Weight: what is left of 9.3.
        (3, Fraction(3, 10), Fraction(5, 4), Fraction(37, 93), Fraction(1, 4), (2, 0, 3)),
    ],
)
def test_questions_with_weights_and_marks_below_zero(
    question: int,
    facility: Fraction,
    discrimination: Fraction,
    weight: Fraction,
    intended: Fraction,
    outcomes: tuple[int, int, int],
) -> None:
    figures = item_figures(WEIGHTED, question)

    assert (figures.facility, figures.discrimination) == (facility, discrimination)
    assert (figures.effective_weight, figures.intended_weight) == (weight, intended)
    right, partly, wrong = outcomes
    assert figures.outcomes == Outcomes(right=right, partly=partly, wrong=wrong, unanswered=0)


def test_correlations_are_those_of_another_program() -> None:
    # Marks of the other two questions, per person.
    rests = {1: [3, 2, 0.5, 0, 0], 2: [2, 1.5, -0.5, 1, 0.5], 3: [3, 1.5, 1, 1, 0.5]}
    for question, rest in rests.items():
        earned = [float(one.cells[question].fraction) for one in WEIGHTED]
        expected = statistics.correlation(earned, rest)
        assert places(item_figures(WEIGHTED, question).point_biserial) == f"{expected:.6f}"
        assert places(item_figures(WEIGHTED, question).deviation) == f"{statistics.stdev(earned):.6f}"
    # Products and squares: 0.7 / root(0.7 * 7.2); 0.7 / root(0.7 * 3.7); 1.9 / root(1.8 * 3.7).
    assert [places(item_figures(WEIGHTED, question).point_biserial) for question in rests] == [
        "0.311805",
        "0.434959",
        "0.736235",
    ]


def test_assessment_that_draws() -> None:
    figures = assessment_figures(DRAWN)

    assert (figures.attempts, figures.questions, figures.mean) == (6, 3, Fraction(7, 12))
    # In twelfths: 12 12 6 6 6 0, mean 7: squares 25 + 25 + 1 + 1 + 1 + 49 = 102; 102 / 144 / 5 = 17/120.
    assert places(figures.deviation) == "0.376386"
    # Between: 2 * 17/120 = 17/60. Within: three of six have one right of two, variance 1/2: mean 1/4. 1 - 15/17
    assert (figures.method, figures.reliability) == (Method.DRAWN, Fraction(2, 17))
    # root(17/120 * 15/17) = root(1/8)
    assert places(figures.standard_error) == "0.353553"


@pytest.mark.parametrize(
    ("question", "facility", "rest"),
    [
        # 1 1 0 1 with rests 1 1 1 0: means 3/4; products 2 * 1/16 - 3/16 - 3/16 = -1/4; squares 3/4 and 3/4.
        (1, Fraction(3, 4), "-0.333333"),
        # 1 1 1 0 with rests 1 0 0 0: products 3/16 - 1/16 - 1/16 + 3/16 = 1/4.
        (2, Fraction(3, 4), "0.333333"),
        # 1 0 0 0 with rests 1 1 1 0.
        (3, Fraction(1, 4), "0.333333"),
    ],
)
def test_question_that_was_drawn_is_judged_by_those_who_had_it(question: int, facility: Fraction, rest: str) -> None:
    figures = item_figures(DRAWN, question)

    assert (figures.attempts, figures.facility, figures.intended_weight) == (4, facility, Fraction(1, 2))
    assert places(figures.point_biserial) == rest


def chose(*keys: str, right: bool, other: int) -> Sitting:
    """An attempt that chose options in question 1, and earned ``other`` in question 2."""
    return sitting(
        {1: Cell(fraction=Fraction(int(right)), answered=bool(keys), chosen=keys), 2: Cell(fraction=Fraction(other))}
    )


def test_options_are_counted_by_who_chose_them() -> None:
    # Totals 1 1 1/2 1/2 0 0 0: two are strong, three are weak.
    sittings = [
        chose("a", right=True, other=1),
        chose("a", right=True, other=1),
        chose("a", right=True, other=0),
        chose("b", right=False, other=1),
        chose("b", right=False, other=0),
        chose("c", right=False, other=0),
        chose(right=False, other=0),
    ]

    assert option_figures(sittings, 1, ["a", "b", "c", "d"]) == (
        OptionFigures(key="a", chosen=3, upper=2, lower=0, mean_total=Fraction(5, 6)),
        OptionFigures(key="b", chosen=2, upper=0, lower=1, mean_total=Fraction(1, 4)),
        OptionFigures(key="c", chosen=1, upper=0, lower=1, mean_total=Fraction(0)),
        OptionFigures(key="d", chosen=0, upper=0, lower=0, mean_total=None),
        OptionFigures(key=None, chosen=1, upper=0, lower=1, mean_total=Fraction(0)),
    )
    assert item_figures(sittings, 1).outcomes == Outcomes(right=3, partly=0, wrong=3, unanswered=1)
    # 2/2 - 0/3
    assert item_figures(sittings, 1).discrimination == 1


def test_several_options_of_one_answer_count_each() -> None:
    sittings = [chose("a", "b", right=True, other=1), chose("b", right=False, other=0), chose(right=False, other=0)]

    counted = {one.key: (one.chosen, one.mean_total) for one in option_figures(sittings, 1, ["a", "b"])}

    assert counted == {"a": (1, Fraction(1)), "b": (2, Fraction(1, 2)), None: (1, Fraction(0))}


def test_equals_stand_in_one_group() -> None:
    # A third of seven is two; the second and the third from the top are equal, as are all below.
    groups = thirds([sat(1, 1), sat(1, 0), sat(0, 1), sat(0, 0), sat(0, 0), sat(0, 0), sat(0, 0)])

    assert groups is not None
    assert (len(groups.upper), len(groups.lower), groups.between) == (3, 4, 0)
