"""What capability is."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from academy.framework.enums import Proficiency
from academy.framework.models import (
    Edition,
    Framework,
    PageRole,
    PageSkill,
    Role,
    RoleFamily,
    RoleLevel,
    Skill,
    SkillLevel,
    SkillRequirement,
)
from tests.support.moment import AT


class FrameworkFactory(DjangoModelFactory[Framework]):
    """A framework without editions."""

    class Meta:
        model = Framework

    code = factory.Sequence(lambda number: f"framework-{number}")
    name = factory.Sequence(lambda number: f"Framework {number}")


class EditionFactory(DjangoModelFactory[Edition]):
    """A published, empty edition."""

    class Meta:
        model = Edition

    framework = factory.SubFactory(FrameworkFactory)
    version = factory.Sequence(lambda number: f"2026.{number}")
    published_date = AT.date()
    digest = "0" * 64


class RoleFamilyFactory(DjangoModelFactory[RoleFamily]):
    """A family without roles."""

    class Meta:
        model = RoleFamily

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda number: f"family-{number}")
    name = factory.Sequence(lambda number: f"Family {number}")
    position = 1


class RoleFactory(DjangoModelFactory[Role]):
    """A role without levels; its family is of the same edition."""

    class Meta:
        model = Role

    edition = factory.SubFactory(EditionFactory)
    family = factory.SubFactory(RoleFamilyFactory, edition=factory.SelfAttribute("..edition"))
    slug = factory.Sequence(lambda number: f"role-{number}")
    name = factory.Sequence(lambda number: f"Role {number}")
    position = 1


class RoleLevelFactory(DjangoModelFactory[RoleLevel]):
    """The first level of a role, without requirements."""

    class Meta:
        model = RoleLevel

    role = factory.SubFactory(RoleFactory)
    slug = factory.Sequence(lambda number: f"level-{number}")
    name = factory.Sequence(lambda number: f"Level {number}")
    rank = 1


class SkillFactory(DjangoModelFactory[Skill]):
    """A skill without texts of its levels."""

    class Meta:
        model = Skill

    edition = factory.SubFactory(EditionFactory)
    slug = factory.Sequence(lambda number: f"skill-{number}")
    name = factory.Sequence(lambda number: f"Skill {number}")


class SkillLevelFactory(DjangoModelFactory[SkillLevel]):
    """What a working level looks like."""

    class Meta:
        model = SkillLevel

    skill = factory.SubFactory(SkillFactory)
    proficiency = Proficiency.WORKING
    text = "score a bid against its criterion"


class SkillRequirementFactory(DjangoModelFactory[SkillRequirement]):
    """A role level needs a skill at working level; the skill is of the same edition."""

    class Meta:
        model = SkillRequirement

    role_level = factory.SubFactory(RoleLevelFactory)
    skill = factory.SubFactory(SkillFactory, edition=factory.SelfAttribute("..role_level.role.edition"))
    proficiency = Proficiency.WORKING


class PageSkillFactory(DjangoModelFactory[PageSkill]):
    """A page teaches a skill at working level: pass ``page``."""

    class Meta:
        model = PageSkill

    skill = factory.SubFactory(SkillFactory)
    proficiency = Proficiency.WORKING


class PageRoleFactory(DjangoModelFactory[PageRole]):
    """A page is for a role: pass ``page``."""

    class Meta:
        model = PageRole

    role = factory.SubFactory(RoleFactory)
