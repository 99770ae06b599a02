"""What Moodle holds of our questions comes back as it was; what it does not hold is said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from academy.exchange.questions.moodle_xml import read, write
from academy.exchange.questions.reading import Note
from assessments.item_types.bodies import (
    Accepted,
    AcceptedNumber,
    Cloze,
    Criterion,
    Description,
    FileUpload,
    Gap,
    GapFill,
    Level,
    Matching,
    MultipleChoice,
    MultipleRule,
    Numeric,
    OpenText,
    Option,
    Pair,
    SelfRating,
    ShortText,
    SingleChoice,
    Tolerance,
    TrueFalse,
    Unit,
    UnitRule,
    Word,
)
from assessments.item_types.questions import Hint, Picture, Question, Verdicts
from assessments.item_types.rich import Rich, TextFormat
from tests.support.moodle_xml import JPEG, PNG, golden_questions

THIRD = Decimal("0.3333333")
RUBRIC = (Criterion(key="a", title="T", levels=(Level(points=Decimal(1), text="x"),)),)


def of(kind: str, body: Any, **more: Any) -> Question:
    return Question(**{"kind": kind, "stem": Rich("Why?"), "body": body, "name": "Q", **more})


def text(**more: Any) -> Question:
    return of("description", Description(), **more)


def back(*questions: Question) -> list[Question | None]:
    """Write and read again; nothing may be lost on either way."""
    writing = write(questions)
    assert writing.lost == ()
    reading = read(writing.data)
    assert [found.lost for found in reading.found] == [()] * len(questions)
    return [found.question for found in reading.found]


def said(question: Question) -> list[str]:
    """Return what is said of a question that is written all the same."""
    writing = write([question])
    assert len(read(writing.data).found) == 1
    return [note.message for note in writing.lost]


def unwritten(question: Question) -> str:
    """Return why a question is not written."""
    writing = write([question])
    assert read(writing.data).found == ()
    (note,) = writing.lost
    assert note.item == "Q"
    return note.message.removeprefix("Not written: ")


def options(*shares: str | None, right: int = 1) -> tuple[Option, ...]:
    return tuple(
        Option(
            key=chr(ord("a") + place),
            text=Rich(f"Option {place}"),
            correct=place < right,
            fraction=None if share is None else Decimal(share),
        )
        for place, share in enumerate(shares)
    )


def test_golden_questions_come_back_as_they_were() -> None:
    questions = golden_questions()
    assert len(questions) == 15
    assert back(*questions) == questions


HELD = {
    "everything of a question": text(
        code="Q-1",
        category=("top", "A/B", "/", "//x/", "$course$"),
        tags=("a", "b & <c>"),
        explanation=Rich("x\r\ny ]]> <p> 𠀀\u2028 z", TextFormat.HTML),
        penalty=Decimal("0.1234567"),
        mark=Decimal("2.5"),
    ),
    "verdicts and hints": of(
        "matching",
        Matching(
            pairs=(Pair(key="a", stem=Rich("x"), match="1"), Pair(key="b", stem=Rich("y"), match="1")),
            distractors=("2", "3"),
        ),
        verdicts=Verdicts(right=Rich("r"), partly=Rich("p", TextFormat.MARKDOWN), wrong=Rich("w", TextFormat.MOODLE)),
        hints=(Hint(text=Rich("1"), clear_wrong=True), Hint(text=Rich(), show_count=True)),
    ),
    "weights": of(
        "multiple_choice",
        MultipleChoice(options=options("0.6666667", "0.3333333", "-0.5", right=2), rule=MultipleRule.WEIGHTS),
    ),
    "words to drag": of(
        "gap_fill",
        GapFill(words=(Word(text="a<b> &", reuse=False), Word(text="c", group=2)), gaps=(2, 1, 2)),
        stem=Rich("[[2]] [[1]] [[2]]"),
    ),
    "stars": of(
        "short_text",
        ShortText(
            answers=(
                Accepted(text="a*b\\*c\\"),
                Accepted(text="*\\**", pattern=True, fraction=Decimal("0.5")),
                Accepted(text="*", fraction=Decimal(0)),
            ),
        ),
    ),
    "units": of(
        "numeric",
        Numeric(
            answers=(AcceptedNumber(value=Decimal("-1.5E+20"), tolerance=Decimal("1E-30")),),
            units=(Unit(name="m"), Unit(name="<&>", multiplier=Decimal("0.001"))),
            unit_rule=UnitRule.OF_MARK,
            unit_penalty=Decimal("0.3"),
        ),
    ),
    "signs of gaps": of(
        "cloze",
        Cloze(
            gaps=(
                Gap(short_text=ShortText(answers=(Accepted(text="=a}b#c&amp;{1:"), Accepted(text="x")))),
                Gap(
                    single_choice=SingleChoice(
                        options=(
                            Option(key="a", text=Rich("%5%"), correct=True, feedback=Rich("#}")),
                            Option(key="b", text=Rich("<i>&lt;</i>", TextFormat.HTML), correct=False),
                        ),
                    ),
                    weight=2,
                ),
                Gap(
                    multiple_choice=MultipleChoice(
                        options=options("1", "0", "0"), rule=MultipleRule.WEIGHTS, shuffle=False
                    ),
                    layout="vertical",
                ),
                Gap(multiple_choice=MultipleChoice(options=options(*[None] * 12, right=11)), layout="horizontal"),
            ),
        ),
        stem=Rich("{#1} {#2} {#3}\n{#4}"),
        mark=Decimal(5),
    ),
    "true": of("true_false", TrueFalse(answer=True, feedback_false=Rich("no"))),
}


@pytest.mark.parametrize("case", HELD)
def test_what_moodle_holds_comes_back_as_it_was(case: str) -> None:
    assert back(HELD[case]) == [HELD[case]]


def test_categories_are_written_where_they_change() -> None:
    questions = [text(category=names) for names in ((), ("A",), ("A",), ("A", "B"), ())]
    data = write(questions).data
    assert [found.question for found in read(data).found] == questions
    assert data.count(b'type="category"') == 3
    assert b"<text>$course$/top/A/B</text>" in data


def test_pictures_stand_with_the_texts_that_show_them() -> None:
    pictures = (Picture(name="a (1).png", data=PNG), Picture(name="b.jpg", data=JPEG), Picture(name="c.png", data=PNG))
    whole = text(
        stem=Rich("<img src='picture:a%20%281%29.png'> picture:x", TextFormat.HTML),
        explanation=Rich("See picture:b.jpg. And the picture: nice.", TextFormat.MARKDOWN),
        pictures=pictures,
    )

    assert back(whole) == [whole]
    data = write([whole]).data
    assert (data.count(b"@@PLUGINFILE@@/"), data.count(b"<file ")) == (2, 3)


def test_right_minus_wrong_becomes_weights() -> None:
    whole = of("multiple_choice", MultipleChoice(options=options(None, None, None, None, right=3)))
    writing = write([whole])
    assert writing.lost == (
        Note(
            item="Q",
            message="A right option is written as 33.33333 %, a wrong one as -33.33333 %: the marks are the same.",
        ),
    )
    (found,) = read(writing.data).found
    assert found.question is not None
    assert found.question.body == MultipleChoice(
        options=options("0.3333333", "0.3333333", "0.3333333", "-0.3333333", right=3), rule=MultipleRule.WEIGHTS
    )


def test_range_becomes_its_middle() -> None:
    whole = of("numeric", Numeric(answers=(AcceptedNumber(low=Decimal("1.5"), high=Decimal(4)),)))
    assert said(whole) == ["The range from 1.5 to 4 is written as 2.75 with a tolerance of 1.25."]
    (found,) = read(write([whole]).data).found
    assert found.question is not None
    assert found.question.body.answers == (AcceptedNumber(value=Decimal("2.75"), tolerance=Decimal("1.25")),)


def test_gaps_are_counted_in_the_order_of_the_text() -> None:
    first, second = (Gap(short_text=ShortText(answers=(Accepted(text=word),))) for word in "ab")
    whole = of("cloze", Cloze(gaps=(first, second)), stem=Rich("{#2} {#1}"), mark=Decimal(2))
    assert said(whole) == ["It is written in another form, which asks and marks the same."]
    (found,) = read(write([whole]).data).found
    assert found.question == replace(whole, stem=Rich("{#1} {#2}"), body=Cloze(gaps=(second, first)))


SAID = {
    "difficulty": (text(difficulty=3), "Its difficulty is not held."),
    "language": (text(language="es"), "Its language is not held."),
    "rubric": (of("open_text", OpenText(rubric=RUBRIC)), "Its rubric is not held. Copy it into the notes for markers."),
    "rubric of files": (
        of("file_upload", FileUpload(rubric=RUBRIC)),
        "Its rubric is not held. Copy it into the notes for markers.",
    ),
    "verdicts": (
        text(verdicts=Verdicts(right=Rich("x"))),
        "Feedback by how good the answer was is not held for this kind of question.",
    ),
    "hints": (text(hints=(Hint(text=Rich("x")),)), "Hints are not held for this kind of question."),
    "control characters": (
        text(explanation=Rich("a\x00b")),
        "A text has characters that XML cannot hold. They are left out.",
    ),
    "a blank category": (text(category=("a", " ")), "Its category does not come back as it was."),
    "a long name": (text(name="n" * 256), "Moodle shortens names of more than 255 characters."),
    "how many": (
        of("multiple_choice", MultipleChoice(options=options("1", "0"), rule=MultipleRule.WEIGHTS, most=1)),
        "How many options may be chosen is not held.",
    ),
    "no grade": (
        of("single_choice", SingleChoice(options=options("1", "0.37"))),
        "Moodle has no grade of 37 %: its import stops there, unless it may take the nearest.",
    ),
    "many digits": (
        of("numeric", Numeric(answers=(AcceptedNumber(value=Decimal("1234567890.1234567")),))),
        "Moodle rounds 1234567890.1234567 to about 15 digits.",
    ),
    "mark of a cloze": (
        of("cloze", Cloze(gaps=(Gap(short_text=ShortText(answers=(Accepted(text="a"),))),)), stem=Rich("{#1}"), mark=Decimal(3)),
        "Its mark is not held: in Moodle a cloze earns what its gaps weigh.",
    ),
    "all or nothing in shares": (
        of("single_choice", SingleChoice(options=options("1", "0"))),
        "It is written in another form, which asks and marks the same.",
    ),
    "no tolerance of two kinds": (
        of("numeric", Numeric(answers=(AcceptedNumber(value=Decimal(2), rule=Tolerance.RELATIVE),))),
        "It is written in another form, which asks and marks the same.",
    ),
    "a pattern without a star": (
        of("short_text", ShortText(answers=(Accepted(text="a", pattern=True),))),
        "It is written in another form, which asks and marks the same.",
    ),
    "a penalty for units that cost nothing": (
        of("numeric", Numeric(answers=(AcceptedNumber(value=Decimal(2)),), unit_penalty=Decimal("0.5"))),
        "It is written in another form, which asks and marks the same.",
    ),
    "penalty": (text(penalty=Decimal("0.33")), "Its penalty for a wrong try is rounded."),
    "a name of Moodle's": (
        text(stem=Rich("@@PLUGINFILE@@/x.png")),
        "Its text does not come back as it was: a part of it means something else in Moodle.",
    ),
    "tilde": (
        of(
            "cloze",
            Cloze(gaps=(Gap(single_choice=SingleChoice(options=(
                Option(key="a", text=Rich("~"), correct=True), Option(key="b", text=Rich("b"), correct=False),
            ))),)),
            stem=Rich("{#1}"),
        ),
        "Moodle shows a backslash before the ~ of a gap.",
    ),
    "format in a gap": (
        of(
            "cloze",
            Cloze(gaps=(Gap(single_choice=SingleChoice(options=(
                Option(key="a", text=Rich("*a*", TextFormat.MARKDOWN), correct=True),
                Option(key="b", text=Rich("b"), correct=False),
            ))),)),
            stem=Rich("{#1}"),
        ),
        "A text in a gap is written in another format. It looks the same.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_what_is_not_held_is_said(case: str) -> None:
    whole, sentence = SAID[case]
    assert said(whole) == [sentence]


def cloze(gap: Gap, **more: Any) -> Question:
    return of("cloze", Cloze(gaps=(gap,), **more), stem=Rich("{#1}"))


def short(word: str) -> Gap:
    return Gap(short_text=ShortText(answers=(Accepted(text=word),)))


PAIRS = (Pair(key="a", stem=Rich("x"), match="1"), Pair(key="b", stem=Rich("y"), match="2"))
UNWRITTEN = {
    "all or nothing": (
        of("multiple_choice", MultipleChoice(options=options(None, None), rule=MultipleRule.ALL_OR_NOTHING)),
        "Only exactly the right options earn the mark, which Moodle's question does not know.",
    ),
    "below nothing": (
        of(
            "multiple_choice",
            MultipleChoice(options=options("1", "-1"), rule=MultipleRule.WEIGHTS, lowest=Decimal(-1)),
        ),
        "It may earn less than nothing, which Moodle's question does not know.",
    ),
    "no grade for so many": (
        of("multiple_choice", MultipleChoice(options=options(*[None] * 12, right=11))),
        "It has 11 right options, and Moodle has no grade for one of so many.",
    ),
    "weights of pairs": (
        of("matching", Matching(pairs=(PAIRS[0], replace(PAIRS[1], weight=Decimal(2))))),
        "Its pairs weigh differently, which Moodle's question does not know.",
    ),
    "all pairs": (
        of("matching", Matching(pairs=PAIRS, all_or_nothing=True)),
        "Only all pairs together earn the mark, which Moodle's question does not know.",
    ),
    "all gaps of words": (
        of("gap_fill", GapFill(words=(Word(text="a"),), gaps=(1,), all_or_nothing=True), stem=Rich("[[1]]")),
        "Only all gaps together earn the mark, which Moodle's question does not know.",
    ),
    "other gaps than in the text": (
        of("gap_fill", GapFill(words=(Word(text="a"), Word(text="b")), gaps=(2,)), stem=Rich("[[1]]")),
        "Its answers would come back as others: a sign in them means something else in Moodle.",
    ),
    "all gaps": (
        cloze(short("a"), all_or_nothing=True),
        "Only all gaps together earn the mark, which Moodle's question does not know.",
    ),
    "a tilde": (cloze(short("a~b")), "An accepted answer of a gap has a ~, which Moodle's gaps cannot hold."),
    "a backslash at the end": (cloze(short("a\\")), "Gap 1: It has no end. Close it with }, and write \\} for a bracket within."),
    "a unit in a gap": (
        cloze(Gap(numeric=Numeric(answers=(AcceptedNumber(value=Decimal(1)),), units=(Unit(name="m"),)))),
        "A gap asks for a number with a unit, which Moodle's gaps do not know.",
    ),
    "gaps that are not there": (
        of("cloze", Cloze(gaps=()), stem=Rich("{#1}")),
        "The gaps in its text are not those that it has. Save it anew.",
    ),
    "a gap that is one in Moodle": (
        replace(cloze(short("a")), stem=Rich("{#1} {1:SA:=b}")),
        "Its answers would come back as others: a sign in them means something else in Moodle.",
    ),
    "geometric": (
        of(
            "numeric",
            Numeric(
                answers=(AcceptedNumber(value=Decimal(2), tolerance=Decimal("0.1"), rule=Tolerance.GEOMETRIC),),
            ),
        ),
        "A tolerance is relative to its number, which Moodle's question does not know.",
    ),
    "relative": (
        of(
            "numeric",
            Numeric(answers=(AcceptedNumber(value=Decimal(2), tolerance=Decimal("0.1"), rule=Tolerance.RELATIVE),)),
        ),
        "A tolerance is relative to its number, which Moodle's question does not know.",
    ),
    "an open range": (
        of("numeric", Numeric(answers=(AcceptedNumber(low=Decimal(2)),))),
        "A range has no end, which Moodle's question does not know.",
    ),
    "a range of many digits": (
        of("numeric", Numeric(answers=(AcceptedNumber(low=Decimal("1E-20"), high=Decimal("1E+20")),))),
        "A range has too many digits to be written as its middle and a tolerance.",
    ),
    "ratings": (of("self_rating", SelfRating(levels=("a", "b"))), "Moodle has no such kind of question."),
    "a control character in a key": (
        of("short_text", ShortText(answers=(Accepted(text="a\x00b"),))),
        "“ab” has characters that XML cannot hold. Take them out.",
    ),
    "what Moodle would refuse": (
        of("multiple_choice", MultipleChoice(options=options("0.5", "0"), rule=MultipleRule.WEIGHTS)),
        "Its right options earn 50 % together. Share out 100 % among them.",
    ),
    "what would be cut off": (
        of(
            "single_choice",
            SingleChoice(
                options=(
                    Option(key="a", text=Rich("x"), correct=True),
                    Option(key="b", text=Rich("x "), correct=False),
                ),
            ),
        ),
        "“x” is there 2 times. Word the options so that they differ.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNWRITTEN)
def test_what_would_be_marked_otherwise_is_not_written(case: str) -> None:
    whole, sentence = UNWRITTEN[case]
    assert unwritten(whole) == sentence


def test_one_question_that_is_not_written_keeps_no_other_out() -> None:
    whole = text()
    writing = write([UNWRITTEN["ratings"][0], whole])
    assert [found.question for found in read(writing.data).found] == [whole]
    assert len(writing.lost) == 1


def test_nothing_is_a_file_without_questions() -> None:
    assert write([]).data == b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n</quiz>\n'
