"""The frameworks of the content pack."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from academy import exchange
from academy.exchange.framework_pack import read_frameworks
from academy.framework.api import (
    LevelSource,
    Proficiency,
    RequirementSource,
    RoleSource,
    SkillLevelSource,
    SkillSource,
    publish_edition,
)
from academy.framework.models import Edition

PACK = Path(exchange.__file__).parent.parent / "content"
FILES = {
    "index.md": """\
---
type: framework
title: Tea
summary: All about tea.
code: tea
version: "1"
published: 2026-05-04
licence: Free for all
position: 3
---
""",
    "skills/pouring.md": """\
---
type: skill
title: Pouring
summary: Getting tea into cups.
---

## Awareness

- Find the pot.

## Working

- Pour.
- Stop in time.

## Practitioner

- Pour for ten.

## Expert

- Pour in a storm.
""",
    "roles/maker.md": """\
---
type: role
title: Tea maker
summary: Makes tea.
family: Kitchen
order: 1
levels:
  - code: junior
    title: Junior tea maker
    summary: Learns.
    needs:
      pouring: working
---

A tea maker
makes tea.

And drinks it.
""",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with one small framework in it."""
    for name, text in FILES.items():
        path = tmp_path / "en" / "framework" / "tea" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def change(pack: Path, name: str, *, old: str, new: str) -> None:
    """Replace ``old``, which must be there, in a file of the framework."""
    path = pack / "en" / "framework" / "tea" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems_of(pack: Path) -> list[str]:
    """Return the problems of a pack, having checked that the framework did not come of it."""
    found = read_frameworks(root=pack)
    assert found.sources == ()
    return [str(problem) for problem in found.problems]


def test_read_frameworks_reads_the_pack_of_the_academy_without_a_problem() -> None:
    found = read_frameworks(root=PACK)

    assert found.problems == ()
    assert [source.code for source in found.sources] == ["procurement", "digital-and-data"]


def test_procurement_framework_has_five_roles_and_sixteen_skills() -> None:
    procurement = read_frameworks(root=PACK).sources[0]

    assert [role.slug for role in procurement.roles] == [
        "buyer",
        "evaluator",
        "contract-manager",
        "spend-assurer",
        "supplier",
    ]
    assert sorted(skill.slug for skill in procurement.skills) == [
        "agile-delivery",
        "assurance",
        "award-and-feedback",
        "bid-writing",
        "contract-management",
        "evaluating-bids",
        "evaluation-criteria",
        "integrity",
        "market-engagement",
        "moderation",
        "needs-and-outcomes",
        "open-contracting",
        "recording-decisions",
        "supplier-relationships",
        "whole-life-cost",
        "writing-requirements",
    ]
    assert {len(skill.levels) for skill in procurement.skills} == {4}
    assert {2 <= len(level.text.splitlines()) <= 4 for skill in procurement.skills for level in skill.levels} == {True}
    assert {skill.slug for skill in procurement.skills} == {need.skill for need in procurement.requirements}


def test_procurement_roles_never_ask_less_of_a_higher_level() -> None:
    for role in read_frameworks(root=PACK).sources[0].roles:
        held: dict[str, int] = {}
        for level in role.levels:
            needs = {need.skill: need.proficiency or 0 for need in level.requirements}
            assert [skill for skill, asked in needs.items() if asked < held.get(skill, 0)] == [], level.slug
            held |= needs


def test_panel_member_needs_what_the_first_course_proves() -> None:
    evaluator = read_frameworks(root=PACK).sources[0].roles[1]

    assert [level.slug for level in evaluator.levels] == ["panel-member", "lead-evaluator", "panel-chair"]
    needs = {need.skill: need.proficiency for need in evaluator.levels[0].requirements}
    assert needs == {
        "evaluating-bids": Proficiency.WORKING,
        "moderation": Proficiency.WORKING,
        "integrity": Proficiency.WORKING,
        "recording-decisions": Proficiency.WORKING,
        "evaluation-criteria": Proficiency.AWARENESS,
        "whole-life-cost": Proficiency.AWARENESS,
        "award-and-feedback": Proficiency.AWARENESS,
    }


@pytest.mark.django_db
def test_frameworks_of_the_pack_can_be_published(at: datetime) -> None:
    for source in read_frameworks(root=PACK).sources:
        publish_edition(source=source, at=at)

    assert [str(edition.framework) for edition in Edition.objects.current().order_by("framework__position")] == [
        "Procurement roles",
        "Government Digital and Data",
    ]


def test_read_frameworks_reads_index_skills_and_roles(pack: Path) -> None:
    (source,) = read_frameworks(root=pack).sources

    assert (source.code, source.name, source.summary) == ("tea", "Tea", "All about tea.")
    assert (source.version, source.published, source.position) == ("1", date(2026, 5, 4), 3)
    assert source.skills == (
        SkillSource(
            slug="pouring",
            name="Pouring",
            summary="Getting tea into cups.",
            levels=(
                SkillLevelSource(proficiency=Proficiency.AWARENESS, text="Find the pot."),
                SkillLevelSource(proficiency=Proficiency.WORKING, text="Pour.\nStop in time."),
                SkillLevelSource(proficiency=Proficiency.PRACTITIONER, text="Pour for ten."),
                SkillLevelSource(proficiency=Proficiency.EXPERT, text="Pour in a storm."),
            ),
        ),
    )
    assert [family.name for family in source.families] == ["Kitchen"]
    assert source.roles == (
        RoleSource(
            slug="maker",
            name="Tea maker",
            summary="Makes tea.",
            description="A tea maker makes tea.\n\nAnd drinks it.",
            levels=(
                LevelSource(
                    slug="junior",
                    name="Junior tea maker",
                    summary="Learns.",
                    rank=1,
                    requirements=(RequirementSource(skill="pouring", proficiency=Proficiency.WORKING),),
                ),
            ),
        ),
    )


