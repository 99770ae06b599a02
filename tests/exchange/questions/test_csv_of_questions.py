"""Questions as a table: what a trainer types, what an export writes, and everything that can be wrong with it."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from academy.exchange.questions.csv import read, write
from assessments.item_types import bodies
from assessments.item_types.bodies import Accepted, AcceptedNumber, MultipleRule, Option, OrderingRule, Pair, Step
from assessments.item_types.questions import Hint, Picture, Question, Verdicts
from assessments.item_types.rich import Rich, TextFormat
from tests.support.wild_questions import BODIES, questions_of

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def table(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    """A file as a spreadsheet program writes it."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    written = csv.DictWriter(stream, names, restval="", delimiter=delimiter)
    written.writeheader()
    written.writerows(rows)
    return stream.getvalue().encode()


def one(row: dict[str, str]) -> Question:
    """The question of a table of one row."""
    reading = read(table(row))
    assert reading.problems == ()
    (found,) = reading.found
    assert found.problems == ()
    assert found.question
    return found.question


def problems(row: dict[str, str]) -> list[str]:
    """What is wrong with a table of one row."""
    reading = read(table(row))
    assert reading.problems == ()
    (found,) = reading.found
    assert found.question is None
    return list(found.problems)


@pytest.mark.parametrize("kind", sorted(BODIES))
def test_any_question_of_any_kind_comes_back_as_it_was(kind: str) -> None:
    @FEW
    @given(st.lists(questions_of(kind), min_size=1, max_size=3))
    def check(questions: list[Question]) -> None:
        writing = write(questions)
        reading = read(writing.data)

        assert writing.lost == ()
        assert reading.problems == ()
        assert [found.question for found in reading.found] == questions

    check()


