"""Marking by command: nothing is stored, nothing is asked of the database, every response has its row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from academy.exchange.questions.csv import write
from tests.support.commands import no_queries, run
from tests.support.many_questions import many_questions

FILE = """\
::Sum:: 2 + 2? {=4 ~%-50%5 ~3}

::Truth:: So it is. {TRUE}

::Word:: Grey? {=grey =%50%gray}

::Number:: Two. {#2:0.1}

::Pairs:: Which? {=a -> b =c -> d}

::Essay:: Why? {}

::Comma:: How many? {#1,5}

::Same:: One. {T}

::Same:: Two. {F}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    questions, responses = tmp_path / "q.gift", tmp_path / "r.json"
    questions.write_text(FILE)
    return questions, responses


def mark(files: tuple[Path, Path], rows: Any, form: str = "gift") -> tuple[int, str, str]:
    files[1].write_text(rows if isinstance(rows, str) else json.dumps(rows))
    with no_queries():
        return run("mark_responses", str(files[0]), str(files[1]), "--format", form)


def one(files: tuple[Path, Path], item: str, response: dict[str, Any], **more: str) -> list[Any]:
    """Fraction, state and message of one response."""
    status, out, err = mark(files, [{"item": item, "response": response, **more}])
    assert (status, err) == (0, "")
    (row,) = json.loads(out)
    assert row["item"] == item
    return [row["fraction"], row["state"], *([row["message"]] if "message" in row else [])]


@pytest.mark.parametrize(
    ("item", "response", "expected"),
    [
        ("Sum", {"choice": "4"}, ["1.0000000", "right"]),
        ("Sum", {"choice": "5"}, ["-0.5000000", "wrong"]),
        ("Sum", {"choice": " 3 "}, ["0.0000000", "wrong"]),
        ("Sum", {}, [None, "unanswered"]),
        (" Sum ", {}, [None, "unanswered"]),
        ("Sum", {"choice": "6"}, [None, "invalid", "No option reads “6”."]),
        ("Sum", {"boolean": True}, [None, "invalid", "This question is answered by one choice."]),
        ("Truth", {"boolean": True}, ["1.0000000", "right"]),
        ("Truth", {"choice": "False"}, ["0.0000000", "wrong"]),
        ("Truth", {"choice": "maybe"}, [None, "invalid", "This question is answered by true or false."]),
        ("Word", {"text": "GRAY "}, ["0.5000000", "partly_right"]),
        ("Word", {"text": ""}, [None, "unanswered"]),
        ("Number", {"number": "2.1"}, ["1.0000000", "right"]),
        ("Pairs", {"pairs": {"a": "b", "c": "b"}}, ["0.5000000", "partly_right"]),
        ("Essay", {"text": "Because."}, [None, "needs_marking"]),
        ("Essay", {}, [None, "unanswered"]),
        ("Comma", {"number": "1.5"}, [None, "refused", "“1,5” has a comma, and would be another number. Write 1.5."]),
        ("Nothing", {"text": "x"}, [None, "unknown"]),
        ("", {"text": "x"}, [None, "unknown"]),
        ("Same", {"boolean": True}, ["1.0000000", "right"]),
        ("Same#1", {"boolean": True}, ["1.0000000", "right"]),
        ("Same#2", {"boolean": True}, ["0.0000000", "wrong"]),
        ("Same#3", {"boolean": True}, [None, "unknown"]),
    ],
    ids=range(23),
)
def test_response_earns_what_the_file_says(
    files: tuple[Path, Path], item: str, response: dict[str, Any], expected: list[Any]
) -> None:
    assert one(files, item, response) == expected


def test_decimal_comma_is_one_where_it_is_said(files: tuple[Path, Path]) -> None:
    assert one(files, "Number", {"number": "2,1"}, locale="comma") == ["1.0000000", "right"]
    assert one(files, "Number", {"number": "2.1"}, locale="point") == ["1.0000000", "right"]


def test_item_of_qti_is_found_by_its_title_and_its_identifier_although_refused(files: tuple[Path, Path]) -> None:
    files[0].write_text(
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="item-1" title="First"'
        ' adaptive="true" timeDependent="false"><itemBody><p>So?</p></itemBody></assessmentItem>'
    )
    rows = [{"item": name, "response": {}} for name in ("First", "item-1", "item-2")]

    status, out, _err = mark(files, rows, form="qti")

    assert (status, [row["state"] for row in json.loads(out)]) == (0, ["refused", "refused", "unknown"])


def test_half_a_character_is_printed_as_it_came(files: tuple[Path, Path]) -> None:
    status, out, _err = mark(files, r'[{"item": "\ud83d", "response": {}}]')

    assert (status, json.loads(out)[0]["state"], out.isascii()) == (0, "unknown", True)


def test_rows_keep_their_order(files: tuple[Path, Path]) -> None:
    items = ["Word", "Nothing", "Sum", "Word"]

    _status, out, _err = mark(files, [{"item": item, "response": {}} for item in items])

    assert [row["item"] for row in json.loads(out)] == items


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("{", "The responses are not JSON in UTF-8: "),
        ("[" * 100_000, "The responses are nested too deeply."),
        ("{}", "The responses must be a list"),
        ([1], "Response 1 has no “item” with the name of a question."),
        ([{"item": 5, "response": {}}], "Response 1 has no “item” with the name of a question."),
        ([{"item": "Sum", "response": {}}, {"item": "Sum"}], "Response 2 has no “response”; {} is no answer."),
        ([{"item": "Sum", "response": []}], "Response 1 has no “response”; {} is no answer."),
        ([{"item": "Sum", "response": {}, "locale": "de"}], "The “locale” of response 1 is neither comma nor point."),
        ([{"item": "Sum", "response": {}, "locale": []}], "The “locale” of response 1 is neither comma nor point."),
    ],
    ids=range(9),
)
def test_responses_that_cannot_be_read_are_one_sentence(files: tuple[Path, Path], rows: Any, told: str) -> None:
    status, out, err = mark(files, rows)

    assert (status, out) == (2, "")
    assert err.startswith(told)


