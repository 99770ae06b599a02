"""The two files of the official framework, and every way in which they can be wrong."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from academy.standards.gdad import Finding, GdadFramework, read_gdad
from academy.standards.gdad.ranks import order_levels

GOLDEN = Path(__file__).parent.parent / "golden" / "gdad"
ROLES, SKILLS = (GOLDEN / "roles.csv").read_bytes(), (GOLDEN / "skills.csv").read_bytes()
ROLE_HEADER = (
    "Role Family,Role,Role Description,Role Level,Role Level Description,Skill Name,Skill Description,"
    "Skill Level,Skill Level Description"
)


def framework() -> GdadFramework:
    """Return the golden framework."""
    found = read_gdad(roles=ROLES, skills=SKILLS).framework
    assert found is not None
    return found


def problems(*, roles: bytes = ROLES, skills: bytes = SKILLS) -> list[str]:
    """Return the problems of two files as ``file:line: message``, having checked that nothing came of them."""
    reading = read_gdad(roles=roles, skills=skills)
    assert reading.framework is None
    return [f"{each.file}:{each.line}: {each.message}" for each in reading.problems]


def role_file(*rows: list[str]) -> bytes:
    """Return a file of roles with these rows."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return (ROLE_HEADER + "\n" + stream.getvalue()).encode()


def role_row(
    *,
    family: str = "Tea",
    role: str = "Tea maker",
    level: str = "Tea maker",
    skill: str = "Pouring",
    need: str = "Working",
) -> list[str]:
    """Return a row of the file of roles that is right unless something is passed."""
    return [family, role, "", level, "", skill, "", need, "You can:\n- pour without a spill"]


def test_read_gdad_folds_rows_into_families_roles_and_skills() -> None:
    found = framework()

    assert found.families == ("Tea", "Cake")
    assert [(role.name, role.family) for role in found.roles] == [("Tea maker", "Tea"), ("Chief of cake", "Cake")]
    assert [skill.name for skill in found.skills] == ["Pouring", "Tasting", "Strategic baking"]
    assert found.rows == 10


def test_read_gdad_infers_ranks() -> None:
    levels = framework().roles[0].levels

    assert [(level.rank, level.name) for level in levels] == [
        (1, "Apprentice tea maker"),
        (2, "Tea maker"),
        (3, "Lead tea maker"),
        (4, "Principal tea maker"),
        (5, "Head of tea"),
    ]


def test_read_gdad_keeps_skills_of_a_level_not_in_use() -> None:
    chief = framework().roles[1]

    assert [(level.name, level.rank) for level in chief.levels] == [("", 1)]
    assert [(need.skill, need.level) for need in chief.levels[0].requirements] == [("Strategic baking", None)]


def test_read_gdad_merges_repeated_rows_and_says_so() -> None:
    reading = read_gdad(roles=ROLES, skills=SKILLS)

    assert [(need.skill, need.level) for need in framework().roles[0].levels[1].requirements] == [("Pouring", 2)]
    assert reading.notes == (
        Finding(
            file="roles.csv",
            line=44,
            message='repeats line 38: "Tea maker" needs "Pouring". Merged.',
        ),
        Finding(
            file="roles.csv",
            line=56,
            message='"Chief of cake" has no level in use: its skills are kept, without a level of their own.',
        ),
    )


def test_read_gdad_leaves_out_texts_that_say_nothing() -> None:
    pouring, tasting, baking = framework().skills

    assert pouring.texts == (
        (1, "find the pot"),
        (2, "pour without a spill"),
        (3, "teach pouring"),
        (4, "pour for a president\npour in a storm"),
    )
    assert (tasting.description, tasting.texts) == ("", ((4, "name a garden by its tea"),))
    assert (baking.description, baking.texts) == ("Strategic baking is baking ahead.", ())


def test_read_gdad_cleans_spaces_line_ends_and_links() -> None:
    maker, chief = framework().roles

    assert maker.description == "A tea maker makes tea.\n\nIn this role, you will:\n- pour\n- stir"
    assert maker.levels[2].description == "Leads a shift."
    assert chief.description == "Answers for all cake. See the cake office."


