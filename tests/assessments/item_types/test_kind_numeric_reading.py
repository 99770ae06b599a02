"""Numbers as people write them, with their units."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types.numeric.numbers import read, value
from tests.support.texts_of_questions import examples

MINUS = "\u2212"


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("3.142", "3.142", ""),
        (".2", ".2", ""),
        ("1.", "1.", ""),
        ("-1.", "-1.", ""),
        ("+1.0", "+1.0", ""),
        (f"{MINUS}7", "-7", ""),
        ("1e4", "1e4", ""),
        ("3.142E-4", "3.142e-4", ""),
        (f"1e{MINUS}4", "1e-4", ""),
        (".2e+2", ".2e+2", ""),
        ("3x10^8", "3e8", ""),
        ("3 × 10^8", "3e8", ""),
        ("3.0*10^8", "3.0e8", ""),
        ("3.00x10**-8", "3.00e-8", ""),
        ("3x10^8 m/s", "3e8", "m/s"),
        ("1 000 000", "1000000", ""),
        ("1\u00a0000\u202f000.5", "1000000.5", ""),
        ("1,000,000", "1000000", ""),
        ("1,000.00 m", "1000.00", "m"),
        ("1,234", "1234", ""),
        ("3,5", "35", ""),
        ("0001.000 mph", "0001.000", "mph"),
        ("1.0   cm", "1.0", "cm"),
        ("-1.m", "-1.", "m"),
        ("1e4 m", "1e4", "m"),
        ("1.0e0cm", "1.0e0", "cm"),
        ("1 frogs", "1", "frogs"),
        ("3%", "3", "%"),
        ("1e-6 %", "1e-6", "%"),
        ("5 e", "5", "e"),
        ("5 m,s", "5", "m,s"),
    ],
)
def test_read_a_number_and_what_follows(text: str, number: str, unit: str) -> None:
    assert read(text) == (number, unit)


@pytest.mark.parametrize(
    "text", ["", " ", "frog", ". m/s", ".e8 m", ",", "-", "e5", "m 5", "\u0665", "--5", "NaN", "Infinity"]
)
def test_read_no_number(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("£1,234.56", "1234.56", "£"),
        ("$100.", "100.", "$"),
        ("100", "100", ""),
        ("frog 100", "100", "frog"),
        ("$-5", "-5", "$"),
        ("$ 2x10^3", "2e3", "$"),
    ],
)
def test_read_a_number_behind_its_unit(text: str, number: str, unit: str) -> None:
    assert read(text, before=True) == (number, unit)


@pytest.mark.parametrize("text", ["100 $", "$", ""])
def test_read_no_number_behind_a_unit(text: str) -> None:
    assert read(text, before=True) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3,5", "3.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567,5", "1234567.5"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("-1 000", "-1000"),
        ("3,14159", "3.14159"),
        (",5", ".5"),
        ("3,5e2", "3.5e2"),
        # As Moodle does with a decimal comma.
        ("3.5", "3.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
    ],
)
def test_read_with_a_decimal_comma(text: str, number: str) -> None:
    assert read(text, comma=True) == (number, "")


def test_read_with_a_decimal_comma_leaves_the_points_of_a_unit() -> None:
    assert read("3,5 Std.", comma=True) == ("3.5", "Std.")


@examples(100)
@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_read_what_was_written_in_every_way(number: Decimal) -> None:
    for text, comma in [
        (f"{number:f}", False),
        (f"{number:,f}", False),
        (f"{number:,f}".replace(",", "\u202f"), False),
        (f"{number:f}".replace(".", ","), True),
        (f"{number:,f}".translate({44: 46, 46: 44}), True),
        (f"{number:f}".replace("-", MINUS), False),
    ]:
        found = read(text, comma=comma)

        assert found is not None
        assert value(found.number) == Fraction(number)


@pytest.mark.parametrize("number", ["1e301", "1e-301", "1e999999999", "1e" + "9" * 150, "x", "", "1,5", "1 000", "nan"])
def test_value_beyond_all_measure_is_none(number: str) -> None:
    assert value(number) is None


@pytest.mark.parametrize(("number", "exact"), [("1e300", 10**300), ("5.", 5), (".5", Fraction(1, 2)), ("+0007", 7)])
def test_value_is_exact(number: str, exact: Fraction) -> None:
    assert value(number) == exact
