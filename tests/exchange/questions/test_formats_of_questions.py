"""Which format a file is, by its looks."""

from __future__ import annotations

import pytest

from academy.exchange.questions.csv import write as write_csv
from academy.exchange.questions.formats import WRITERS, guessed_format, write_questions
from tests.support.many_questions import many_questions

AIKEN = "What is it?\nA. One\nB) Two\nANSWER: B\n"


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_what_we_write_is_known_again(form: str) -> None:
    writing = write_questions([question for question, _said in many_questions(5)], form)

    assert guessed_format(writing.data) == form


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (AIKEN.encode(), "aiken"),
        (AIKEN.replace("\n", "\r\n").encode("utf-8-sig"), "aiken"),
        (AIKEN.encode("utf-16"), "aiken"),
        (b"What? {=a ~b}", "gift"),
        (b"", "gift"),
        (b"\xff\xfe\x00", "gift"),
        (b' Type ; "text" ;answer\n', "csv"),
        (b"<?xml version='1.0'?>\n<quiz>", "moodle-xml"),
        (b"<assessmentItem/>", "qti"),
        (b"PK\x03\x04rest", "qti"),
    ],
    ids=range(10),
)
def test_format_is_guessed_from_the_content(data: bytes, form: str) -> None:
    assert guessed_format(data) == form


def test_table_of_ours_is_read_by_the_format_that_is_guessed() -> None:
    assert guessed_format(write_csv([question for question, _said in many_questions(1)]).data) == "csv"
