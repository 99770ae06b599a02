"""A bank of questions in a content pack."""

from __future__ import annotations

import pytest

from academy.standards.content_pack.bank import read_items
from academy.standards.content_pack.blocks import Ref
from academy.standards.content_pack.documents import Item, Option, SkillRef
from academy.standards.content_pack.report import Report

ITEM = """## Q-01
kind: single_choice
skill: scoring working
play: score-bids
lesson: score-alone

When do you
score?

In one word.

- [x] Before, of
  course.
  > Yes: then
  > you are free.
- [ ] After.
  > No.

Why: Independent scores
come first.
"""


def read(text: str) -> tuple[tuple[Item, ...], list[str]]:
    """Return the questions of a bank whose text starts on line 10, and the problems as ``line: message``."""
    report = Report("bank.md")
    items, _codes = read_items(text, first_line=10, report=report)
    return items, [f"{problem.line}: {problem.message}" for problem in report.problems]


def test_reads_a_question_over_several_lines() -> None:
    assert read(ITEM) == (
        (
            Item(
                code="Q-01",
                line=10,
                kind="single_choice",
                skill=SkillRef(code="scoring", level="working", line=12),
                play=Ref(code="score-bids", line=13),
                lesson=Ref(code="score-alone", line=14),
                stem="When do you score?\n\nIn one word.",
                options=(
                    Option(text="Before, of course.", correct=True, feedback="Yes: then you are free."),
                    Option(text="After.", correct=False, feedback="No."),
                ),
                explanation="Independent scores come first.",
            ),
        ),
        [],
    )


def test_play_and_lesson_may_be_left_out() -> None:
    items, problems = read(ITEM.replace("play: score-bids\nlesson: score-alone\n", ""))

    assert problems == []
    assert (items[0].play, items[0].lesson) == (None, None)


def test_no_empty_line_is_needed_above_the_stem() -> None:
    items, problems = read(ITEM.replace("lesson: score-alone\n\n", "lesson: score-alone\n"))

    assert problems == []
    assert items[0].stem == "When do you score?\n\nIn one word."


def test_a_multiple_choice_may_have_several_right_options() -> None:
    items, problems = read(ITEM.replace("single", "multiple").replace("- [ ]", "- [x]"))

    assert problems == []
    assert [option.correct for option in items[0].options] == [True, True]


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("- [x]", "- [ ]", ["10: Q-01 has no right option: mark it with “- [x]”."]),
        ("- [ ]", "- [x]", ["10: Q-01 has 2 right options: mark one, or make it a multiple_choice."]),
        (
            "After.",
            "Before, of course.",
            [
                "21: Another option of Q-01 says the same: make them differ.",
                "25: Another option of Q-01 says the same: make them differ.",
            ],
        ),
        ("  > No.\n", "", ["25: This option of Q-01 has no feedback: say why, below it, after “  > ”."]),
        ("- [ ] After.", "- [ ]", ["25: This option of Q-01 has no text: write it."]),
        (
            "- [ ] After.\n  > No.\n",
            "",
            ["10: Q-01 has too few options: give two or more, each after “- [x]” or “- [ ]”."],
        ),
        (
            "- [ ]",
            "- [X]",
            [
                "25: An option starts with “- [x]” when it is right and “- [ ]” when it is wrong.",
            ],
        ),
        ("When do you\nscore?\n\nIn one word.\n", "", ["10: Q-01 asks nothing: write the question above its options."]),
        (
            "Why: Independent scores\ncome first.\n",
            "",
            ["10: Q-01 has no explanation: end it with “Why: …”."],
        ),
        (
            "kind: single_choice",
            "kind: essay",
            ["11: “essay” is no kind of question: use single_choice or multiple_choice."],
        ),
        ("kind: single_choice\n", "", ["10: Q-01 has no “kind”: write it on a line below the code."]),
        ("skill: scoring working\n", "", ["10: Q-01 has no “skill”: write it on a line below the code."]),
        (
            "scoring working",
            "scoring",
            [
                (
                    "12: Write the skill’s code and a level, one of awareness, working, practitioner, expert: "
                    "“skill: code level”."
                )
            ],
        ),
        (
            "play: score-bids",
            "plays: score-bids",
            ["13: A question has no key “plays”: use kind, skill, play, lesson, then an empty line."],
        ),
        ("play: score-bids", "kind: single_choice", ["13: “kind” is written twice: keep one."]),
        (
            "## Q-01",
            "## Q 01!",
            ["10: “Q 01!” is no code: use letters, digits and hyphens, 60 at most."],
        ),
        ("In one word.", "In <b>one</b> word.", ["19: HTML is not allowed in a question: write plain text."]),
        ("  > No.", "  > <script>alert(1)</script>", ["26: HTML is not allowed in a question: write plain text."]),
        (
            "  > No.\n",
            "  > No.\nAnd more.\n",
            ["27: After the options comes “Why: …”; feedback stands below its option after “  > ”."],
        ),
    ],
)
def test_a_faulty_question_is_told_with_its_line(old: str, new: str, problems: list[str]) -> None:
    assert old in ITEM
    assert read(ITEM.replace(old, new, 1))[1] == problems


def test_too_many_options_are_refused() -> None:
    more = "".join(f"- [ ] Option {number}.\n  > No.\n" for number in range(11))
    _items, problems = read(ITEM.replace("\nWhy:", f"{more}\nWhy:"))

    assert problems == ["10: Q-01 has 13 options: 12 is the most."]


def test_an_empty_bank_and_text_before_the_first_question_are_refused() -> None:
    assert read("Text.\n") == (
        (),
        [
            "10: A bank holds questions alone: start each with “## CODE”.",
            "10: The bank is empty: write a question, starting with “## CODE”.",
        ],
    )


def test_a_faulty_question_does_not_hide_the_next() -> None:
    items, problems = read(ITEM.replace("- [x]", "- [ ]") + "\n" + ITEM.replace("Q-01", "Q-02"))

    assert [item.code for item in items] == ["Q-02"]
    assert problems == ["10: Q-01 has no right option: mark it with “- [x]”."]
