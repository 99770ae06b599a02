"""Facts of a framework in one file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from academy.exchange import gdad
from academy.exchange.framework_facts import read_facts, write_facts
from academy.framework.api import FrameworkSource
from academy.standards.content_pack.report import Report
from tests.support.frameworks import small_framework

GOLDEN = Path(__file__).parent.parent / "golden" / "gdad"
PACK = Path(gdad.__file__).parent.parent / "content" / "framework" / "digital-and-data.csv"
HEADER = """\
# code: tea
# title: Tea
# summary: All about tea.
# version: "1"
# published: 2026-05-04
# licence: Free for all
# position: 3
"""
COLUMNS = "family,role,level,rank,skill,proficiency\n"
GOOD = HEADER + COLUMNS + "Tea,Maker,Junior,1,Pouring,working\nTea,Maker,Senior,2,Pouring,expert\n"


def read(path: Path) -> tuple[FrameworkSource | None, list[str]]:
    """Return what a file holds, and its problems."""
    report = Report("facts.csv")
    source = read_facts(path, report=report)
    return source, [str(problem) for problem in report.problems]


def problems_of(text: str | bytes, tmp_path: Path) -> list[str]:
    """Return the problems of a file with that content, having checked that nothing came of it."""
    path = tmp_path / "facts.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    source, problems = read(path)
    assert source is None
    return problems


def test_facts_of_the_pack_are_those_of_the_official_framework() -> None:
    source, problems = read(PACK)

    assert problems == []
    assert source is not None
    assert len(source.families) == 8
    assert len(source.roles) == 52
    assert sum(level.usable for level in source.levels) == 201
    assert sum(not level.usable for level in source.levels) == 4
    assert len(source.skills) == 188
    # The official file has 1,825 rows; 16 of them repeat another.
    assert len(source.requirements) == 1809
    assert {need.proficiency for level in source.levels if not level.usable for need in level.requirements} == {None}


def test_facts_of_the_pack_hold_no_sentence() -> None:
    source, _ = read(PACK)

    assert source is not None
    texts = {role.summary + role.description for role in source.roles}
    texts |= {level.summary for level in source.levels} | {skill.summary for skill in source.skills}
    assert texts == {""}
    assert {skill.levels for skill in source.skills} == {()}
    assert max(len(name) for row in PACK.read_text("utf-8").split("\n")[9:] for name in row.split(",")) < 100


def test_facts_of_the_pack_name_the_same_framework_as_the_command() -> None:
    source, _ = read(PACK)

    assert source is not None
    assert (source.code, source.name, source.summary) == (gdad.CODE, gdad.NAME, gdad.SUMMARY)
    assert (source.source_url, source.licence, source.position) == (gdad.SOURCE_URL, gdad.LICENCE, gdad.POSITION)
    assert (source.version, source.published) == ("2025-10-15", date(2025, 10, 15))


def test_facts_read_back_as_they_were_written(tmp_path: Path) -> None:
    files = gdad.read_official_files(
        roles=GOLDEN / "roles.csv", skills=GOLDEN / "skills.csv", version="7", published=date(2025, 10, 15)
    )
    assert files.source is not None
    path = tmp_path / "facts.csv"
    path.write_text(write_facts(files.source), encoding="utf-8")

    source, problems = read(path)

    assert problems == []
    assert source is not None
    assert write_facts(source) == write_facts(files.source)
    bare = [
        replace(
            family,
            roles=tuple(
                replace(role, description="", levels=tuple(replace(level, summary="") for level in role.levels))
                for role in family.roles
            ),
        )
        for family in files.source.families
    ]
    assert source.families == tuple(bare)


def test_facts_may_hold_commas_and_quotation_marks(tmp_path: Path) -> None:
    framework = small_framework(published=date(2026, 5, 4))
    skill = replace(framework.skills[0], name='Pouring, or "decanting"', summary="", levels=())
    path = tmp_path / "facts.csv"
    path.write_text(write_facts(replace(framework, skills=(skill,))), encoding="utf-8")

    source, problems = read(path)

    assert problems == []
    assert source is not None
    assert [each.name for each in source.skills] == ['Pouring, or "decanting"']


def test_facts_without_a_header_are_refused(tmp_path: Path) -> None:
    assert problems_of(COLUMNS + "Tea,Maker,Junior,1,Pouring,working\n", tmp_path) == [
        "facts.csv:1: The front matter holds no keys: write type, title and summary, each as “key: value”."
    ]


def test_facts_with_a_wrong_header_are_refused(tmp_path: Path) -> None:
    text = (
        GOOD.replace("2026-05-04", "last May").replace("code: tea", "code: Tea time").replace("position: 3", "place: 3")
    )

    assert problems_of(text, tmp_path) == [
        "facts.csv:1: “Tea time” is no code: use small letters, digits and hyphens.",
        "facts.csv:5: “last May” is no day: write it as 2026-05-04.",
        "facts.csv:1: The key “position” is missing: add it.",
        (
            "facts.csv:7: There is no key “place” here: use code, licence, position, published, source_url, summary, "
            "title, type, version."
        ),
    ]


def test_facts_with_an_address_without_a_scheme_are_refused(tmp_path: Path) -> None:
    assert problems_of(GOOD.replace("# position", "# source_url: tea.example\n# position"), tmp_path) == [
        "facts.csv:7: “tea.example” is no whole address: start it with https://."
    ]


def test_facts_with_yaml_that_is_none_are_refused(tmp_path: Path) -> None:
    assert problems_of(GOOD.replace("title: Tea", "title: Tea: strong"), tmp_path) == [
        "facts.csv:2: This is no YAML (mapping values are not allowed here): put a text with a colon between quotes."
    ]


def test_facts_with_other_columns_are_refused(tmp_path: Path) -> None:
    assert problems_of(GOOD.replace("family,role", "role,family"), tmp_path) == [
        "facts.csv:8: The columns are not family, role, level, rank, skill, proficiency: name them so, in this order."
    ]


def test_facts_in_another_encoding_are_refused(tmp_path: Path) -> None:
    assert problems_of(GOOD.replace("Maker", "Caf\u00e9").encode("latin-1"), tmp_path) == [
        "facts.csv:9: These bytes are no UTF-8: save the file as UTF-8."
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Tea,Maker,Junior,1,Stirring", "The row has 5 columns instead of 6: look for a stray comma."),
        ("Tea,,Junior,1,,working", "Fill in role, skill."),
        ("Tea,Maker,Junior,first,Stirring,working", "“first” is no rank: count levels from 1."),
        ("Tea,Maker,Junior,0,Stirring,working", "“0” is no rank: count levels from 1."),
        (
            "Tea,Maker,Junior,1,Stirring,good",
            "'good' is not a level: use one of awareness, working, practitioner, expert.",
        ),
        (
            "Cake,Maker,Junior,1,Stirring,working",
            "“Maker” is in the family “Tea” on line 9: keep one of them.",
        ),
        ("Tea,Maker,Junior,2,Stirring,working", "“Junior” has rank 1 on line 9: keep one of them."),
        ("Tea,Maker,Junior,1,Pouring,working", "“Junior” needs “Pouring” twice: remove this row."),
        (
            'Tea,Maker,"Junior" 1,1,Pouring,working',
            "This is no CSV (',' expected after '\"'): look for a stray quotation mark.",
        ),
    ],
)
def test_facts_with_a_wrong_row_are_refused(tmp_path: Path, row: str, problem: str) -> None:
    assert problems_of(f"{GOOD}{row}\n", tmp_path) == [f"facts.csv:11: {problem}"]


def test_facts_with_ranks_that_skip_are_refused(tmp_path: Path) -> None:
    assert problems_of(GOOD.replace("Senior,2", "Senior,3"), tmp_path) == [
        "facts.csv:9: The ranks of this role’s levels are 1, 3: count them from 1, each once."
    ]


def test_facts_without_rows_are_refused(tmp_path: Path) -> None:
    assert problems_of(HEADER + COLUMNS, tmp_path) == [
        "facts.csv:0: The file has no rows: make it again from the official files."
    ]