def test_read_gdad_notes_a_text_that_differs_between_the_files() -> None:
    row = [*role_row()[:-1], "You can:\n- spill"]

    reading = read_gdad(roles=role_file(row), skills=SKILLS)

    assert [note.message for note in reading.notes] == [
        'words "Pouring" at Working otherwise than line 2 of skills.csv. The text there is kept.'
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without mark", "with mark"])
def test_read_gdad_takes_utf8_with_or_without_a_byte_order_mark(mark: bytes) -> None:
    bare = SKILLS.removeprefix(b"\xef\xbb\xbf")

    assert read_gdad(roles=mark + ROLES, skills=mark + bare).framework == framework()


def test_read_gdad_takes_windows_line_ends() -> None:
    assert read_gdad(roles=ROLES.replace(b"\n", b"\r\n"), skills=SKILLS).framework == framework()


def test_read_gdad_refuses_another_encoding() -> None:
    assert problems(roles=ROLES.replace(b"Knows tea", b"Knows caf\xe9"), skills="Skill".encode("utf-16")) == [
        "roles.csv:17: is not UTF-8 from here on. Download the file again, or save it as CSV in UTF-8.",
        "skills.csv:1: is not UTF-8 from here on. Download the file again, or save it as CSV in UTF-8.",
    ]


def test_read_gdad_refuses_missing_columns() -> None:
    assert problems(roles=ROLES.replace(b"Role Family", b"Family", 1)) == [
        'roles.csv:1: lacks the column "Role Family". Give the file of roles first, then the file of skills, as downloaded.'
    ]


def test_read_gdad_refuses_a_column_that_stands_twice() -> None:
    assert problems(skills=SKILLS.replace(b"Roles that require Skill", b"Expert", 1)) == [
        'skills.csv:1: has the column "Expert" twice. Remove one of them.'
    ]


def test_read_gdad_refuses_rows_with_too_few_columns() -> None:
    assert problems(roles=ROLES + b"Tea,Tea maker,Working\n") == [
        "roles.csv:57: has 3 columns instead of 10. Look for a missing or stray quotation mark."
    ]


def test_read_gdad_refuses_a_quotation_that_does_not_end() -> None:
    assert problems(roles=ROLES + b'Tea,"Tea maker\n') == [
        "roles.csv:57: cannot be read as CSV (unexpected end of data). Look for a missing or stray quotation mark."
    ]


@pytest.mark.parametrize("content", [b"", (ROLE_HEADER + "\n").encode()], ids=["empty", "header alone"])
def test_read_gdad_refuses_a_file_without_rows(content: bytes) -> None:
    assert problems(roles=content) == ["roles.csv:0: has no rows. Download the file again."]


def test_read_gdad_passes_over_blank_lines() -> None:
    assert read_gdad(roles=ROLES + b"\n\n", skills=SKILLS).framework == framework()


def test_read_gdad_refuses_an_unknown_level() -> None:
    assert problems(roles=role_file(role_row(), role_row(level="Cook", need="Good"))) == [
        'roles.csv:4: "Good" is not a level of a skill. Use Awareness, Working, Practitioner, Expert or NOT IN USE.'
    ]


def test_read_gdad_refuses_an_unknown_skill() -> None:
    assert problems(roles=role_file(role_row(skill="Juggling"))) == [
        'roles.csv:2: needs the skill "Juggling", which skills.csv does not have. Add it there.'
    ]


def test_read_gdad_refuses_empty_cells() -> None:
    assert problems(roles=role_file(role_row(role=" ", need=""))) == [
        'roles.csv:2: "Role" is empty. Fill it in, or remove the row.',
        'roles.csv:2: "Skill Level" is empty. Fill it in, or remove the row.',
    ]


def test_read_gdad_refuses_a_name_too_long_to_store() -> None:
    assert problems(roles=role_file(role_row(level="x" * 201))) == [
        'roles.csv:2: "Role Level" has 201 characters: 200 is the most. Shorten it.'
    ]


def test_read_gdad_refuses_a_role_in_two_families() -> None:
    assert problems(roles=role_file(role_row(), role_row(family="Cake", level="Cook"))) == [
        'roles.csv:4: "Tea maker" is in the family "Cake" here, and in "Tea" on line 2. Keep one of them.'
    ]


def test_read_gdad_refuses_two_levels_of_one_requirement() -> None:
    assert problems(roles=role_file(role_row(), role_row(need="Expert"))) == [
        'roles.csv:4: "Tea maker" needs "Pouring" at another level on line 2. Keep one of them.'
    ]


def test_read_gdad_merges_a_skill_that_stands_twice() -> None:
    reading = read_gdad(roles=ROLES, skills=SKILLS + b"Strategic baking,Strategic baking is baking ahead.,,,,,\n")

    assert reading.framework == framework()
    assert str(reading.notes[-1].message) == 'repeats the skill "Strategic baking" of line 10. Merged.'


def test_read_gdad_refuses_a_skill_with_two_texts() -> None:
    assert problems(skills=SKILLS + b"Strategic baking,Something else.,,,,,\n") == [
        'skills.csv:11: "Strategic baking" is already on line 10 with other texts. Keep one of them.'
    ]


def test_read_gdad_refuses_a_skill_without_a_name() -> None:
    assert problems(skills=SKILLS + b",Something.,,,,,\n") == [
        'skills.csv:11: "Skill Name" is empty. Fill it in, or remove the row.'
    ]


def test_read_gdad_tells_every_problem_at_once() -> None:
    assert problems(roles=role_file(role_row(need="Good"), role_row(skill="Juggling"))) == [
        'roles.csv:2: "Good" is not a level of a skill. Use Awareness, Working, Practitioner, Expert or NOT IN USE.',
        'roles.csv:4: needs the skill "Juggling", which skills.csv does not have. Add it there.',
    ]


def test_order_levels_goes_by_what_they_need() -> None:
    totals = {"Operational control manager": 34, "Operations analyst": 19, "Senior operations analyst": 24}

    assert order_levels(totals) == ("Operations analyst", "Senior operations analyst", "Operational control manager")


def test_order_levels_puts_a_head_last_and_a_lead_below_a_principal() -> None:
    totals = {
        "Head of data science": 27,
        "Principal data scientist": 28,
        "Lead data scientist": 32,
        "Data scientist": 23,
    }

    assert order_levels(totals) == (
        "Data scientist",
        "Lead data scientist",
        "Principal data scientist",
        "Head of data science",
    )


def test_order_levels_breaks_ties_by_the_ladder_then_by_the_alphabet() -> None:
    totals = {"Lead cook - management": 5, "Lead cook": 5, "Cook": 5, "Associate baker": 5}

    assert order_levels(totals) == ("Associate baker", "Cook", "Lead cook", "Lead cook - management")
