from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.lib.identifiers import ALPHABET, CODE_LENGTH, normalise_code, random_code

CODES = st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


def test_random_code_has_130_bits_of_unmistakable_characters() -> None:
    codes = {random_code() for _number in range(1000)}

    assert len(codes) == 1000
    assert {len(code) for code in codes} == {26}
    assert set().union(*codes) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@given(CODES)
def test_normalise_code_keeps_what_is_stored(code: str) -> None:
    assert normalise_code(code) == code


@given(CODES, st.lists(st.integers(0, CODE_LENGTH), max_size=8), st.sampled_from("- "))
def test_normalise_code_forgives_gaps_and_small_letters(code: str, gaps: list[int], gap: str) -> None:
    typed = code.lower()
    for place in sorted(gaps, reverse=True):
        typed = typed[:place] + gap + typed[place:]

    assert normalise_code(typed) == code


@given(st.text(ALPHABET + "ILOilo", min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_normalise_code_reads_letters_that_look_like_digits(typed: str) -> None:
    expected = typed.upper().replace("I", "1").replace("L", "1").replace("O", "0")

    assert normalise_code(typed) == expected


@given(st.text())
def test_normalise_code_gives_a_code_or_none_whatever_is_typed(text: str) -> None:
    code = normalise_code(text)

    assert code is None or (len(code) == CODE_LENGTH and set(code) <= set(ALPHABET))
    assert code is None or normalise_code(code) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0" * (CODE_LENGTH - 1),
        "0" * (CODE_LENGTH + 1),
        "U" * CODE_LENGTH,  # left out of the alphabet, and like no digit
        "\N{FULLWIDTH DIGIT ZERO}" * CODE_LENGTH,  # a digit of another script
        "0" * CODE_LENGTH + "\n",
    ],
)
def test_normalise_code_refuses_what_cannot_be_one(text: str) -> None:
    assert normalise_code(text) is None
