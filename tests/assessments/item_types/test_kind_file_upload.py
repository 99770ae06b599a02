"""Files that a view has stored."""

from __future__ import annotations

from typing import Any

import pytest

from assessments.item_types import InvalidResponse
from assessments.item_types.bodies import FileUpload
from assessments.item_types.file_upload import TYPE
from assessments.item_types.rich import EMPTY
from tests.support.answers_of_questions import UUID

OTHER = "00000000-0000-4000-8000-000000000001"
BODY = FileUpload(types=(".pdf", ".DOCX"), most=2, megabytes=1)
GONE = "This file is not there any more. Choose it again."


def sent(*files: tuple[str, str, str]) -> dict[str, list[str]]:
    form: dict[str, list[str]] = {"file": [uuid for uuid, _name, _size in files]}
    for uuid, name, size in files:
        form |= {f"file-{uuid}-name": [name], f"file-{uuid}-size": [size]}
    return form


def test_parse_keeps_what_the_view_has_stored() -> None:
    response = TYPE.parse(
        BODY, sent((UUID, "My plan.PDF", "1048576"), (OTHER, "b.docx", "1"), (UUID, "My plan.PDF", "1048576"))
    )

    assert response == {
        "files": [
            {"uuid": UUID, "name": "My plan.PDF", "size": 1048576},
            {"uuid": OTHER, "name": "b.docx", "size": 1},
        ]
    }
    assert TYPE.present(BODY, EMPTY, [], response)["files"] == response["files"]
    assert TYPE.spoken(BODY, EMPTY, [], response) == ("My plan.PDF", "b.docx")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a file."),
        ({"file": ["../../etc/passwd"]}, GONE),
        ({"file": [UUID]}, GONE),
        (sent((UUID, "", "1")), GONE),
        (sent((UUID, "a.pdf", "-1")), GONE),
        (sent((UUID, "a.pdf", "many")), GONE),
        (sent((UUID, "a.exe", "1")), "“a.exe” is not of a type that is asked for: .pdf, .DOCX."),
        (sent((UUID, "pdf", "1")), "“pdf” is not of a type that is asked for: .pdf, .DOCX."),
        (sent((UUID, "a.pdf", "1048577")), "“a.pdf” is larger than 1 megabyte."),
        ({"file": [UUID, OTHER, "third"]}, "Give at most 2 files."),
    ],
)
def test_parse_refuses(form: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(InvalidResponse) as refused:
        TYPE.parse(BODY, form)

    assert str(refused.value) == sentence


def test_mark_waits_for_a_person() -> None:
    assert TYPE.mark(BODY, {"files": [{"uuid": UUID, "name": "a.pdf", "size": 1}]}) is None
    assert TYPE.mark(BODY, {}) == 0


@pytest.mark.parametrize(
    ("fields", "sentences"),
    [
        ({}, []),
        ({"least": 0}, ["Ask for at least 1 file and at most 10."]),
        ({"least": 2, "most": 1}, ["Ask for at least 1 file and at most 10."]),
        ({"most": 11}, ["Ask for at least 1 file and at most 10."]),
        ({"types": ()}, ["Give the types of files by their ends, such as .pdf."]),
        ({"types": ("pdf",)}, ["Give the types of files by their ends, such as .pdf."]),
        ({"types": (".",)}, ["Give the types of files by their ends, such as .pdf."]),
        ({"types": (".p/df",)}, ["Give the types of files by their ends, such as .pdf."]),
        ({"megabytes": 0}, ["A file has from 1 to 100 megabytes."]),
        ({"megabytes": 101}, ["A file has from 1 to 100 megabytes."]),
    ],
)
def test_problems_say_each_thing(fields: dict[str, Any], sentences: list[str]) -> None:
    assert TYPE.problems(FileUpload(**fields)) == sentences


def test_from_outside_takes_no_files() -> None:
    assert TYPE.from_outside(BODY, EMPTY, {}) == {}
    with pytest.raises(InvalidResponse):
        TYPE.from_outside(BODY, EMPTY, {"files": [{"uuid": UUID, "name": "a.pdf", "size": 1}]})
