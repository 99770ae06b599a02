"""Finding skills and roles, and what their pages show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from academy.framework.api import (
    FrameworkNotFound,
    Proficiency,
    Requirement,
    RoleNotFound,
    SkillNotFound,
    current_frameworks,
    find_role,
    find_skill,
    framework_index,
    publish_edition,
    requirements_of,
    role_page,
    roles_by_letter,
    skill_page,
    skills_by_letter,
)
from academy.framework.domain.heads import FrameworkHead, Link
from academy.framework.domain.lists import Entry, FamilyEntry, FrameworkEntry, Letter, RoleEntry
from academy.framework.domain.role_pages import Cell, LevelView, RolePage, SkillRow
from academy.framework.domain.skill_pages import LevelNeed, RoleNeed, SkillText
from academy.framework.models import RoleLevel
from tests.factories.framework import EditionFactory, SkillFactory
from tests.support.frameworks import small_framework

AssertQueries = Callable[[int], object]


@pytest.fixture
def two_frameworks(db: None, at: datetime) -> None:
    """Two frameworks that share the slugs role-1 and skill-1; the second alone has role-2 and skill-2."""
    publish_edition(source=small_framework(size=2, code="second", name="Second", position=2), at=at)
    publish_edition(source=small_framework(code="first", name="First", position=1), at=at)


def head(**changes: object) -> FrameworkHead:
    """Return what pages say of the small framework."""
    given = FrameworkHead(
        code="small",
        name="Small framework",
        summary="Small on purpose.",
        source_url="",
        licence="Free for all",
        version="1",
        published_date=date(2026, 3, 2),
    )
    return replace(given, **changes)


def test_find_skill_goes_by_the_order_of_frameworks(two_frameworks: None) -> None:
    assert find_skill("skill-1").edition.framework.code == "first"
    assert find_skill("skill-1", "second").edition.framework.code == "second"
    assert find_skill("skill-2").edition.framework.code == "second"


def test_find_role_goes_by_the_order_of_frameworks(two_frameworks: None) -> None:
    assert find_role("role-1").edition.framework.code == "first"
    assert find_role("role-1", framework_code="second").edition.framework.code == "second"
    assert find_role("role-2").edition.framework.code == "second"


def test_find_skill_and_role_look_at_current_editions_alone(db: None, at: datetime) -> None:
    publish_edition(source=small_framework(size=2), at=at)
    publish_edition(source=small_framework(version="2"), at=at + timedelta(days=1))

    assert find_skill("skill-1").edition.version == "2"
    with pytest.raises(SkillNotFound, match=r"^No framework has a skill 'skill-2'\.$"):
        find_skill("skill-2")
    with pytest.raises(RoleNotFound, match=r"^No framework has a role 'role-2'\.$"):
        find_role("role-2")


def test_find_skill_passes_over_unpublished_editions(db: None) -> None:
    SkillFactory(slug="draft", edition=EditionFactory(published_date=None))

    with pytest.raises(SkillNotFound):
        find_skill("draft")


def test_requirements_of_a_level_keep_the_order_of_the_source(db: None, at: datetime) -> None:
    publish_edition(source=small_framework(size=2), at=at)
    level = RoleLevel.objects.get(role__slug="role-1", slug="level-2")

    assert requirements_of(level) == tuple(
        Requirement(
            skill_id=find_skill(f"skill-{number}").pk,
            skill_slug=f"skill-{number}",
            skill_name=f"Skill {number}",
            proficiency=Proficiency.WORKING,
        )
        for number in (1, 2)
    )


def test_framework_index_lists_frameworks_families_and_roles(two_frameworks: None) -> None:
    first, second = framework_index()

    assert first == FrameworkEntry(
        head=head(code="first", name="First"),
        families=(
            FamilyEntry(
                slug="family-1",
                name="Family 1",
                roles=(RoleEntry(link=Link(slug="role-1", name="Role 1", framework=""), summary=""),),
            ),
        ),
    )
    assert [(family.name, [role.link for role in family.roles]) for family in second.families] == [
        ("Family 1", [Link(slug="role-1", name="Role 1", framework="second")]),
        ("Family 2", [Link(slug="role-2", name="Role 2", framework="")]),
    ]


def test_framework_index_narrows_to_one_framework(two_frameworks: None) -> None:
    assert [entry.head.code for entry in framework_index(framework_code="second")] == ["second"]


@pytest.mark.parametrize("read", [framework_index, skills_by_letter, roles_by_letter])
def test_lists_refuse_an_unknown_framework(two_frameworks: None, read: Callable[..., object]) -> None:
    with pytest.raises(FrameworkNotFound, match=r"^No framework 'third' is published\.$"):
        read(framework_code="third")


def test_current_frameworks_come_in_order(two_frameworks: None) -> None:
    assert current_frameworks() == (head(code="first", name="First"), head(code="second", name="Second"))


@pytest.mark.parametrize(("read", "kind"), [(skills_by_letter, "Skill"), (roles_by_letter, "Role")])
def test_lists_by_letter_name_the_framework_of_each(
    two_frameworks: None, read: Callable[..., object], kind: str
) -> None:
    slug = kind.lower()

    assert read() == (
        Letter(
            letter=kind[0],
            entries=(
                Entry(link=Link(slug=f"{slug}-1", name=f"{kind} 1", framework=""), framework="First"),
                Entry(link=Link(slug=f"{slug}-1", name=f"{kind} 1", framework="second"), framework="Second"),
                Entry(link=Link(slug=f"{slug}-2", name=f"{kind} 2", framework=""), framework="Second"),
            ),
        ),
    )


def test_skills_by_letter_forgets_about_case(db: None, at: datetime) -> None:
    source = small_framework(size=3)
    names = ("banana", "Cherry", "apple")
    skills = tuple(replace(skill, name=name) for skill, name in zip(source.skills, names, strict=True))
    publish_edition(source=replace(source, skills=skills), at=at)

    assert [(each.letter, [entry.link.name for entry in each.entries]) for each in skills_by_letter()] == [
        ("A", ["apple"]),
        ("B", ["banana"]),
        ("C", ["Cherry"]),
    ]


def test_role_page_has_levels_and_a_row_for_each_skill(db: None, at: datetime) -> None:
    publish_edition(source=small_framework(), at=at)
    role = find_role("role-1")

    assert role_page(slug="role-1") == RolePage(
        id=role.pk,
        slug="role-1",
        name="Role 1",
        summary="",
        description="",
        family="Family 1",
        framework=head(),
        levels=(
            LevelView(
                id=role.levels.get().pk,
                slug="level-1",
                name="Level 1",
                summary="Does the work of level 1.",
                rank=1,
                usable=True,
            ),
        ),
        rows=(
            SkillRow(
                link=Link(slug="skill-1", name="Skill 1", framework=""),
                cells=(Cell(level="Level 1", needed=True, proficiency=Proficiency.WORKING),),
            ),
        ),
    )


def test_role_page_tells_not_needed_from_not_said(db: None, at: datetime) -> None:
    source = small_framework(size=2)
    role = source.roles[0]
    needs = role.levels[0].requirements
    levels = (
        replace(role.levels[0], requirements=(replace(needs[0], proficiency=None),)),
        replace(role.levels[1], requirements=(needs[1],)),
    )
    family = replace(source.families[0], roles=(replace(role, levels=levels),))
    publish_edition(source=replace(source, families=(family,)), at=at)

    page = role_page(slug="role-1")

    assert [level.usable for level in page.levels] == [False, True]
    assert page.usable
    assert [[(cell.needed, cell.proficiency) for cell in row.cells] for row in page.rows] == [
        [(True, None), (False, None)],
        [(False, None), (True, Proficiency.WORKING)],
    ]


def test_role_page_of_one_framework_links_within_it(two_frameworks: None) -> None:
    page = role_page(slug="role-2")

    assert [row.link for row in page.rows] == [
        Link(slug="skill-1", name="Skill 1", framework="second"),
        Link(slug="skill-2", name="Skill 2", framework=""),
    ]


def test_skill_page_has_four_levels_and_the_roles_that_need_it(db: None, at: datetime) -> None:
    publish_edition(source=small_framework(size=2), at=at)

    page = skill_page(slug="skill-1")

    assert page.texts == (
        SkillText(proficiency=Proficiency.AWARENESS, lines=()),
        SkillText(proficiency=Proficiency.WORKING, lines=("do this", "do that")),
        SkillText(proficiency=Proficiency.PRACTITIONER, lines=()),
        SkillText(proficiency=Proficiency.EXPERT, lines=()),
    )
    needs = (
        LevelNeed(name="Level 1", proficiency=Proficiency.WORKING),
        LevelNeed(name="Level 2", proficiency=Proficiency.WORKING),
    )
    assert page.roles == (
        RoleNeed(link=Link(slug="role-1", name="Role 1", framework=""), levels=needs),
        RoleNeed(link=Link(slug="role-2", name="Role 2", framework=""), levels=needs),
    )
    assert (page.name, page.summary, page.framework) == ("Skill 1", "Skill 1 in a sentence.", head())


def test_skill_page_without_texts_has_none(db: None, at: datetime) -> None:
    source = small_framework()
    publish_edition(source=replace(source, skills=(replace(source.skills[0], levels=()),)), at=at)

    assert skill_page(slug="skill-1").texts == ()


def test_skill_page_of_one_framework_links_within_it(two_frameworks: None) -> None:
    page = skill_page(slug="skill-1", framework_code="second")

    assert [need.link for need in page.roles] == [
        Link(slug="role-1", name="Role 1", framework="second"),
        Link(slug="role-2", name="Role 2", framework=""),
    ]


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("read", "queries"),
    [
        (framework_index, 2),
        (skills_by_letter, 1),
        (roles_by_letter, 1),
        (lambda: role_page(slug="role-1"), 4),
        (lambda: skill_page(slug="skill-1"), 4),
    ],
    ids=["index", "skills", "roles", "role", "skill"],
)
def test_reads_take_the_same_queries_however_much_there_is(
    db: None,
    at: datetime,
    django_assert_num_queries: AssertQueries,
    read: Callable[[], object],
    queries: int,
    size: int,
) -> None:
    publish_edition(source=small_framework(size=size), at=at)

    with django_assert_num_queries(queries):
        read()


@pytest.mark.parametrize("size", [1, 3])
def test_requirements_of_takes_one_query(
    db: None, at: datetime, django_assert_num_queries: AssertQueries, size: int
) -> None:
    publish_edition(source=small_framework(size=size), at=at)
    level = RoleLevel.objects.first()

    with django_assert_num_queries(1):
        requirements_of(level)
