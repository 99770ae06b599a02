"""Questions out by command: what is asked today, of which banks, and what a format leaves behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from academy.exchange.questions.export import stored_questions
from academy.exchange.questions.formats import FORMATS, WRITERS, read_questions
from assessments.api import make_ready, save_draft
from assessments.item_types import bodies
from assessments.item_types.questions import Picture, Question
from assessments.item_types.rich import Rich, TextFormat
from assessments.models import Item, ItemBank
from tests.factories.assessments import ItemBankFactory
from tests.factories.framework import SkillFactory
from tests.factories.people import UserFactory
from tests.support.commands import run
from tests.support.many_questions import MAKERS, many_questions
from tests.support.moment import AT

pytestmark = pytest.mark.django_db


def truth(name: str, *category: str) -> Question:
    return Question(
        kind="true_false", stem=Rich(f"{name}?"), name=name, category=category, body=bodies.TrueFalse(answer=True)
    )


def stored(bank: ItemBank, question: Question, *, ready: bool = True) -> None:
    """Store it under its name in small letters."""
    version, _made = save_draft(
        bank=bank, code=question.name.lower(), question=question, skill=SkillFactory(), proficiency=2, by=None, at=AT
    )
    if ready:
        make_ready(version=version, by=None, at=AT)


def names(file: Path, form: str = "csv") -> list[str]:
    reading = read_questions(file.read_bytes(), form)
    assert reading.problems == ()
    return [found.question.name for found in reading.found if found.question]


@pytest.fixture
def banks() -> tuple[ItemBank, ItemBank]:
    one, two = ItemBankFactory(code="one"), ItemBankFactory(code="two")
    stored(one, truth("A", "Law"))
    stored(one, truth("B", "Law", "EU"))
    stored(one, truth("C", "Laws"))
    stored(two, truth("D"))
    stored(two, truth("Draft"), ready=False)
    stored(two, truth("Old"))
    Item.objects.filter(code="old").update(retired_at=AT, retired_by=UserFactory())
    return one, two


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), ["C", "A", "B", "D"]),
        (("--bank", "one"), ["C", "A", "B"]),
        (("--bank", "one", "--bank", "two", "--drafts"), ["C", "A", "B", "D", "Draft"]),
        (("--category", "Law"), ["A", "B"]),
        (("--category", "Law/EU"), ["B"]),
        (("--category", "Nothing"), []),
    ],
    ids=["all", "bank", "drafts", "category", "below", "none"],
)
def test_what_is_asked_today_is_written(
    banks: tuple[ItemBank, ItemBank], tmp_path: Path, options: tuple[str, ...], expected: list[str]
) -> None:
    file = tmp_path / "out.gift"

    status, out, err = run("export_questions", "--format", "gift", "--output", str(file), *options)

    assert (status, out, err) == (0, "", "")
    assert sorted(names(file, "gift") if expected else []) == sorted(expected)


def test_ready_version_is_written_although_a_later_draft_says_otherwise(tmp_path: Path) -> None:
    bank = ItemBankFactory()
    stored(bank, truth("A"))
    changed = Question(kind="true_false", stem=Rich("Other?"), name="A", body=bodies.TrueFalse(answer=False))
    stored(bank, changed, ready=False)

    stems = [[one.stem.text for one in stored_questions(None, drafts=drafts)] for drafts in (False, True)]

    assert stems == [["A?"], ["Other?"]]


def test_what_a_format_cannot_hold_is_said(tmp_path: Path) -> None:
    bank = ItemBankFactory()
    stored(bank, Question(kind="file_upload", stem=Rich("Hand in."), name="Up", body=bodies.FileUpload()))
    stored(bank, truth("A"))
    file = tmp_path / "out.gift"

    status, _out, err = run("export_questions", "--format", "gift", "--output", str(file))

    assert status == 2
    assert err.splitlines()[0].startswith("Up: The question is left out.")
    assert err.splitlines()[-1].endswith("left out.")
    assert names(file, "gift") == ["A"]


def test_output_goes_to_the_screen_or_is_refused_in_one_sentence(tmp_path: Path) -> None:
    stored(ItemBankFactory(), truth("A"))

    assert "A?{TRUE}" in run("export_questions", "--format", "gift")[1].replace(" ", "")
    status, out, err = run("export_questions", "--format", "gift", "--output", str(tmp_path))
    assert (status, out, err) == (2, "", f"Cannot write {tmp_path}: Is a directory.")
    assert run("export_questions", "--format", "gift", "--bank", "x")[::2] == (2, "There is no question bank “x”.")


@pytest.mark.parametrize("version", ["2.1", "2.2", "3.0"])
def test_package_is_of_the_version_that_was_asked_for(tmp_path: Path, version: str) -> None:
    stored(ItemBankFactory(), truth("A"))
    file = tmp_path / "out.zip"

    status, _out, _err = run("export_questions", "--format", "qti", "--output", str(file), "--qti-version", version)

    assert status == 0
    manifest = zipfile.ZipFile(file).read("imsmanifest.xml").decode()
    assert {"2.1": "imsqti_item_xmlv2p1", "2.2": "imsqti_item_xmlv2p2", "3.0": "imsqti_item_xmlv3p0"}[
        version
    ] in manifest
    assert names(file, "qti") == ["A"]


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_what_a_format_holds_survives_the_bank_and_the_file(tmp_path: Path, form: str) -> None:
    """Import our own CSV, export another format, import that into an empty bank, and compare the bodies."""
    bank = ItemBankFactory()
    wanted = {question.name: question for question, _said in many_questions(len(MAKERS))}
    seen = Question(
        kind="description",
        stem=Rich('<p>See <img src="picture:a.png" alt="red"></p>', TextFormat.HTML),
        name="Seen",
        body=bodies.Description(),
        pictures=(Picture(name="a.png", data=picture()),),
    )
    for question in [*wanted.values(), seen]:
        stored(bank, question, ready=False)
    file = tmp_path / f"out{FORMATS[form].extension}"

    status, _out, err = run("export_questions", "--format", form, "--drafts", "--output", str(file))
    told = {line.partition(": ")[0] for line in err.splitlines()[:-1]}
    reading = read_questions(file.read_bytes(), form)

    assert (status == 2) == bool(told)
    assert reading.problems == ()
    assert [found.problems for found in reading.found if found.problems] == []
    back = {found.question.name: found.question for found in reading.found if found.question}
    assert set(wanted) - set(back) <= told
    for name, question in back.items():
        if name not in told:
            before = wanted.get(name, seen)
            assert (question.kind, question.stem, question.pictures) == (before.kind, before.stem, before.pictures)
    if form == "csv":
        assert {name: one.body for name, one in back.items()} == {
            one.name: one.body for one in [*wanted.values(), seen]
        }


def test_queries_do_not_grow_with_the_questions() -> None:
    bank = ItemBankFactory()
    counts = []
    for number, batch in enumerate([1, 3]):
        for one in range(batch):
            stored(bank, truth(f"N{number}{one}"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(list(stored_questions([bank]))) == (1 if number == 0 else 4)
        counts.append(len(queries))

    assert counts == [3, 3]