@pytest.mark.parametrize(
    ("cells", "body"),
    [
        (
            {"type": "single_choice", "option 1": "Yes", "fraction 1": "right", "feedback 1": "So it is.", "option 2": "No"},
            bodies.SingleChoice(
                options=(
                    Option(key="a", text=Rich("Yes"), correct=True, feedback=Rich("So it is.")),
                    Option(key="b", text=Rich("No"), correct=False),
                )
            ),
        ),
        (
            {"type": "Single Choice", "option 1": "A", "fraction 1": "100%", "option 2": "B", "fraction 2": "-33,33333%"},
            bodies.SingleChoice(
                options=(
                    Option(key="a", text=Rich("A"), correct=True, fraction=Decimal(1)),
                    Option(key="b", text=Rich("B"), correct=False, fraction=Decimal("-0.3333333")),
                )
            ),
        ),
        (
            {
                "type": "multiple_choice", "option 1": "A", "fraction 1": "0.5", "option 2": "B", "fraction 2": "0,5",
                "option 4": "C", "fraction 4": "-1", "shuffle": "no",
            },
            bodies.MultipleChoice(
                options=(
                    Option(key="a", text=Rich("A"), correct=True, fraction=Decimal("0.5")),
                    Option(key="b", text=Rich("B"), correct=True, fraction=Decimal("0.5")),
                    Option(key="d", text=Rich("C"), correct=False, fraction=Decimal(-1)),
                ),
                rule=MultipleRule.WEIGHTS,
                shuffle=False,
            ),
        ),
        (
            {"type": "multiple-choice", "option 1": "A", "fraction 1": "Right", "option 2": "B", "fraction 2": "wrong"},
            bodies.MultipleChoice(
                options=(Option(key="a", text=Rich("A"), correct=True), Option(key="b", text=Rich("B"), correct=False))
            ),
        ),
        (
            {"type": "true_false", "answer": "TRUE", "feedback 2": "No."},
            bodies.TrueFalse(answer=True, feedback_false=Rich("No.")),
        ),
        (
            {"type": "short_text", "option 1": "grey", "option 2": "[pattern]gr*y", "fraction 2": "50 %", "case sensitive": "yes"},
            bodies.ShortText(
                answers=(Accepted(text="grey"), Accepted(text="gr*y", pattern=True, fraction=Decimal("0.5"))),
                case_sensitive=True,
            ),
        ),
        (
            {
                "type": "numeric", "option 1": "5 ± 0,1", "option 2": "5 +- 10%", "fraction 2": ".5",
                "option 3": "1 .. 9", "fraction 3": "0", "option 4": "*", "fraction 4": "0", "feedback 4": "Far off.",
                "unit": "kg",
            },
            bodies.Numeric(
                answers=(
                    AcceptedNumber(value=Decimal(5), tolerance=Decimal("0.1")),
                    AcceptedNumber(
                        value=Decimal(5), tolerance=Decimal("0.1"), rule=bodies.Tolerance.RELATIVE, fraction=Decimal("0.5")
                    ),
                    AcceptedNumber(low=Decimal(1), high=Decimal(9), fraction=Decimal(0)),
                    AcceptedNumber(fraction=Decimal(0), feedback=Rich("Far off.")),
                ),
                units=(bodies.Unit(name="kg"),),
            ),
        ),
        (
            {
                "type": "matching", "option 1": "France", "match 1": "Paris", "option 2": "Peru", "match 2": "Lima",
                "fraction 2": "2", "match 3": "Rome", "rule": "all or nothing",
            },
            bodies.Matching(
                pairs=(
                    Pair(key="a", stem=Rich("France"), match="Paris"),
                    Pair(key="b", stem=Rich("Peru"), match="Lima", weight=Decimal(2)),
                ),
                distractors=("Rome",),
                all_or_nothing=True,
            ),
        ),
        (
            {"type": "ordering", "option 1": "Plan", "option 2": "Buy", "rule": "relative_to_correct"},
            bodies.Ordering(
                steps=(Step(key="a", text=Rich("Plan")), Step(key="b", text=Rich("Buy"))),
                rule=OrderingRule.RELATIVE_TO_CORRECT,
            ),
        ),
        ({"type": "open_text"}, bodies.OpenText()),
        ({"type": "description"}, bodies.Description()),
        ({"type": "self_rating", "body": '{"levels": ["low", "high"]}'}, bodies.SelfRating(levels=("low", "high"))),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)  # fmt: skip
def test_what_a_trainer_types_is_a_question(cells: dict[str, str], body: Any) -> None:
    assert one({"text": "What?", **cells}).body == body


def test_everything_around_a_body_is_read() -> None:
    question = one(
        {
            "code": " law-1 ",
            "name": "Thresholds",
            "category": "Law/Works//services/EU",
            "type": "true_false",
            "text": "<p>Is it?</p>",
            "format": "HTML",
            "answer": "false",
            "feedback 1": "[plain]a < b",
            "explanation": "[markdown]*Since* 2014.",
            "feedback right": "<b>Well done</b>",
            "hint 1": "Think.",
            "hint 2": "[clear wrong][show count]Again.",
            "penalty": "10%",
            "mark": "2",
            "difficulty": "4",
            "language": "es",
            "tags": 'law, "works, services",  ',
            "pictures": '{"a.png": "AAEC"}',
        }
    )

    assert question == Question(
        kind="true_false",
        stem=Rich("<p>Is it?</p>", TextFormat.HTML),
        body=bodies.TrueFalse(answer=False, feedback_true=Rich("a < b")),
        name="Thresholds",
        code="law-1",
        category=("Law", "Works/services", "EU"),
        tags=("law", "works, services"),
        explanation=Rich("*Since* 2014.", TextFormat.MARKDOWN),
        verdicts=Verdicts(right=Rich("<b>Well done</b>", TextFormat.HTML)),
        hints=(
            Hint(text=Rich("Think.", TextFormat.HTML)),
            Hint(text=Rich("Again.", TextFormat.HTML), clear_wrong=True, show_count=True),
        ),
        penalty=Decimal("0.1"),
        mark=Decimal(2),
        difficulty=4,
        language="es",
        pictures=(Picture(name="a.png", data=b"\x00\x01\x02"),),
    )


def test_semicolons_and_the_mark_of_a_spreadsheet_program_are_read() -> None:
    row = {"type": "true_false", "text": "Año; ¿sí?", "answer": "true"}
    data = b"\xef\xbb\xbf" + table(row, {**row, "text": "二"}, delimiter=";")

    stems = [found.question.stem.text for found in read(data).found if found.question]

    assert stems == ["Año; ¿sí?", "二"]


OPTIONS = {"option 1": "A", "fraction 1": "right", "option 2": "B"}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"type": "riddle"}, "There is no type “riddle”. Write one of: cloze, description,"),
        ({"type": ""}, "There is no type “”."),
        ({"type": "description", "format": "word"}, "In the column “format”: Write one of: plain, markdown, html, moodle."),
        ({"type": "true_false", "answer": "maybe"}, "In the column “answer”: Write true or false."),
        ({"type": "true_false"}, "In the column “answer”: Write true or false."),
        ({"type": "single_choice", **OPTIONS, "fraction 2": "half"}, "In the column “fraction 2”: “half” is not a number. Write it like 0.5 or 50%."),
        ({"type": "single_choice", **OPTIONS, "shuffle": "often"}, "In the column “shuffle”: Write yes or no, not “often”."),
        ({"type": "single_choice", **OPTIONS, "match 1": "x"}, "The column “match 1” is not for questions of the type single_choice."),
        ({"type": "multiple_choice", **OPTIONS, "rule": "best"}, "In the column “rule”: Write one of: right_minus_wrong, weights, all_or_nothing."),
        ({"type": "matching", "option 1": "x", "match 1": "y", "rule": "no"}, "In the column “rule”: Write all_or_nothing, or leave it empty."),
        ({"type": "numeric", "option 1": "five"}, "In the column “option 1”: “five” is not a number."),
        ({"type": "numeric", "option 1": "5%"}, "In the column “option 1”: Write the number without a per cent sign."),
        ({"type": "numeric", "option 1": "1" * 61}, "In the column “option 1”: “1111"),
        ({"type": "numeric", "option 1": "1e999999999"}, "In the column “option 1”: “1e999999999” is not a number."),
        ({"type": "cloze"}, "Questions of the type cloze are written in the column “body”."),
        ({"type": "cloze", "option 1": "x", "body": '{"gaps": []}'}, "The column “option 1” is not for questions of the type cloze."),
        ({"type": "cloze", "body": "gaps"}, "In the column “body”: It is not JSON."),
        ({"type": "cloze", "body": "[" * 50_000}, "In the column “body”: It is nested too deeply."),
        ({"type": "cloze", "body": "{}"}, "In the column “body”: content:"),
        ({"type": "cloze", "body": "[]"}, "In the column “body”: content must be an object."),
        ({"type": "cloze", "body": '{"gaps": [], "x": 1}'}, "In the column “body”: content.x is not known."),
        ({"type": "numeric", "body": '{"answers": [{"value": NaN}]}'}, "In the column “body”: It is not JSON."),
        ({"type": "single_choice", **OPTIONS, "body": '{"options": []}'}, "The column “body” and the columns of the options differ."),
        ({"type": "description", "penalty": "a lot"}, "In the column “penalty”:"),
        ({"type": "description", "difficulty": "6"}, "In the column “difficulty”: Write a whole number from 1 to 5."),
        ({"type": "description", "tags": 'a, "b'}, "In the column “tags”: The quotation marks in"),
        ({"type": "description", "pictures": "[]"}, "In the column “pictures”: This is not a list of pictures"),
        ({"type": "description", "pictures": '{"a": "?"}'}, "In the column “pictures”: This is not a list of pictures"),
        ({"type": "description", "pictures": '{"a": 1}'}, "In the column “pictures”: This is not a list of pictures"),
    ],
    ids=range(29),
)  # fmt: skip
def test_wrong_cell_is_named_with_how_to_mend_it(cells: dict[str, str], told: str) -> None:
    (first, *others) = problems({"text": "What?", **cells})

    assert first.startswith(told)
    assert others == []


