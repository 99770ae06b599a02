"""Lists of addresses as people paste them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.standards.address_list import read_addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" ,;\n\r\n", []),
        ("a@x.org", [("", "a@x.org")]),
        ("a@x.org, b@x.org;c@x.org\r\nd@x.org", [("", f"{letter}@x.org") for letter in "abcd"]),
        ("a@x.org b@x.org\tc@x.org", [("", f"{letter}@x.org") for letter in "abc"]),
        ("Ana Paz <ana@x.org>", [("Ana Paz", "ana@x.org")]),
        ('"Paz, Ana" <ana@x.org>, <b@x.org>', [("Paz, Ana", "ana@x.org"), ("", "b@x.org")]),
        ("Paz, Ana <ana@x.org>; Bo <bo@x.org>", [("Paz, Ana", "ana@x.org"), ("Bo", "bo@x.org")]),
        ("a@x.org, Paz, Ana <ana@x.org>", [("", "a@x.org"), ("Paz, Ana", "ana@x.org")]),
        ("mailto:a@x.org\nAna <mailto:b@x.org>", [("", "a@x.org"), ("Ana", "b@x.org")]),
        ("nobody, a@x.org", [("", "nobody"), ("", "a@x.org")]),
        ("Ana Paz\na@x.org", [("", "Ana Paz"), ("", "a@x.org")]),
        ("a <b@x.org> c <d@x.org>", [("", "a <b@x.org> c <d@x.org>")]),
        ('Ana "unclosed <a@x.org>', [("Ana unclosed", "a@x.org")]),
        ("Ana <>", [("Ana", "")]),
    ],
)
def test_pieces_of_a_list(text: str, expected: list[tuple[str, str]]) -> None:
    entries = read_addresses(text)

    assert [(entry.name, entry.email) for entry in entries] == expected
    assert [entry.number for entry in entries] == list(range(1, len(expected) + 1))


@given(
    st.lists(st.from_regex(r"\A[a-z]{1,8}@[a-z]{1,8}\.org\Z"), max_size=20),
    st.sampled_from([",", ";", "\n", ", ", " "]),
)
def test_no_address_is_lost(addresses: list[str], separator: str) -> None:
    assert [entry.email for entry in read_addresses(separator.join(addresses))] == addresses


@given(st.text(alphabet='ab@<>",; \n', max_size=200))
def test_whatever_is_pasted_is_read(text: str) -> None:
    assert all(entry.email or entry.name or "<" in text for entry in read_addresses(text))


@pytest.mark.parametrize("piece", ["<", '"', ",", " ", "a", '"<', "a@x "])
def test_long_nonsense_takes_no_time(piece: str) -> None:
    begin = time.perf_counter()

    read_addresses(piece * (500_000 // len(piece)))

    assert time.perf_counter() - begin < 5
