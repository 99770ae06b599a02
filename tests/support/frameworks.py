"""A small framework, and larger ones of the same kind."""

from __future__ import annotations

from typing import Any

from academy.framework.api import (
    FamilySource,
    FrameworkSource,
    LevelSource,
    Proficiency,
    RequirementSource,
    RoleSource,
    SkillLevelSource,
    SkillSource,
)


def small_framework(*, size: int = 1, **changes: Any) -> FrameworkSource:
    """Return a framework with ``size`` families, and as many roles, levels and skills: each level needs each skill."""
    numbers = range(1, size + 1)
    levels = tuple(
        LevelSource(
            slug=f"level-{number}",
            name=f"Level {number}",
            summary=f"Does the work of level {number}.",
            rank=number,
            requirements=tuple(
                RequirementSource(skill=f"skill-{skill}", proficiency=Proficiency.WORKING) for skill in numbers
            ),
        )
        for number in numbers
    )
    given: dict[str, Any] = {
        "code": "small",
        "name": "Small framework",
        "summary": "Small on purpose.",
        "licence": "Free for all",
        "position": 1,
        "version": "1",
        "families": tuple(
            FamilySource(
                slug=f"family-{number}",
                name=f"Family {number}",
                roles=(RoleSource(slug=f"role-{number}", name=f"Role {number}", levels=levels),),
            )
            for number in numbers
        ),
        "skills": tuple(
            SkillSource(
                slug=f"skill-{number}",
                name=f"Skill {number}",
                summary=f"Skill {number} in a sentence.",
                levels=(SkillLevelSource(proficiency=Proficiency.WORKING, text="do this\ndo that"),),
            )
            for number in numbers
        ),
    }
    return FrameworkSource(**{**given, **changes})
