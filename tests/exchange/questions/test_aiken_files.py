"""Aiken: what is read, what is refused, and what becomes of broken files."""

from __future__ import annotations

import time

import pytest

from academy.exchange.questions import aiken
from academy.standards.aiken import MOST_QUESTIONS
from assessments.item_types.bodies import Option, SingleChoice
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich
from tests.support.broken_files import broken_files

MEGABYTE = 1024 * 1024
GOOD = """Which notice is needed?
A. A contract notice
B. None
ANSWER: A

Qui signe
le contrat ?

A) l’acheteur
   public
B) le soumissionnaire

C) personne
D) чиновник
ANSWER: D
2 < 3 & "so on" <b>
A)yes
B)no
Answer: b)
"""


def question(text: str, right: int, *options: str) -> Question:
    return Question(
        kind="single_choice",
        stem=Rich(text),
        body=SingleChoice(
            options=tuple(
                Option(key=key, text=Rich(option), correct=number == right)
                for number, (key, option) in enumerate(zip("abcdefghijklmnopqrstuvwxyz", options, strict=False))
            )
        ),
    )


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.encode("utf-16"),
        GOOD.encode("utf-16-be"),
        ("\n\n" + GOOD).encode(),
    ],
    ids=["utf-8", "mark", "crlf", "cr", "utf-16", "utf-16 without a mark", "blank lines"],
)
def test_file_is_read(data: bytes) -> None:
    reading = aiken.read(data)
    assert reading.problems == ()
    assert [found.problems for found in reading.found] == [(), (), ()]
    assert [found.question for found in reading.found] == [
        question("Which notice is needed?", 0, "A contract notice", "None"),
        question("Qui signe\nle contrat ?", 3, "l’acheteur\npublic", "le soumissionnaire", "personne", "чиновник"),
        question('2 < 3 & "so on" <b>', 1, "yes", "no"),
    ]


def test_lines_are_where_questions_start() -> None:
    assert [found.line for found in aiken.read(GOOD.encode()).found] == [1, 6, 16]


def test_as_many_options_as_letters() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    (found,) = aiken.read(("What?\n" + "".join(f"{one}. {one}\n" for one in letters) + "ANSWER: Z").encode()).found
    assert found.question == question("What?", 25, *letters)


SEVERAL = "“%s” are several answers, and Aiken has only one. Use GIFT for this question."
NO_ANSWER = "The question has no answer. Write a line like “ANSWER: B” after its options."
NO_TEXT = "The question has no text. Write it before its options, and begin no line of it like “A.”."
FEW = "The question has fewer than two options. Begin each with a capital letter, as in “A.”."


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("What?\nA. a\nB. b\nANSWER: A, B", [SEVERAL % "A, B"]),
        ("What?\nA. a\nB. b\nANSWER: AB", [SEVERAL % "AB"]),
        ("What?\nA. a\nB. b\nANSWER: A and B", [SEVERAL % "A and B"]),
        ("What?\nA. a\nB. b\nANSWER: first", ["“first” is no answer. Write one letter, as in “ANSWER: B”."]),
        ("What?\nA. a\nB. b\nANSWER:", [NO_ANSWER]),
        ("What?\nA. a\nB. b", [NO_ANSWER]),
        ("What?\nA. a\nB. b\nANSWER: C", ["The answer is C, and no option has that letter."]),
        ("What?\nA. a\nANSWER: A", [FEW]),
        ("What?\na. a\nb. b\nANSWER: A", [FEW, "The answer is A, and no option has that letter."]),
        (
            "What?\nA. a\nC. b\nANSWER: A",
            ["An option begins with C where B is due. Put the letters in order."],
        ),
        ("A. a\nB. b\nANSWER: A", [NO_TEXT]),
        ("ANSWER: A", [NO_TEXT, FEW, "The answer is A, and no option has that letter."]),
        ("What?\nA. a\nB.\nANSWER: A", ["Option B has no text."]),
        ("What?\nA. a\nB. a\nANSWER: A", ["The answer “a” is there twice. Remove or change one."]),
        ("W\x00?\nA. a\nB. b\nANSWER: A", ["It has a character that is no text (U+0000). Remove it."]),
    ],
    ids=[
        "comma", "run together", "and", "word", "empty answer", "no answer", "unknown letter", "one option",
        "small letters", "order", "no text", "answer alone", "empty option", "twice", "zero",
    ],
)  # fmt: skip
def test_question_is_refused_and_its_neighbours_are_kept(text: str, problems: list[str]) -> None:
    good = "Good one?\nA. yes, it is\nB. no, it is not\nANSWER: A\n\n"
    reading = aiken.read(f"{good * 3}{text}\n\n{good}".encode())
    assert [found.question is not None for found in reading.found] == [True, True, True, False, True]
    assert reading.found[3].line == 16
    assert list(reading.found[3].problems) == problems


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Größe".encode("cp1252"), "The file is not text in UTF-8 or UTF-16. Save it again as UTF-8."),
        (b"", "The file has no questions."),
        (b" \n\n", "The file has no questions."),
        (b"a" * (20 * MEGABYTE + 1), "The file is larger than 20 MB. Split it."),
        (b"a\nA. b\nB. c\nANSWER: A\n" * (MOST_QUESTIONS + 1), "The file has more than 20000 questions. Split it."),
    ],
    ids=["latin", "empty", "blank", "large", "many"],
)
def test_file_as_a_whole_is_refused(data: bytes, message: str) -> None:
    reading = aiken.read(data)
    assert [note.message for note in reading.problems] == [message]
    assert reading.found == ()


def test_largest_number_of_questions_is_read() -> None:
    assert len(aiken.read(b"a\nA. b\nB. c\nANSWER: A\n\n" * MOST_QUESTIONS).found) == MOST_QUESTIONS


def test_broken_files_are_answered_with_sentences() -> None:
    files = list(broken_files((GOOD * 3).encode(), "AB.):\n ANSWER:\x00", seed=20260729))
    assert len(files) >= 500
    for name, data in files:
        reading = aiken.read(data)
        assert bool(reading.problems) != bool(reading.found), name
        for found in reading.found:
            assert (found.question is None) == bool(found.problems), name
            assert all("%(" not in problem for problem in found.problems)


@pytest.mark.parametrize("line", ["A", "A.", "A. a\n", "ANSWER: ", "ANSWER: A\n", "\n", "a\n", "a\n\n", " "])
def test_megabytes_of_one_line_take_no_longer(line: str) -> None:
    begun = time.process_time()
    aiken.read((line * (MEGABYTE // len(line))).encode())
    aiken.read(("What?\nA. " + line * (MEGABYTE // len(line))).encode())
    assert time.process_time() - begun < 20
