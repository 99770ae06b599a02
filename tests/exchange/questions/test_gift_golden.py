"""Documents with every feature of GIFT, each with what must come of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from academy.exchange.questions import gift
from academy.exchange.questions.reading import Found
from assessments.item_types import codec

FOLDER = Path(__file__).parents[2] / "golden" / "questions" / "gift"
DOCUMENTS = sorted(path.stem for path in FOLDER.glob("*.gift"))


def told(found: Found) -> dict[str, Any]:
    line: dict[str, Any] = {"line": found.line, "name": found.name}
    if found.question is not None:
        line["question"] = codec.dump(found.question)
    if found.problems:
        line["problems"] = list(found.problems)
    if found.lost:
        line["lost"] = list(found.lost)
    return line


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_reads_as_it_was_meant(name: str) -> None:
    reading = gift.read((FOLDER / f"{name}.gift").read_bytes())
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert reading.problems == ()
    assert [told(found) for found in reading.found] == expected


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_that_was_written_again_says_the_same(name: str) -> None:
    questions = [one.question for one in gift.read((FOLDER / f"{name}.gift").read_bytes()).found if one.question]
    writing = gift.write(questions)
    assert writing.lost == ()
    assert [found.question for found in gift.read(writing.data).found] == questions
