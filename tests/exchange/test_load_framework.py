"""The command that loads the official files, tried on small ones of the same shape."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from academy.exchange.gdad import CODE, LICENCE, NAME, POSITION, SOURCE_URL, SUMMARY, read_official_files
from academy.framework.api import Proficiency, RoleSource
from academy.framework.models import Edition, Framework, SkillLevel, SkillRequirement

GOLDEN = Path(__file__).parent.parent / "golden" / "gdad"
ROLES, SKILLS = GOLDEN / "roles.csv", GOLDEN / "skills.csv"
COUNTS = "2 families, 2 roles, 5 usable role levels, 3 skills, 10 requirement rows"
PLAN = [
    f'Note: {ROLES}:44: repeats line 38: "Tea maker" needs "Pouring". Merged.',
    f'Note: {ROLES}:56: "Chief of cake" has no level in use: its skills are kept, without a level of their own.',
    "Edition 7 of digital-and-data:",
    COUNTS,
    "Rows that repeat others: 1. Requirements that are kept: 9.",
    "Roles without a level in use: 1. Their skills are kept without a level.",
]


def load(*arguments: object, roles: Path = ROLES, skills: Path = SKILLS) -> list[str]:
    """Run the command and return the lines it printed."""
    output = io.StringIO()
    call_command("load_framework", str(roles), str(skills), *map(str, arguments), stdout=output, no_color=True)
    return output.getvalue().splitlines()


def refused(*arguments: object, roles: Path = ROLES, skills: Path = SKILLS) -> tuple[CommandError, list[str]]:
    """Run the command, which must fail, and return its error and the lines it complained with."""
    complaints = io.StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("load_framework", str(roles), str(skills), *map(str, arguments), stderr=complaints, no_color=True)
    return refusal.value, complaints.getvalue().splitlines()


@pytest.mark.django_db
def test_load_framework_publishes_an_edition() -> None:
    lines = load("--version", "7", "--published", "2025-10-15")

    assert lines == [*PLAN, "Published edition 7 of digital-and-data."]
    edition = Edition.objects.get()
    assert (edition.version, edition.published_date) == ("7", date(2025, 10, 15))
    assert list(
        SkillRequirement.objects.filter(role_level__role__slug="tea-maker")
        .order_by("pk")
        .values_list("role_level__rank", "role_level__slug", "skill__slug", "proficiency")
    ) == [
        (1, "apprentice-tea-maker", "pouring", 1),
        (2, "tea-maker", "pouring", 2),
        (3, "lead-tea-maker", "pouring", 4),
        (3, "lead-tea-maker", "tasting", 4),
        (4, "principal-tea-maker", "pouring", 3),
        (4, "principal-tea-maker", "tasting", 4),
        (5, "head-of-tea", "pouring", 3),
        (5, "head-of-tea", "tasting", 3),
    ]
    assert list(SkillLevel.objects.filter(skill__slug="tasting").values_list("proficiency", "text")) == [
        (4, "name a garden by its tea")
    ]


@pytest.mark.django_db
def test_load_framework_names_source_and_licence() -> None:
    load()

    framework = Framework.objects.get()
    assert (framework.code, framework.name, framework.summary) == (CODE, NAME, SUMMARY)
    assert (framework.source_url, framework.licence, framework.position) == (SOURCE_URL, LICENCE, POSITION)


@pytest.mark.django_db
def test_load_framework_dry_run_prints_the_plan_and_writes_nothing() -> None:
    assert load("--dry-run", "--version", "7") == [*PLAN, "Nothing was written: this is a dry run."]
    assert Framework.objects.count() == 0


@pytest.mark.django_db
def test_load_framework_changes_nothing_the_second_time() -> None:
    load("--version", "7")

    assert load("--version", "8")[-2:] == [
        "The content is stored already, as edition 7.",
        "Nothing changed: edition 7 holds the same content already.",
    ]
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_load_framework_goes_by_the_day_where_no_version_is_given() -> None:
    load("--published", "2025-10-15")

    assert Edition.objects.get().version == "2025-10-15"


@pytest.mark.django_db
def test_load_framework_refuses_other_content_under_the_same_version(tmp_path: Path) -> None:
    load("--version", "7")
    changed = tmp_path / "skills.csv"
    changed.write_bytes(SKILLS.read_bytes().replace(b"find the pot", b"fill the pot"))

    error, _ = refused("--version", "7", skills=changed)

    assert str(error) == (
        "Version 7 of digital-and-data is published already, with other content. A published edition does not "
        "change: give the new one a version of its own. Name one with --version."
    )
    assert error.returncode == 2
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_load_framework_says_which_fields_of_the_framework_change() -> None:
    load("--version", "7")
    Framework.objects.update(licence="", position=9)

    assert "Of the framework itself, this changes: licence, position." in load("--version", "7")
    assert Framework.objects.get().position == POSITION


@pytest.mark.django_db
def test_load_framework_refuses_malformed_files_whole(tmp_path: Path) -> None:
    roles = tmp_path / "roles.csv"
    roles.write_bytes(ROLES.read_bytes().replace(b",Awareness,", b",Good,").replace(b",Tasting,", b",Juggling,", 1))

    error, complaints = refused(roles=roles)

    assert complaints == [
        f'{roles}:8: needs the skill "Juggling", which {SKILLS} does not have. Add it there.',
        f'{roles}:50: "Good" is not a level of a skill. Use Awareness, Working, Practitioner, Expert or NOT IN USE.',
    ]
    assert str(error) == "Nothing was written: 2 problems in the files."
    assert error.returncode == 2
    assert Framework.objects.count() == 0


@pytest.mark.django_db
def test_load_framework_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    error, complaints = refused(roles=tmp_path / "nothing.csv")

    assert complaints == [f"{tmp_path}/nothing.csv:0: cannot be read: No such file or directory. Check the path."]
    assert str(error) == "Nothing was written: 1 problem in the files."


@pytest.mark.django_db
def test_load_framework_writes_the_facts_alone(tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"

    assert load("--facts", facts)[-1] == f"Wrote 9 requirements to {facts}."
    assert Framework.objects.count() == 0
    written = facts.read_text(encoding="utf-8")
    assert "Tea,Tea maker,Lead tea maker,3,Tasting,expert\n" in written
    assert "Cake,Chief of cake,,1,Strategic baking,\n" in written
    assert "garden" not in written


@pytest.mark.django_db
def test_load_framework_says_when_facts_cannot_be_written(tmp_path: Path) -> None:
    error, _ = refused("--facts", tmp_path / "no" / "facts.csv")

    assert str(error) == f"Cannot write {tmp_path}/no/facts.csv: No such file or directory."


def test_read_official_files_names_a_level_not_in_use_after_its_role() -> None:
    source = read_official_files(roles=ROLES, skills=SKILLS, version="7", published=date(2025, 10, 15)).source

    assert source is not None
    chief: RoleSource = source.roles[1]
    assert [(level.slug, level.name, level.usable) for level in chief.levels] == [
        ("chief-of-cake", "Chief of cake", False)
    ]
    assert source.roles[0].levels[1].requirements[0].proficiency is Proficiency.WORKING


@pytest.mark.django_db
def test_load_framework_of_a_file_without_traps_says_no_more_than_the_counts(tmp_path: Path) -> None:
    lines = ROLES.read_text(encoding="utf-8").split("\n")
    roles = tmp_path / "roles.csv"
    roles.write_text("\n".join([*lines[:43], *lines[49:55], ""]), encoding="utf-8")

    assert load("--version", "7", roles=roles) == [
        "Edition 7 of digital-and-data:",
        "1 families, 1 roles, 5 usable role levels, 3 skills, 8 requirement rows",
        "Published edition 7 of digital-and-data.",
    ]