def test_read_frameworks_keeps_families_and_roles_in_order(pack: Path) -> None:
    roles = pack / "en" / "framework" / "tea" / "roles"
    for number, family in ((2, "Garden"), (3, "Kitchen")):
        text = FILES["roles/maker.md"].replace("order: 1", f"order: {number}").replace("Kitchen", family)
        (roles / f"a-role-{number}.md").write_text(text, encoding="utf-8")

    (source,) = read_frameworks(root=pack).sources

    assert [(family.name, [role.slug for role in family.roles]) for family in source.families] == [
        ("Kitchen", ["maker", "a-role-3"]),
        ("Garden", ["a-role-2"]),
    ]


def test_read_frameworks_of_an_empty_pack_is_empty(tmp_path: Path) -> None:
    found = read_frameworks(root=tmp_path)

    assert (found.sources, found.problems) == ((), ())


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("index.md", "type: framework", "type: play", "2: Here stands a framework: write “type: framework”."),
        ("index.md", 'version: "1"', "version: 1", "6: “version” must be a text: put it between quotes."),
        ("index.md", "published: 2026-05-04", "published: soon", "7: “soon” is no day: write it as 2026-05-04."),
        ("index.md", "position: 3", "position: 0", "9: “position” must be a whole number from 1 to 1000."),
        ("index.md", "3\n---\n", "3\n---\nText.\n", "11: No page shows a text here: say it in “summary”."),
        ("skills/pouring.md", "title: Pouring\n", "", "1: The key “title” is missing: add it."),
        (
            "skills/pouring.md",
            "## Expert",
            "## Master",
            "20: “## Master” is no heading of a skill: use ## with one of Awareness, Working, Practitioner, Expert.",
        ),
        ("skills/pouring.md", "## Expert", "## Working", "20: “## Working” stands here twice: keep one."),
        (
            "skills/pouring.md",
            "- Pour for ten.",
            "Pour for ten.",
            "18: Only lists stand here, below “## Awareness” and the like: start with “- ”.",
        ),
        (
            "skills/pouring.md",
            "- Pour in a storm.\n",
            "",
            "0: “## Expert” needs one to 6 lines that start with “- ”.",
        ),
        (
            "roles/maker.md",
            "pouring: working",
            "pouring: good",
            "12: “good” is no level: use one of awareness, working, practitioner, expert.",
        ),
        (
            "roles/maker.md",
            "pouring: working",
            "juggling: working",
            "12: There is no skill “juggling” in this framework: add skills/juggling.md or mend the code.",
        ),
        (
            "roles/maker.md",
            "      pouring: working\n",
            "      pouring: working\n  - code: junior\n    title: B\n    summary: B.\n    needs: {pouring: expert}\n",
            "13: “junior” is the code of two levels: give each its own.",
        ),
        (
            "roles/maker.md",
            "      pouring: working\n",
            "      pouring: working\n  - head\n",
            "13: An entry of “levels” has keys of its own: write each as “key: value”.",
        ),
        (
            "roles/maker.md",
            "    summary: Learns.\n",
            "    summary: Learns.\n    pay: high\n",
            "11: There is no key “pay” here: use code, needs, summary, title, type.",
        ),
        (
            "roles/maker.md",
            "code: junior",
            "code: Junior!",
            "8: “Junior!” is no code: use small letters, digits and hyphens.",
        ),
    ],
)
def test_read_frameworks_tells_what_is_wrong(pack: Path, name: str, old: str, new: str, problem: str) -> None:
    change(pack, name, old=old, new=new)

    assert f"en/framework/tea/{name}:{problem}" in problems_of(pack)


def test_read_frameworks_wants_an_index(pack: Path) -> None:
    (pack / "en" / "framework" / "tea" / "index.md").unlink()

    assert problems_of(pack) == ["en/framework/tea/index.md:0: The file is missing: write it, with “type: framework”."]


def test_read_frameworks_wants_file_names_that_are_codes(pack: Path) -> None:
    skills = pack / "en" / "framework" / "tea" / "skills"
    (skills / "pouring.md").rename(skills / "Pouring Tea.md")

    assert problems_of(pack) == [
        "en/framework/tea/skills/Pouring Tea.md:0: The file’s name is its code: use small letters, digits and hyphens.",
        (
            "en/framework/tea/roles/maker.md:12: There is no skill “pouring” in this framework: "
            "add skills/pouring.md or mend the code."
        ),
    ]


def test_read_frameworks_refuses_another_encoding(pack: Path) -> None:
    (pack / "en" / "framework" / "tea" / "index.md").write_bytes(FILES["index.md"].encode("utf-16"))

    assert problems_of(pack) == [
        "en/framework/tea/index.md:1: These bytes are no UTF-8: save the file as UTF-8.",
    ]


def test_read_frameworks_tells_problems_of_facts(tmp_path: Path) -> None:
    (tmp_path / "framework").mkdir()
    (tmp_path / "framework" / "tea.csv").write_text("family\n", encoding="utf-8")

    assert problems_of(tmp_path) == [
        "framework/tea.csv:1: The front matter holds no keys: write type, title and summary, each as “key: value”."
    ]


def test_read_frameworks_refuses_a_code_that_stands_twice(pack: Path) -> None:
    (pack / "en" / "framework" / "tea").rename(pack / "en" / "framework" / "tea-one")
    for name, text in FILES.items():
        path = pack / "en" / "framework" / "tea-two" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    found = read_frameworks(root=pack)

    assert [str(problem) for problem in found.problems] == [
        "framework:0: The framework “tea” is in the pack twice: keep one."
    ]