def test_body_and_columns_that_say_the_same_are_well() -> None:
    question = one({"type": "true_false", "text": "So?", "answer": "true", "body": '{"answer": true}'})

    assert question == Question(kind="true_false", stem=Rich("So?"), body=bodies.TrueFalse(answer=True))


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 0, "The file is empty."),
        (b"type,text\n", 0, "There are headings and no rows below them."),
        (b"type,question\ntrue_false,x\n", 1, "The column “text” is missing."),
        (b"type,text,\xff\n", 1, "This is not UTF-8 from here on."),
        ("type,text\ntrue_false,ñ\n".encode("latin-1"), 2, "This is not UTF-8 from here on."),
        ("type,text\n".encode("utf-16"), 1, "This is not UTF-8 from here on."),
        (b'type,text\ntrue_false,"x\n', 2, "A quotation mark that opens here has no end."),
        (b"type,text\n\x00,x\n", 2, "This is no CSV file."),
        (b"x" * (5 * 1024 * 1024 + 1), 0, "The file is larger than 5 MB."),
    ],
    ids=["empty", "no rows", "column", "heading", "latin", "wide", "quote", "zero", "large"],
)
def test_table_that_cannot_be_read_says_where_and_why(data: bytes, line: int, message: str) -> None:
    reading = read(data)

    assert reading.found == ()
    assert reading.problems[0].line == line
    assert reading.problems[0].message.startswith(message)


