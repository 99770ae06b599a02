"""What GIFT cannot say: left out with a sentence, the whole question where it would be marked otherwise."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from academy.exchange.questions import gift
from academy.exchange.questions.reading import Note
from assessments.item_types import bodies
from assessments.item_types.bodies import (
    Accepted,
    AcceptedNumber,
    Matching,
    MultipleChoice,
    MultipleRule,
    Numeric,
    OpenText,
    Option,
    Pair,
    ShortText,
    SingleChoice,
)
from assessments.item_types.questions import Hint, Picture, Question, Verdicts
from assessments.item_types.rich import Rich, TextFormat

STEM = Rich("Which?")
TWO = (Option(key="a", text=Rich("yes"), correct=True), Option(key="b", text=Rich("no"), correct=False))
CHOICE = SingleChoice(options=TWO)


def asked(kind: str, body: Any, **more: Any) -> Question:
    return Question(kind=kind, stem=STEM, body=body, name="Q", **more)


def losses(question: Question) -> list[str]:
    writing = gift.write([question])
    assert {note.item for note in writing.lost} <= {"Q"}
    return [note.message for note in writing.lost]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pictures": (Picture(name="a.png", data=b""),)}, "Its pictures are left out: GIFT holds text alone."),
        ({"verdicts": Verdicts(right=Rich("Yes"))}, "The feedback on the answer as a whole is left out."),
        ({"hints": (Hint(text=Rich("Think")),)}, "Its hints are left out."),
        ({"penalty": Decimal("0.5")}, "What a wrong try costs is left out."),
        ({"mark": Decimal(2)}, "How much the question counts is left out."),
        ({"difficulty": 3}, "Its difficulty is left out."),
        ({"language": "es"}, "Its language is left out."),
        ({"code": "a\\"}, "Its code is left out: it has characters that GIFT cannot hold there."),
        ({"tags": ("<b>",)}, "Tags are left out that have characters which GIFT cannot hold there."),
        ({"category": ("a  b",)}, "The name of its category is written a little differently."),
        ({"explanation": Rich(" so ")}, "Blanks at the beginning or end of a text are left out, and line ends made alike."),
        ({"name": "Q\r"}, "Blanks at the beginning or end of a text are left out, and line ends made alike."),
        ({"body": replace(CHOICE, shuffle=False)}, "That its answers keep their order is left out."),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_part_is_left_out_and_the_question_is_there(change: dict[str, Any], message: str) -> None:
    question = replace(asked("single_choice", CHOICE), **change)
    writing = gift.write([question])
    assert [note.message for note in writing.lost] == [message]
    (found,) = gift.read(writing.data).found
    assert found.question is not None
    assert found.question.body == CHOICE


@pytest.mark.parametrize(
    ("kind", "body", "messages"),
    [
        (
            "short_text",
            ShortText(answers=(Accepted(text="A"),), case_sensitive=True),
            ["That capitals matter is left out: there, “a” will be right where “A” is."],
        ),
        (
            "open_text",
            OpenText(
                rubric=(bodies.Criterion(key="a", title="Clear", levels=()),),
                marker_notes=Rich("note"),
                template=Rich("I think"),
                lines=3,
            ),
            [
                "Its rubric is left out.",
                "The notes for markers are left out.",
                "The text that an answer begins with is left out.",
                "How long an answer may be, and what it is written in, is left out.",
            ],
        ),
        (
            "multiple_choice",
            MultipleChoice(options=TWO, least=1, most=1),
            ["How many answers may be chosen is left out."],
        ),
    ],
    ids=["capitals", "essay", "limits"],
)
def test_part_of_a_body_is_left_out(kind: str, body: Any, messages: list[str]) -> None:
    assert losses(asked(kind, body)) == messages
    assert gift.write([asked(kind, body)]).data


def test_explanation_of_a_description_is_left_out() -> None:
    question = asked("description", bodies.Description(), explanation=Rich("so"))
    assert losses(question) == ["Its explanation is left out: a text between questions has none."]


def weighted(*shares: str) -> tuple[Option, ...]:
    return tuple(
        Option(key=key, text=Rich(key), correct=Decimal(share) > 0, fraction=Decimal(share))
        for key, share in zip("abcdefghijklmnop", shares, strict=False)
    )


PAIRS = (Pair(key="a", stem=Rich("one"), match="1"), Pair(key="b", stem=Rich("two"), match="2"))
FIVE = AcceptedNumber(value=Decimal(5))
OUT = [
    (
        "all or nothing",
        "multiple_choice",
        MultipleChoice(options=TWO, rule=MultipleRule.ALL_OR_NOTHING),
        "GIFT cannot say that only exactly the right answers together earn the mark.",
    ),
    (
        "eleven right",
        "multiple_choice",
        MultipleChoice(options=weighted(*["1"] * 11), rule=MultipleRule.RIGHT_MINUS_WRONG),
        "GIFT cannot share the mark among 11 right answers.",
    ),
    (
        "none right",
        "multiple_choice",
        MultipleChoice(options=weighted("0", "0")),
        "No answer is right.",
    ),
    (
        "below nothing",
        "multiple_choice",
        MultipleChoice(options=weighted("1", "-1"), rule=MultipleRule.WEIGHTS, lowest=Decimal(-1)),
        "GIFT cannot say that an answer earns less than nothing.",
    ),
    (
        "unknown weight",
        "multiple_choice",
        MultipleChoice(options=weighted("0.65", "0.35"), rule=MultipleRule.WEIGHTS),
        "GIFT cannot say that an answer earns 65 % of the mark.",
    ),
    (
        "sum",
        "multiple_choice",
        MultipleChoice(options=weighted("0.5", "0.25"), rule=MultipleRule.WEIGHTS),
        (
            "The weights of the right answers make 75 % together. Make it 100 %; where only one answer is right, begin "
            "it with =."
        ),
    ),
    (
        "unknown part",
        "single_choice",
        SingleChoice(options=weighted("1", "0.35")),
        "GIFT cannot say that an answer earns 35 % of the mark.",
    ),
    (
        "one option",
        "single_choice",
        SingleChoice(options=TWO[:1]),
        "It has too few or too many answers to choose from.",
    ),
    (
        "empty option",
        "single_choice",
        SingleChoice(options=(*TWO, Option(key="c", text=Rich(" "), correct=False))),
        "An answer has no text.",
    ),
    (
        "blank answer",
        "short_text",
        ShortText(answers=(Accepted(text=" a"),)),
        "The answer “a” has a line break, or a blank at an end, that nobody types. Remove it.",
    ),
    ("no answer", "short_text", ShortText(answers=(Accepted(text=""),)), "An answer has no text."),
    (
        "arrow",
        "short_text",
        ShortText(answers=(Accepted(text="a->b"), Accepted(text="b"))),
        "GIFT cannot have -> among several answers: they would become pairs.",
    ),
    (
        "arrow in feedback",
        "short_text",
        ShortText(answers=(Accepted(text="a", feedback=Rich("->")), Accepted(text="b"))),
        "GIFT cannot have -> among several answers: they would become pairs.",
    ),
    ("units", "numeric", Numeric(answers=(FIVE,), units=(bodies.Unit(name="m"),)), "GIFT has no units."),
    (
        "relative",
        "numeric",
        Numeric(answers=(replace(FIVE, rule=bodies.Tolerance.RELATIVE, tolerance=Decimal("0.1")),)),
        "GIFT has no tolerance in proportion to the number.",
    ),
    (
        "geometric",
        "numeric",
        Numeric(answers=(replace(FIVE, rule=bodies.Tolerance.GEOMETRIC, tolerance=Decimal("0.1")),)),
        "GIFT has no tolerance in proportion to the number.",
    ),
    (
        "open range",
        "numeric",
        Numeric(answers=(AcceptedNumber(low=Decimal(1)),)),
        "GIFT has no range that is open at one end.",
    ),
    (
        "digits",
        "numeric",
        Numeric(answers=(AcceptedNumber(value=Decimal("1E-120")),)),
        "A number has too many digits.",
    ),
    (
        "all pairs",
        "matching",
        Matching(pairs=PAIRS, all_or_nothing=True),
        "GIFT cannot say that pairs weigh differently, or earn only all together.",
    ),
    (
        "heavy pair",
        "matching",
        Matching(pairs=(replace(PAIRS[0], weight=Decimal(2)), PAIRS[1])),
        "GIFT cannot say that pairs weigh differently, or earn only all together.",
    ),
    (
        "arrow in a pair",
        "matching",
        Matching(pairs=(replace(PAIRS[0], stem=Rich("a -> b")), PAIRS[1])),
        "GIFT cannot have -> in a pair: that sign parts it from its match.",
    ),
    ("one pair", "matching", Matching(pairs=PAIRS[:1]), "It has too few or too many pairs."),
    ("empty stem", "matching", Matching(pairs=(replace(PAIRS[0], stem=Rich()), PAIRS[1])), "A pair has no text."),
    ("empty match", "matching", Matching(pairs=(replace(PAIRS[0], match=" "), PAIRS[1])), "A match has no text."),
    ("ordering", "ordering", bodies.Ordering(steps=()), "GIFT has no question of this kind."),
    ("gaps", "gap_fill", bodies.GapFill(words=(), gaps=()), "GIFT has no question of this kind."),
    ("cloze", "cloze", bodies.Cloze(gaps=()), "GIFT has no question of this kind."),
    ("file", "file_upload", bodies.FileUpload(), "GIFT has no question of this kind."),
    ("rating", "self_rating", bodies.SelfRating(levels=("a", "b")), "GIFT has no question of this kind."),
]


@pytest.mark.parametrize(("kind", "body", "reason"), [case[1:] for case in OUT], ids=[case[0] for case in OUT])
def test_question_that_would_be_marked_otherwise_stays_out(kind: str, body: Any, reason: str) -> None:
    good = Question(kind="single_choice", stem=STEM, body=CHOICE)
    writing = gift.write([good, asked(kind, body), good])
    assert writing.lost == (Note(item="Q", message=f"The question is left out. {reason}"),)
    assert [found.question for found in gift.read(writing.data).found] == [good, good]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ud800"], ids=["zero", "escape", "half"])
def test_character_that_is_no_text_keeps_a_question_out(character: str) -> None:
    writing = gift.write([replace(asked("single_choice", CHOICE), tags=(f"a{character}",))])
    code = f"U+{ord(character):04X}"
    assert [note.message for note in writing.lost] == [
        f"The question is left out. It has a character that is no text ({code})."
    ]
    assert writing.data == b""


def test_question_without_a_text_stays_out() -> None:
    assert losses(replace(asked("single_choice", CHOICE), stem=Rich("\n", TextFormat.HTML))) == [
        "The question is left out. It has no text."
    ]


def test_question_without_a_name_is_called_by_its_code_or_its_text() -> None:
    nameless = Question(kind="single_choice", stem=STEM, body=CHOICE, difficulty=1)
    coded = replace(nameless, code="c-1")
    assert [note.item for note in gift.write([nameless, coded]).lost] == ["Which?", "c-1"]
