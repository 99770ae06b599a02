"""Files that are no GIFT, or no longer: each gets sentences, none an exception, none takes long."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from academy.exchange.questions import gift
from academy.standards.gift import MOST_QUESTIONS
from tests.support.broken_files import broken_files

FOLDER = Path(__file__).parents[2] / "golden" / "questions" / "gift"
PARTS = ("single_choice", "weights", "numeric", "comments_and_categories", "escapes")
GOOD = b"\n".join((FOLDER / f"{name}.gift").read_bytes() for name in PARTS)
SIGNS = "{}=~#%:*\\/[]$\n\x00->.,\u00a0"
MEGABYTE = 1024 * 1024


def test_broken_files_are_answered_with_sentences() -> None:
    files = list(broken_files(GOOD, SIGNS, seed=20260728))
    assert len(files) >= 500
    for name, data in files:
        reading = gift.read(data)
        # A file has its own problems or questions; a question is there or says why not.
        assert bool(reading.problems) != bool(reading.found), name
        for found in reading.found:
            assert (found.question is None) == bool(found.problems), name
            assert found.line > 0
            assert all("%(" not in problem for problem in found.problems)
        # What was taken can be given back.
        questions = [found.question for found in reading.found if found.question]
        writing = gift.write(questions)
        assert [found.question for found in gift.read(writing.data).found] == questions, name


@pytest.mark.parametrize(
    "sign", ["{", "}", "~", "=", "#", "\\", "[", ":", "%", "/", "\n", " ", "[id:", "<a ", "->", "=a\n\n"]
)
def test_megabyte_of_one_sign_takes_neither_long_nor_much(sign: str) -> None:
    signs = sign * (MEGABYTE // len(sign))
    for data in (
        signs.encode(),
        f"// {signs}\na{{T}}".encode(),
        f"a{{=b ~{signs}}}".encode(),
        f"::a::b{{#{signs}}}".encode(),
    ):
        tracemalloc.start()
        begun = time.process_time()
        gift.read(data)
        taken = time.process_time() - begun
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert taken < 20, sign
        assert most < 300 * MEGABYTE, sign


def test_megabyte_of_options_is_refused() -> None:
    (found,) = gift.read(b"a{" + b"~b" * 500_000 + b"}").found
    assert found.problems == ("There are more than 500 answers. Write \\= and \\~ for the signs themselves.",)


def test_long_line_is_no_trouble() -> None:
    (found,) = gift.read(b"a" * MEGABYTE + b"{T}").found
    assert found.question is not None
    assert len(found.question.stem.text) == MEGABYTE


def test_largest_number_of_questions_is_read_and_one_more_is_refused() -> None:
    most = b"a{T}\n\n" * MOST_QUESTIONS
    assert len(gift.read(most).found) == MOST_QUESTIONS
    (problem,) = gift.read(most + b"b{T}").problems
    assert problem.message == "The file has more than 20000 questions. Split it."


def test_file_that_is_too_large_is_refused() -> None:
    (problem,) = gift.read(b"a" * (20 * MEGABYTE + 1)).problems
    assert problem.message == "The file is larger than 20 MB. Split it."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Größe{T}".encode("cp1252"), "The file is not text in UTF-8 or UTF-16. Save it again as UTF-8."),
        (b"\xff\xfea", "The file is not text in UTF-8 or UTF-16. Save it again as UTF-8."),
        (b"", "The file has no questions."),
        (b"// only a comment\n\n$CATEGORY: a\n", "The file has no questions."),
    ],
    ids=["latin", "half a character", "empty", "comment"],
)
def test_file_without_questions_says_so(data: bytes, message: str) -> None:
    reading = gift.read(data)
    assert [(note.line, note.message) for note in reading.problems] == [(0, message)]
    assert reading.found == ()


def test_zero_in_one_question_leaves_the_others() -> None:
    reading = gift.read(("a fine one{T}\n\n" * 20 + "b\0{T}\n\n// \x01\nc{T}").encode())
    assert [found.question is not None for found in reading.found] == [True] * 20 + [False, True]
    assert reading.found[20].problems == ("It has a character that is no text (U+0000). Remove it.",)


def test_zero_in_a_category_costs_no_question() -> None:
    (found,) = gift.read(b"$CATEGORY: a\0b/c\n\nd{T}").found
    assert found.question is not None
    assert found.question.category == ("a b", "c")


def test_question_of_too_many_lines_is_refused_alone() -> None:
    reading = gift.read(b"a\n" * 10_001 + b"{T}\n\nb{T}")
    assert [found.question is not None for found in reading.found] == [False, True]
    assert reading.found[0].problems == ("The question has more than 10000 lines. Put a blank line between questions.",)