def test_rows_are_judged_one_by_one_with_their_lines() -> None:
    good = "true_false,So?,true,"
    reading = read(
        f'type,text,answer,name\n{good}A\n\ntrue_false,"two\nlines",what,B\n{good}\n{good}\n{good},x\n'.encode()
    )

    assert [(found.line, found.name, found.question is not None) for found in reading.found] == [
        (2, "A", True),
        (4, "B", False),
        (6, "Row 3", True),
        (7, "Row 4", True),
        (8, "Row 5", False),
    ]


def test_cells_are_no_formulas_and_come_back() -> None:
    texts = ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "'=1", "''=1", "\uff1d1", " =1", "'quoted'", "\n=1"]
    questions = [
        Question(kind="short_text", stem=Rich(text), name=text, body=bodies.ShortText(answers=(Accepted(text=text),)))
        for text in texts
    ]

    data = write(questions).data

    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert [cell for cell in cells if cell.lstrip() and cell.lstrip()[0] in "=+-@\uff1d"] == []
    assert [found.question for found in read(data).found] == questions


SMALL = Question(kind="description", stem=Rich("x"), name="Small", body=bodies.Description())


@pytest.mark.parametrize(
    "question",
    [
        replace(SMALL, stem=Rich("x" * 131_072)),
        replace(SMALL, stem=Rich("half \ud83d")),
        replace(SMALL, stem=Rich("zero \x00")),
        replace(SMALL, category=("a", "")),
        replace(SMALL, hints=(Hint(text=Rich("x")),) * 21),
        replace(SMALL, mark=Decimal("1E+999999")),
        replace(SMALL, pictures=(Picture(name="a", data=b"1"), Picture(name="a", data=b"2"))),
    ],
    ids=["large", "half a character", "zero", "category", "hints", "number", "pictures"],
)
def test_question_that_would_not_come_back_is_left_out_and_told(question: Question) -> None:
    writing = write([question, SMALL])

    assert [(note.item, note.message.split(" and ")[0]) for note in writing.lost] == [
        ("Small", "It does not fit into the cells of a table")
    ]
    assert [found.question for found in read(writing.data).found] == [SMALL]