def test_responses_in_another_encoding_and_a_file_without_questions_are_said(files: tuple[Path, Path]) -> None:
    files[1].write_bytes(b"\xff\xfe[")
    assert run("mark_responses", *map(str, files), "--format", "gift")[2].startswith("The responses are not JSON")
    files[1].write_text("[]")
    files[0].write_bytes(b"")
    assert run("mark_responses", *map(str, files), "--format", "gift")[::2] == (
        2,
        f"{files[0]}:0: The file is empty.",
    )


JUNK: list[dict[str, Any]] = [
    {"choice": 5},
    {"choices": "a"},
    {"choices": [5, None]},
    {"boolean": "yes"},
    {"text": None},
    {"text": ["x"]},
    {"number": 5},
    {"number": "1e999999999"},
    {"number": "1", "unit": 5},
    {"pairs": []},
    {"pairs": {"a": 5}},
    {"order": 5},
    {"order": [[]]},
    {"gaps": {}},
    {"gaps": [5, None]},
    {"gaps": [["a", 5]]},
    {"strange": 1},
    {"text": "x", "choice": "y"},
]


def test_no_response_breaks_any_kind(files: tuple[Path, Path]) -> None:
    made = list(many_questions(26))
    files[0].write_bytes(write([question for question, _said in made]).data)
    rows = [{"item": one.name, "response": response} for one, _said in made for response in JUNK]

    status, out, _err = mark(files, rows, form="csv")

    states = {row["state"] for row in json.loads(out)}
    assert (status, len(json.loads(out))) == (0, len(rows))
    assert "invalid" in states
    assert states <= {"invalid", "wrong", "unanswered", "needs_marking", "not_marked"}


@pytest.mark.parametrize(
    ("question", "name", "state"),
    [
        (f"::{'N' * 400}::One {{=a ~b}}", "N" * 400, "right"),
        (f"::{'R' * 100}::One {{=a ~}}", "R" * 100, "refused"),
        ("[html]<p>Which&nbsp;one?</p> {=a ~}", "Which one?", "refused"),
        ("::::Which one? {=a ~b}", "Which one?", "right"),
    ],
    ids=["long", "long and refused", "refused without a name", "empty name"],
)
def test_question_is_found_by_any_name(files: tuple[Path, Path], question: str, name: str, state: str) -> None:
    files[0].write_text(question + "\n")
    assert one(files, name, {"choice": "a"})[1] == state
