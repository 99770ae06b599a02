"""A number, perhaps with a unit: what is near enough, and what a unit costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types import InvalidResponse
from assessments.item_types.bodies import AcceptedNumber, Numeric, Tolerance, Unit, UnitRule
from assessments.item_types.numeric import TYPE
from assessments.item_types.rich import EMPTY
from assessments.item_types.shape import Verdict
from tests.support.texts_of_questions import examples


def accepted(
    number: str, tolerance: str = "0", rule: Tolerance = Tolerance.ABSOLUTE, share: str = "1"
) -> AcceptedNumber:
    return AcceptedNumber(value=Decimal(number), tolerance=Decimal(tolerance), rule=rule, fraction=Decimal(share))


def question(*answers: AcceptedNumber, **fields: Any) -> Numeric:
    return Numeric(answers=answers or (accepted("5"),), **fields)


METRES = (Unit(name="m"), Unit(name="cm", multiplier=Decimal(100)))


def mark(body: Numeric, number: str, unit: str = "", *, comma: bool = False) -> str:
    response = TYPE.from_outside(body, EMPTY, {"number": number, "unit": unit}, comma=comma)
    return f"{TYPE.mark(body, response):f}"


@pytest.mark.parametrize(
    ("answer", "right", "wrong"),
    [
        (accepted("5"), ["5", "5.0", "05", "50e-1"], ["5.0000001", "4.9999999", "-5"]),
        (accepted("5", "0.1"), ["4.9", "5.1", "5"], ["4.8999999", "5.1000001"]),
        (accepted("0.3", "0.1"), ["0.2", "0.4"], ["0.1999999", "0.4000001"]),
        (accepted("-5", "0.1"), ["-4.9", "-5.1"], ["5", "-4.89"]),
        (accepted("200", "0.05", Tolerance.RELATIVE), ["190", "210"], ["189.9999", "210.0001"]),
        (accepted("-200", "0.05", Tolerance.RELATIVE), ["-190", "-210"], ["-189.9999", "-210.0001"]),
        (accepted("0", "0.05", Tolerance.RELATIVE), ["0", "-0"], ["0.0000001"]),
        (accepted("100", "0.25", Tolerance.GEOMETRIC), ["80", "125"], ["79.9999", "125.0001"]),
        (accepted("-100", "0.25", Tolerance.GEOMETRIC), ["-80", "-125"], ["-79.9999", "-125.0001", "100"]),
        (AcceptedNumber(low=Decimal(2), high=Decimal("2.5")), ["2", "2.25", "2.5"], ["1.999", "2.501"]),
        (AcceptedNumber(), ["0", "-1e300", "7"], ["frog", ""]),
    ],
)
def test_mark_within_limits(answer: AcceptedNumber, right: list[str], wrong: list[str]) -> None:
    body = question(answer)

    assert {mark(body, number) for number in right} == {"1.0000000"}
    assert {mark(body, number) for number in wrong} == {"0.0000000"}


def test_mark_is_that_of_the_first_that_fits() -> None:
    body = question(
        accepted("5", share="1"), accepted("5", "1", share="0.3333333"), AcceptedNumber(fraction=Decimal("-0.5"))
    )

    assert [mark(body, number) for number in ("5", "5.5", "9")] == ["1.0000000", "0.3333333", "0.0000000"]


@pytest.mark.parametrize(
    ("rule", "penalty", "number", "unit", "earned"),
    [
        (UnitRule.FREE, "0", "5", "m", "1.0000000"),
        (UnitRule.FREE, "0", "500", "cm", "1.0000000"),
        (UnitRule.FREE, "0", "5 m", "", "1.0000000"),
        (UnitRule.FREE, "0", "5", "", "1.0000000"),
        (UnitRule.FREE, "0", "5", "frogs", "1.0000000"),
        (UnitRule.FREE, "0", "500", "", "0.0000000"),
        (UnitRule.OF_MARK, "0.1", "5", "m", "1.0000000"),
        (UnitRule.OF_MARK, "0.1", "500 cm", "", "1.0000000"),
        (UnitRule.OF_MARK, "0.1", "5", "", "0.9000000"),
        (UnitRule.OF_MARK, "0.1", "5 frogs", "", "0.9000000"),
        (UnitRule.OF_MARK, "0.1", "5", "M", "0.9000000"),
        # The right number in a known unit that is wrong for it.
        (UnitRule.OF_MARK, "0.1", "5", "cm", "0.9000000"),
        (UnitRule.OF_MARK, "0.1", "6", "m", "0.5000000"),
        (UnitRule.OF_MARK, "0.1", "6", "", "0.4500000"),
        (UnitRule.OF_FULL, "0.1", "6", "", "0.4000000"),
        (UnitRule.OF_FULL, "0.1", "5", "", "0.9000000"),
        (UnitRule.OF_FULL, "0.6", "6", "", "0.0000000"),
        (UnitRule.OF_MARK, "0.3333333", "5", "", "0.6666667"),
        (UnitRule.OF_MARK, "1", "5", "", "0.0000000"),
    ],
)
def test_mark_with_a_unit(rule: UnitRule, penalty: str, number: str, unit: str, earned: str) -> None:
    body = question(
        accepted("5"), accepted("6", share="0.5"), units=METRES, unit_rule=rule, unit_penalty=Decimal(penalty)
    )

    assert mark(body, number, unit) == earned


def test_mark_with_a_unit_that_none_knows_and_none_is_asked_for() -> None:
    """Moodle reads the number and lets the rest be."""
    assert mark(question(), "5 m") == "1.0000000"
    assert mark(question(accepted("5", share="-0.5"), accepted("1")), "5") == "0.0000000"


def test_mark_with_a_unit_from_a_list_reads_the_number_alone() -> None:
    body = question(units=METRES, unit_list=True, unit_rule=UnitRule.OF_MARK, unit_penalty=Decimal("0.5"))

    assert mark(body, "500 frogs", "cm") == "1.0000000"
    assert mark(body, "5 m") == "0.5000000"
    with pytest.raises(InvalidResponse):
        mark(body, "5", "frogs")


def test_mark_with_a_unit_before() -> None:
    body = question(units=(Unit(name="€"),), unit_before=True, unit_rule=UnitRule.OF_FULL, unit_penalty=Decimal("0.5"))

    assert [mark(body, text) for text in ("€5", "€ 5.00", "5", "$5", "5 €")] == [
        "1.0000000", "1.0000000", "0.5000000", "0.5000000", "0.0000000",
    ]  # fmt: skip


def test_mark_with_a_decimal_comma() -> None:
    assert mark(question(accepted("1234.5")), "1.234,5", comma=True) == "1.0000000"
    assert mark(question(accepted("3.5")), "3,5", comma=True) == "1.0000000"
    assert mark(question(accepted("3.5")), "3,5") == "0.0000000"


DIGITS = "Write numbers with fewer digits."
SHAPE = "Accept a number, or numbers from one to another."


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (question(), []),
        (question(units=METRES), []),
        (Numeric(answers=()), ["Give at least one accepted number."]),
        (Numeric(answers=(accepted("1"),) * 101), ["Give at most 100 accepted numbers."]),
        (question(accepted("1", share="0.5")), ["Let at least one answer earn the full mark."]),
        (question(accepted("1E+999999999")), [DIGITS]),
        (question(accepted("1", "1E-999999999")), [DIGITS]),
        (question(accepted("1" * 61)), [DIGITS]),
        (question(accepted("1", "-1")), ["A tolerance is zero or more."]),
        (question(AcceptedNumber(low=Decimal(1))), [SHAPE]),
        (question(AcceptedNumber(high=Decimal(1))), [SHAPE]),
        (question(AcceptedNumber(value=Decimal(1), low=Decimal(1), high=Decimal(1))), [SHAPE]),
        (
            question(AcceptedNumber(low=Decimal(2), high=Decimal("1.50"))),
            ["A range goes from the lower number to the higher: turn 2 and 1.5 round."],
        ),
        (
            question(AcceptedNumber(fraction=Decimal("0.5")), accepted("1")),
            ["No answer can earn the full mark: an earlier accepted number always fits first."],
        ),
        (question(accepted("1", "1", share="0.5"), accepted("1", "2")), []),
        (question(accepted("1"), AcceptedNumber()), []),
        (question(units=(Unit(name=" "),)), ["Give each unit a short name."]),
        (question(units=(Unit(name="m"), Unit(name="m"))), ["Two units have the same name: make them differ."]),
        (
            question(units=(Unit(name="m", multiplier=Decimal(0)),)),
            ["Say of each unit how many of it make one of the first: a number above zero."],
        ),
        (
            question(units=(Unit(name="fl oz"),)),
            ["Learners can't write “fl oz” behind or before a number: let them choose the unit from a list."],
        ),
        (question(units=(Unit(name="fl oz"),), unit_list=True), []),
        (
            question(units=(Unit(name="3m"),)),
            ["Learners can't write “3m” behind or before a number: let them choose the unit from a list."],
        ),
        (question(units=METRES, unit_penalty=Decimal(2)), ["A missing unit costs between 0 % and 100 %."]),
        (question(unit_rule=UnitRule.OF_MARK), ["Give the units, or let a missing unit cost nothing."]),
        (question(units=tuple(Unit(name=f"u{'x' * n}") for n in range(31))), ["Give at most 30 units."]),
    ],
)
def test_problems_say_each_thing(body: Numeric, sentences: list[str]) -> None:
    assert TYPE.problems(body) == sentences


def test_advice() -> None:
    body = question(accepted("1"), accepted("1", share="0.5"), units=(Unit(name="cm", multiplier=Decimal(100)),))

    assert TYPE.advice(body) == [
        "The first unit is the one of the accepted numbers: let one of it make one.",
        "An accepted number is never used: an earlier one fits first.",
    ]
    assert TYPE.advice(question(accepted("1E+999999999"))) == []


@pytest.mark.parametrize(
    ("body", "sent", "sentence"),
    [
        (question(), {}, "Write a number, such as 2.5."),
        (question(), {"number": ["frog"]}, "Write a number, such as 2.5."),
        (question(), {"number": ["5 m"]}, "Write the number alone, without a unit."),
        (question(), {"number": ["1e400"]}, "This number is too large or too small. Write it again."),
        (
            question(),
            {"number": ["3,5"]},
            "“3,5” can be read as two numbers. Write thousands without a sign between them.",
        ),
        (question(), {"number": ["1" * 201]}, "Write at most 200 characters."),
        (question(units=METRES), {"number": ["5 m"], "unit": ["cm"]}, "You gave two units. Write one."),
        (
            question(units=METRES, unit_list=True),
            {"number": ["5"], "unit": ["frogs"]},
            "“frogs” is not one of the units. Choose again.",
        ),
        (question(units=METRES, unit_list=True), {"number": ["5m"]}, "Write the number alone, without a unit."),
        (question(units=METRES), {"unit": ["m"]}, "Write a number, such as 2.5."),
    ],
)
def test_parse_refuses(body: Numeric, sent: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refused:
        TYPE.parse(body, sent)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("body", "sent", "response"),
    [
        (question(), {"number": [" 1,234.5 "]}, {"number": "1234.5", "unit": ""}),
        (question(), {"number": ["1,234"]}, {"number": "1234", "unit": ""}),
        (question(units=METRES), {"number": ["5 m"]}, {"number": "5", "unit": "m"}),
        (question(units=METRES), {"number": ["5"], "unit": [" m "]}, {"number": "5", "unit": "m"}),
        (question(units=METRES), {"number": ["5m"], "unit": ["m"]}, {"number": "5", "unit": "m"}),
        (question(units=METRES), {"number": ["5 frogs"]}, {"number": "5", "unit": "frogs"}),
        (question(units=METRES, unit_list=True), {"number": ["5"], "unit": ["cm"]}, {"number": "5", "unit": "cm"}),
        (question(units=METRES, unit_list=True), {"number": ["5"]}, {"number": "5", "unit": ""}),
    ],
)
def test_parse_keeps_the_number_in_one_form(
    body: Numeric, sent: dict[str, list[str]], response: dict[str, str]
) -> None:
    assert TYPE.parse(body, sent) == response


@pytest.mark.parametrize("language", ["es", "id"])
def test_parse_and_present_in_a_language_of_decimal_commas(language: str) -> None:
    with translation.override(language):
        response = TYPE.parse(question(), {"number": ["1.234,5"]})
        shown = TYPE.present(question(), EMPTY, [], response)["number"]
        again = TYPE.parse(question(), {"number": [shown]})
        with pytest.raises(InvalidResponse):
            TYPE.parse(question(), {"number": ["1.234"]})

    assert response == again == {"number": "1234.5", "unit": ""}
    assert shown == "1234,5"


@examples(100)
@given(number=st.from_regex(r"\A-?[0-9]{1,6}(\.[0-9]{1,4})?(e[0-9])?\Z"), language=st.sampled_from(["en", "es"]))
def test_what_is_shown_again_is_read_as_the_same(number: str, language: str) -> None:
    response = {"number": number, "unit": ""}
    with translation.override(language):
        shown = TYPE.present(question(), EMPTY, [], response)["number"]

        assert TYPE.parse(question(), {"number": [shown]}) == response


def test_present_tells_units_of_a_list_alone() -> None:
    assert TYPE.present(question(units=METRES), EMPTY, [], {})["units"] == []
    assert TYPE.present(question(units=METRES, unit_list=True), EMPTY, [], {})["units"] == ["m", "cm"]
    assert TYPE.present(question(), EMPTY, [], {})["unit_field"] == ""


@pytest.mark.parametrize(
    ("body", "right"),
    [
        (question(accepted("5.00", "1")), "5"),
        (question(units=METRES), "5 m"),
        (question(units=(Unit(name="€"),), unit_before=True), "€ 5"),
        (question(AcceptedNumber(low=Decimal(1), high=Decimal(2))), "1 to 2"),
        (question(AcceptedNumber()), "any number"),
    ],
)
def test_review_tells_what_is_right(body: Numeric, right: str) -> None:
    (part,) = TYPE.review(body, EMPTY, [], {"number": "77", "unit": ""})

    assert (part.given, part.right) == ("77", right)


def test_review_of_a_missing_unit_is_partly_right() -> None:
    body = question(units=METRES, unit_rule=UnitRule.OF_MARK, unit_penalty=Decimal("0.5"))
    verdicts = [TYPE.review(body, EMPTY, [], response)[0].verdict for response in (
        {"number": "5", "unit": "m"}, {"number": "5", "unit": ""}, {"number": "6", "unit": "m"}, {},
    )]  # fmt: skip

    assert verdicts == [Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG, Verdict.NONE]


def test_outline_has_numbers_and_units() -> None:
    body = question(
        accepted("5.0", "0.1"), AcceptedNumber(low=Decimal(1), high=Decimal(2)), AcceptedNumber(), units=METRES
    )

    assert TYPE.outline(body) == {
        "options": [
            {"text": "5.0", "fraction": Decimal(1), "tolerance": Decimal("0.1"), "rule": "absolute"},
            {"text": "1..2", "fraction": Decimal(1), "tolerance": Decimal(0), "rule": "absolute"},
            {"text": "*", "fraction": Decimal(1), "tolerance": Decimal(0), "rule": "absolute"},
        ],
        "units": [{"name": "m", "multiplier": Decimal(1)}, {"name": "cm", "multiplier": Decimal(100)}],
    }


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        ({}, {}),
        ({"number": None, "unit": "m"}, {}),
        ({"number": "frog"}, {"number": "frog", "unit": ""}),
        ({"number": 5}, {"number": "5", "unit": ""}),
        ({"number": 0.1}, {"number": "0.1", "unit": ""}),
        ({"number": "5 m"}, {"number": "5", "unit": "m"}),
    ],
)
def test_from_outside(answer: dict[str, Any], response: dict[str, str]) -> None:
    assert TYPE.from_outside(question(), EMPTY, answer) == response
