"""Taking questions in by command: everything or nothing, or the good ones; told to people and to programs."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from academy.exchange.questions.csv import read, write
from assessments.models import Item, ItemBank, ItemVersion, ReadyVersion
from tests.factories.assessments import ItemBankFactory
from tests.factories.framework import SkillFactory
from tests.support.commands import no_queries, run
from tests.support.many_questions import many_questions

GOOD = """\
$CATEGORY: Law/EU

::Sum:: 2 + 2? {=4 #Yes ~%-50%5 ~3}

::Truth:: So it is. {TRUE}
"""
BAD = "\n::Comma:: How many? {#1,5}\n"


def take(file: Path, *options: str, form: str = "gift") -> tuple[int, str, str]:
    return run("import_questions", str(file), "--format", form, *options)


def as_json(told: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told)
    return found


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    file = tmp_path / "a.gift"
    file.write_text(GOOD)
    return file


@pytest.fixture
def half(tmp_path: Path) -> Path:
    file = tmp_path / "half.gift"
    file.write_text(GOOD + BAD)
    return file


@pytest.mark.django_db
def test_questions_become_drafts_in_a_bank_of_their_own(gift: Path) -> None:
    status, out, err = take(gift)

    assert (status, err) == (0, "")
    assert out.splitlines() == [
        "new        sum (single_choice)",
        "new        truth (true_false)",
        "2 questions, 2 new, 0 changed, 0 unchanged, 0 refused.",
    ]
    first, second = Item.objects.order_by("code")
    assert (first.bank.code, first.code, first.category, first.ready_version) == ("imported", "sum", "Law/EU", None)
    version = first.versions.get()
    assert (version.number, version.kind, version.name, version.stem) == (1, "single_choice", "Sum", "2 + 2?")
    assert second.versions.get().content == {"answer": True}


@pytest.mark.django_db
def test_same_file_again_changes_nothing_and_another_text_is_a_new_version(gift: Path) -> None:
    take(gift)

    status, out, _err = take(gift)
    assert (status, out) == (0, "2 questions, 0 new, 0 changed, 2 unchanged, 0 refused.\n")

    gift.write_text(GOOD.replace("So it is", "So it was"))
    _status, out, _err = take(gift)
    assert out.splitlines()[0] == "changed    truth (true_false)"
    assert list(ItemVersion.objects.order_by("item__code", "number").values_list("item__code", "number")) == [
        ("sum", 1),
        ("truth", 1),
        ("truth", 2),
    ]


@pytest.mark.django_db
def test_bank_category_skill_and_readiness_are_as_asked(gift: Path) -> None:
    bank, skill = ItemBankFactory(code="law"), SkillFactory(slug="tendering")

    status, _out, err = take(
        gift, "--bank", "law", "--category", "From//to/2026", "--skill", "tendering", "--level", "2", "--ready"
    )

    assert (status, err) == (0, "")
    for item in Item.objects.all():
        version = item.versions.get()
        assert (item.bank, item.category, item.ready_version) == (bank, "From//to/2026/Law/EU", version)
        assert (version.skill, version.proficiency) == (skill, 2)
    take(gift, "--bank", "law", "--category", "From//to/2026", "--skill", "tendering", "--level", "3")
    assert sorted(ItemVersion.objects.values_list("number", "proficiency")) == [(1, 2), (1, 2), (2, 3), (2, 3)]
    assert ReadyVersion.objects.count() == 2
    assert not ItemBank.objects.filter(code="imported").exists()


@pytest.mark.django_db
def test_one_bad_question_keeps_all_out(half: Path) -> None:
    status, out, err = take(half)

    assert status == 2
    assert out.splitlines()[-2:] == ["3 questions, 2 new, 0 changed, 0 unchanged, 1 refused.", "Nothing was written."]
    assert err.splitlines() == [
        f"{half}:7: Comma: “1,5” has a comma, and would be another number. Write 1.5.",
        "Nothing was written: 1 problem in the file.",
    ]
    assert not Item.objects.exists()
    assert not ItemBank.objects.exists()


@pytest.mark.django_db
def test_good_ones_are_kept_when_that_is_asked(half: Path) -> None:
    status, out, err = take(half, "--keep-good")

    assert status == 2
    assert out.splitlines()[-1] == "3 questions, 2 new, 0 changed, 0 unchanged, 1 refused."
    assert err.splitlines()[-1] == "Not all was taken: 1 problem in the file."
    assert sorted(Item.objects.values_list("code", flat=True)) == ["sum", "truth"]


@pytest.mark.django_db
def test_programs_are_told_what_the_file_holds(half: Path) -> None:
    status, out, _err = take(half, "--json", "--keep-good")

    assert status == 2
    assert as_json(out) == {
        "questions": [
            {
                "name": "Sum",
                "type": "single_choice",
                "text": "2 + 2?",
                "options": [
                    {"text": "4", "fraction": "1"},
                    {"text": "5", "fraction": "-0.5"},
                    {"text": "3", "fraction": "0"},
                ],
            },
            {
                "name": "Truth",
                "type": "true_false",
                "text": "So it is.",
                "options": [{"text": "True", "fraction": "1"}, {"text": "False", "fraction": "0"}],
            },
        ],
        "problems": [
            {"line": 7, "item": "Comma", "message": "“1,5” has a comma, and would be another number. Write 1.5."}
        ],
        "lost": [],
    }
    assert Item.objects.count() == 2


def test_rehearsal_asks_no_database(half: Path) -> None:
    with no_queries():
        status, out, _err = take(half, "--dry-run", "--json")

    assert (status, [one["name"] for one in as_json(out)["questions"]]) == (2, ["Sum", "Truth"])


@pytest.mark.django_db
def test_rehearsal_for_a_bank_says_what_is_there_already(gift: Path) -> None:
    take(gift)

    status, out, _err = take(gift, "--dry-run", "--bank", "imported")

    assert (status, out.splitlines()[0]) == (0, "2 questions, 0 new, 0 changed, 2 unchanged, 0 refused.")


@pytest.mark.django_db
def test_code_of_another_bank_or_given_twice_or_retired_is_refused(tmp_path: Path) -> None:
    row = "true_false,So?,true"
    file = tmp_path / "a.csv"
    file.write_text(f"type,text,answer,code\n{row},one\n{row},two\n")
    assert take(file, form="csv")[0] == 0
    ItemBankFactory(code="other")
    file.write_text(f"type,text,answer,code\n{row},one\n{row},three\n{row},three\n{row},no code\n")

    status, _out, err = take(file, "--bank", "other", form="csv")

    assert status == 2
    assert err.splitlines()[:-1] == [
        f"{file}:2: one: The code “one” belongs to a question of another bank. Change it.",
        f"{file}:4: three: The code “three” is in this file already. Change one of the two.",
    ]
    assert Item.objects.count() == 2
    assert take(file, "--bank", "other", "--keep-good", form="csv")[0] == 2
    assert sorted(Item.objects.filter(bank__code="other").values_list("code", flat=True)) == ["no-code", "three"]


@pytest.mark.django_db
def test_names_that_are_alike_get_numbers_and_the_same_ones_again(tmp_path: Path) -> None:
    file = tmp_path / "a.gift"
    file.write_text("::A:: One. {T}\n\n::A:: Two. {T}\n\n$CATEGORY: x\n\n::a!:: Three. {T}\n\n::二:: Four. {T}\n")

    take(file)
    codes = ["a", "a-2", "a-3", "question"]
    assert sorted(Item.objects.values_list("code", flat=True)) == codes
    assert take(file)[1] == "4 questions, 0 new, 0 changed, 4 unchanged, 0 refused.\n"

    ItemBankFactory(code="other")
    take(file, "--bank", "other")
    assert sorted(Item.objects.filter(bank__code="other").values_list("code", flat=True)) == [
        "a-4",
        "a-5",
        "a-6",
        "question-2",
    ]


@pytest.mark.django_db
def test_bank_or_skill_that_is_not_there_is_said(gift: Path) -> None:
    assert take(gift, "--bank", "nowhere")[::2] == (2, "There is no question bank “nowhere”.")
    assert take(gift, "--skill", "none", "--level", "1")[::2] == (2, "There is no skill “none”.")
    assert take(gift, "--skill", "none")[::2] == (2, "Give --skill and --level together.")
    status, _out, err = take(gift, "--ready")
    assert (status, err) == (2, "Nothing was written. sum: Say which skill it asks for, and at which level.")
    assert not Item.objects.exists()
    assert not ItemBank.objects.exists()


@pytest.mark.parametrize("command", ["import_questions", "mark_responses"])
def test_file_that_cannot_be_had_is_one_sentence(tmp_path: Path, command: str) -> None:
    rest = ["--format", "gift"] if command == "import_questions" else [str(tmp_path / "r.json"), "--format", "gift"]
    (tmp_path / "empty").write_bytes(b" \n")
    for name, told in {
        "missing": "Cannot read {}: No such file or directory.",
        "": "{} is a folder. Name a file.",
        "x\0y": "There is no file of that name.",
    }.items():
        path = str(tmp_path / name) if name else str(tmp_path)
        with no_queries():
            status, out, err = run(command, path, *rest, *(["--dry-run"] if command == "import_questions" else []))

        assert (status, out, err) == (2, "", told.format(path))


def test_empty_file_and_one_without_questions_are_problems(tmp_path: Path) -> None:
    for content in [b"", b" \n ", b"// nothing\n"]:
        (tmp_path / "a").write_bytes(content)
        status, out, _err = take(tmp_path / "a", "--dry-run", "--json")

        assert (status, as_json(out)["questions"], len(as_json(out)["problems"])) == (2, [], 1)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"mark": "-1"}, "The mark must lie between 0 and 99999."),
        ({"penalty": "2"}, "The penalty for a try must lie between 0 and 1."),
        ({"name": "x" * 256}, "Its name is longer than 255 characters. Shorten it."),
        ({"category": "x" * 501}, "Its category is longer than 500 characters."),
        ({"text": ""}, "Write the question."),
        ({"pictures": '{"a.png": "AAEC"}'}, "“a.png” is no sound picture."),
        ({"pictures": '{"": "AAEC"}'}, "A picture has no name"),
        ({"type": "single_choice", "answer": "", "option 1": "A", "fraction 1": "right"}, "Give at least two options."),
        ({"type": "numeric", "answer": "", "body": r'{"answers": [{"value": "1E+350"}]}'}, "It holds a number that is too large or too long."),
        ({"type": "numeric", "answer": "", "body": r'{"answers": [{"value": "1E+999999999"}]}'}, "'1E+999999999' does not fit."),
        ({"type": "short_text", "answer": "", "body": r'{"answers": [{"text": "\ud800"}]}'}, "It holds a character that is none."),
        ({"type": "short_text", "answer": "", "body": r'{"answers": [{"text": "\u0000"}]}'}, "It holds a character that is none."),
    ],
    ids=range(12),
)  # fmt: skip
def test_question_that_no_bank_can_hold_is_refused(tmp_path: Path, cells: dict[str, str], told: str) -> None:
    row = {"type": "true_false", "text": "So?", "answer": "true", **cells}
    file = tmp_path / "a.csv"
    quoted = [cell.replace('"', '""') for cell in row.values()]
    file.write_text(",".join(row) + "\n" + ",".join(f'"{cell}"' for cell in quoted) + "\n")

    status, out, _err = take(file, "--dry-run", "--json", form="csv")

    (problem,) = as_json(out)["problems"]
    assert (status, problem["line"]) == (2, 2)
    assert problem["message"].split(": ")[-1].startswith(told)


def test_what_is_left_behind_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "type,text,answer,language,penalty,mark,category,format\n"
        'true_false,"<img src=""https://x.example/a.png"">",true,tlh,0.33333333,1.00000001,///a,html\n'
    )

    status, out, _err = take(file, "--dry-run", "--json", form="csv")

    assert status == 0
    assert [note["message"] for note in as_json(out)["lost"]] == [
        "The language “tlh” is not one of this site and was left out.",
        "The penalty was rounded to seven places.",
        "The mark was rounded to seven places.",
        "A slash at an end of a category’s name was left out.",
        "It cannot be made ready yet: A picture lies on another site: put it into the question itself.",
        "It cannot be made ready yet: Describe each picture in words, for those who cannot see it.",
    ]


@pytest.mark.django_db
def test_damaged_tables_write_nothing_unless_all_of_it_is_well(tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311 # the same damage each time
    sound = write([question for question, _said in many_questions(26)]).data
    file = tmp_path / "a.csv"
    refused = 0

    for _number in range(60):
        at, end = sorted(chance.randrange(len(sound)) for _ in range(2))
        file.write_bytes(sound[:at] + bytes(chance.randrange(256) for _ in range(3)) + sound[end:])
        before = ItemVersion.objects.count()
        status, _out, _err = take(file, form="csv")

        refused += status == 2
        assert status in {0, 2}
        assert (ItemVersion.objects.count() == before) or status == 0
    assert refused > 40


@pytest.mark.django_db
def test_export_of_what_was_imported_is_the_file_again(tmp_path: Path) -> None:
    file, out = tmp_path / "a.csv", tmp_path / "b.csv"
    questions = [question for question, _said in many_questions(130)]
    file.write_bytes(write(questions).data)
    assert take(file, form="csv")[0] == 0

    status, _out, err = run("export_questions", "--format", "csv", "--drafts", "--output", str(out))

    assert (status, err) == (0, "")
    by_name = {found.question.name: found.question for found in read(out.read_bytes()).found if found.question}
    assert {
        name: (one.kind, one.stem, one.body, one.category, one.tags, one.hints) for name, one in by_name.items()
    } == {one.name: (one.kind, one.stem, one.body, one.category, one.tags, one.hints) for one in questions}
    assert take(out, form="csv")[1] == "130 questions, 0 new, 0 changed, 130 unchanged, 0 refused.\n"
