"""What other apps may ask of the framework."""

from __future__ import annotations

from academy.framework.domain.editions import (
    EditionPlan,
    UnknownSkill,
    VersionTaken,
    plan_edition,
    publish_edition,
)
from academy.framework.domain.lists import (
    FrameworkNotFound,
    current_frameworks,
    framework_index,
    roles_by_letter,
    skills_by_letter,
)
from academy.framework.domain.lookups import RoleNotFound, SkillNotFound, find_role, find_skill
from academy.framework.domain.role_pages import Requirement, RolePage, requirements_of, role_page
from academy.framework.domain.skill_pages import SkillPage, skill_page
from academy.framework.domain.sources import (
    FamilySource,
    FrameworkSource,
    LevelSource,
    RequirementSource,
    RoleSource,
    SkillLevelSource,
    SkillSource,
)
from academy.framework.enums import Proficiency

__all__ = [
    "EditionPlan",
    "FamilySource",
    "FrameworkNotFound",
    "FrameworkSource",
    "LevelSource",
    "Proficiency",
    "Requirement",
    "RequirementSource",
    "RoleNotFound",
    "RolePage",
    "RoleSource",
    "SkillLevelSource",
    "SkillNotFound",
    "SkillPage",
    "SkillSource",
    "UnknownSkill",
    "VersionTaken",
    "current_frameworks",
    "find_role",
    "find_skill",
    "framework_index",
    "plan_edition",
    "publish_edition",
    "requirements_of",
    "role_page",
    "roles_by_letter",
    "skill_page",
    "skills_by_letter",
]