def test_large_pictures_are_left_out_and_told() -> None:
    large = replace(SMALL, pictures=(Picture(name="a.png", data=b"1" * 100_000),))

    writing = write([large])

    assert [note.message for note in writing.lost] == [
        "Its pictures are too large for a cell and were left out. Export it as Moodle XML or QTI."
    ]
    assert [found.question for found in read(writing.data).found] == [SMALL]


def test_table_that_no_import_takes_is_told() -> None:
    writing = write([replace(SMALL, name=str(number)) for number in range(5_001)])

    assert [note.message for note in writing.lost] == [
        "The table is larger than an import takes. Export bank by bank, or by category."
    ]
    assert read(writing.data).problems[0].message == "There are more than 5000 rows. Split the file."


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """The file, damaged in one of the ways in which files are damaged."""
    at, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return chance.choice(
        [
            data[:at],
            data[at:],
            data[:at] + data[end:],
            data[:at] + data[at:end] * 3 + data[end:],
            data[:at] + bytes(chance.randrange(256) for _ in range(8)) + data[at:],
            data[:at]
            + chance.choice([b'"', b"\r", b"\n", b",", b";", b"\x00", b"\xef\xbb\xbf", b"{" * 999])
            + data[at:],
            data.replace(b",", b";"),
            data.decode("utf-8-sig", errors="replace").encode("utf-16"),
            data[:at] + data[at:end].swapcase() + data[end:],
        ]
    )


def test_damaged_files_are_refused_and_break_nothing() -> None:
    chance = random.Random(7)  # noqa: S311 # the same damage each time
    sound = write([_sample(kind, chance) for kind in sorted(BODIES)]).data

    for _number in range(600):
        damaged = spoilt(sound, chance)
        reading = read(spoilt(damaged, chance) if len(damaged) > 1 and chance.random() < 0.3 else damaged)

        assert bool(reading.problems) != bool(reading.found)
        assert all((found.question is None) == bool(found.problems) for found in reading.found)


def _sample(kind: str, chance: random.Random) -> Question:
    """A question with a body that needs every kind of column."""
    samples: dict[str, Any] = {
        "single_choice": bodies.SingleChoice(options=(Option(key="x", text=Rich("A"), correct=True),)),
        "multiple_choice": bodies.MultipleChoice(options=(Option(key="a", text=Rich("A"), correct=True),), least=1),
        "true_false": bodies.TrueFalse(answer=True),
        "short_text": bodies.ShortText(answers=(Accepted(text="a*", pattern=True),)),
        "numeric": bodies.Numeric(answers=(AcceptedNumber(value=Decimal("1.5"), tolerance=Decimal("0.1")),)),
        "matching": bodies.Matching(pairs=(Pair(key="a", stem=Rich("s"), match="m"),), distractors=("d",)),
        "ordering": bodies.Ordering(steps=(Step(key="a", text=Rich("1")),)),
        "gap_fill": bodies.GapFill(words=(bodies.Word(text="w"),)),
        "cloze": bodies.Cloze(gaps=(bodies.Gap(short_text=bodies.ShortText(answers=(Accepted(text="a"),))),)),
        "open_text": bodies.OpenText(lines=3),
        "file_upload": bodies.FileUpload(),
        "self_rating": bodies.SelfRating(levels=("low", "high")),
        "description": bodies.Description(),
    }
    number = chance.randrange(100)
    return Question(
        kind=kind,
        stem=Rich(f"“{kind}” {number}\nñ", chance.choice(list(TextFormat))),
        body=samples[kind],
        name=f"Name, {number}",
        hints=(Hint(text=Rich("h"), show_count=True),),
        tags=("a", "b,c"),
        pictures=(Picture(name="p.png", data=bytes([number])),),
    )
