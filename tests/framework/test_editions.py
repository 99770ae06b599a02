"""Publishing editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from academy.framework.api import (
    EditionPlan,
    LevelSource,
    Proficiency,
    RequirementSource,
    UnknownSkill,
    VersionTaken,
    plan_edition,
    publish_edition,
)
from academy.framework.models import (
    Edition,
    Framework,
    Role,
    RoleFamily,
    RoleLevel,
    Skill,
    SkillLevel,
    SkillRequirement,
)
from tests.support.frameworks import small_framework

MODELS = (Framework, Edition, RoleFamily, Role, RoleLevel, Skill, SkillLevel, SkillRequirement)


def stored() -> dict[str, list[dict[str, object]]]:
    """Return every row of the framework, to compare before with after."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


@pytest.mark.django_db
def test_publish_edition_stores_the_whole_source(at: datetime) -> None:
    edition = publish_edition(source=small_framework(size=2), at=at)

    assert edition.framework.name == "Small framework"
    assert (edition.version, edition.published_date) == ("1", date(2026, 3, 2))
    assert list(edition.families.values_list("slug", "name", "position")) == [
        ("family-1", "Family 1", 1),
        ("family-2", "Family 2", 2),
    ]
    assert list(edition.roles.values_list("slug", "family__slug", "position")) == [
        ("role-1", "family-1", 1),
        ("role-2", "family-2", 2),
    ]
    assert list(RoleLevel.objects.order_by("pk").values_list("role__slug", "slug", "rank")) == [
        ("role-1", "level-1", 1),
        ("role-1", "level-2", 2),
        ("role-2", "level-1", 1),
        ("role-2", "level-2", 2),
    ]
    assert list(SkillLevel.objects.order_by("pk").values_list("skill__slug", "proficiency", "text")) == [
        ("skill-1", 2, "do this\ndo that"),
        ("skill-2", 2, "do this\ndo that"),
    ]
    assert list(
        SkillRequirement.objects.filter(role_level__role__slug="role-1")
        .order_by("pk")
        .values_list("role_level__slug", "skill__slug", "proficiency")
    ) == [
        ("level-1", "skill-1", 2),
        ("level-1", "skill-2", 2),
        ("level-2", "skill-1", 2),
        ("level-2", "skill-2", 2),
    ]


@pytest.mark.django_db
def test_publish_edition_takes_the_day_of_the_source(at: datetime) -> None:
    edition = publish_edition(source=small_framework(published=date(2025, 10, 15)), at=at)

    assert edition.published_date == date(2025, 10, 15)


@pytest.mark.django_db
def test_publish_edition_changes_nothing_the_second_time(at: datetime) -> None:
    first = publish_edition(source=small_framework(size=2), at=at)
    before = stored()

    second = publish_edition(source=small_framework(size=2), at=at + timedelta(days=1))

    assert second == first
    assert stored() == before


@pytest.mark.django_db
def test_publish_edition_does_not_repeat_the_current_content_under_another_version(at: datetime) -> None:
    first = publish_edition(source=small_framework(), at=at)

    assert publish_edition(source=small_framework(version="2"), at=at) == first
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_publish_edition_makes_an_edition_of_changed_content_and_keeps_the_old_one(at: datetime) -> None:
    first = publish_edition(source=small_framework(), at=at)
    second = publish_edition(source=small_framework(size=2, version="2"), at=at + timedelta(days=1))

    assert list(Edition.objects.current()) == [second]
    assert [skill.slug for skill in first.skills.all()] == ["skill-1"]
    assert [skill.slug for skill in second.skills.all()] == ["skill-1", "skill-2"]


@pytest.mark.django_db
def test_publish_edition_goes_back_to_old_content_only_under_a_new_version(at: datetime) -> None:
    publish_edition(source=small_framework(), at=at)
    publish_edition(source=small_framework(size=2, version="2"), at=at + timedelta(days=1))

    third = publish_edition(source=small_framework(version="3"), at=at + timedelta(days=2))

    assert list(Edition.objects.current()) == [third]


@pytest.mark.django_db
def test_publish_edition_refuses_other_content_under_a_published_version(at: datetime) -> None:
    publish_edition(source=small_framework(), at=at)
    before = stored()

    with pytest.raises(VersionTaken) as refusal:
        publish_edition(source=small_framework(size=2, name="Another name"), at=at)

    assert str(refusal.value) == (
        "Version 1 of small is published already, with other content. "
        "A published edition does not change: give the new one a version of its own."
    )
    assert stored() == before


@pytest.mark.django_db
def test_publish_edition_brings_the_framework_itself_up_to_date(at: datetime) -> None:
    edition = publish_edition(source=small_framework(), at=at)

    publish_edition(source=small_framework(licence="CC BY 4.0", position=3), at=at)

    edition.framework.refresh_from_db()
    assert (edition.framework.licence, edition.framework.position) == ("CC BY 4.0", 3)
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_publish_edition_refuses_a_requirement_that_hangs_in_the_air(at: datetime) -> None:
    with pytest.raises(UnknownSkill, match=r"^small 1 needs skills that it does not have: skill-1\.$"):
        publish_edition(source=small_framework(skills=()), at=at)

    assert stored() == {model.__name__: [] for model in MODELS}


@pytest.mark.django_db
def test_plan_edition_counts_and_writes_nothing() -> None:
    plan = plan_edition(source=small_framework(size=3, rows=30))

    assert plan == EditionPlan(
        code="small",
        version="1",
        families=3,
        roles=3,
        levels=9,
        placeholders=0,
        skills=3,
        requirements=27,
        requirement_rows=30,
        unchanged=False,
        stored_version="",
        header_changes=(),
    )
    assert stored() == {model.__name__: [] for model in MODELS}


@pytest.mark.django_db
def test_plan_edition_sees_what_is_stored_already(at: datetime) -> None:
    publish_edition(source=small_framework(), at=at)

    plan = plan_edition(source=small_framework(version="2", summary="Still small."))

    assert (plan.unchanged, plan.stored_version, plan.header_changes) == (True, "1", ("summary",))


@pytest.mark.django_db
def test_plan_edition_refuses_what_publishing_would_refuse(at: datetime) -> None:
    publish_edition(source=small_framework(), at=at)

    with pytest.raises(VersionTaken):
        plan_edition(source=small_framework(size=2))


def test_digest_is_that_of_the_content_alone() -> None:
    source = small_framework(size=2)

    assert source.digest() == replace(source, version="2", name="Another", position=9, rows=4).digest()
    assert source.digest() == replace(source, skills=tuple(reversed(source.skills))).digest()
    assert source.digest() != replace(source, families=tuple(reversed(source.families))).digest()
    assert source.digest() != small_framework(size=3).digest()


@pytest.mark.parametrize("proficiencies", [(), (None,)], ids=["empty", "placeholder"])
def test_level_that_does_not_say_how_well_is_not_usable(proficiencies: tuple[Proficiency | None, ...]) -> None:
    assert not level_of(*proficiencies).usable


def test_level_that_says_how_well_once_is_usable() -> None:
    assert level_of(None, Proficiency.AWARENESS).usable


def level_of(*proficiencies: Proficiency | None) -> LevelSource:
    """Return a level with a requirement for each proficiency."""
    needs = tuple(RequirementSource(skill="skill-1", proficiency=each) for each in proficiencies)
    return LevelSource(slug="a", name="A", rank=1, requirements=needs)
