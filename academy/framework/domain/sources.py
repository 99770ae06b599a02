"""A framework as somebody hands it in, whatever file it came from. Slugs tie its parts together."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from academy.framework.enums import Proficiency


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillLevelSource:
    """What one can do at a proficiency, a line each."""

    proficiency: Proficiency
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillSource:
    """A skill; a level without a text is not in ``levels``."""

    slug: str
    name: str
    summary: str = ""
    levels: tuple[SkillLevelSource, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RequirementSource:
    """A skill by its slug; ``proficiency`` is None where the source names the skill alone."""

    skill: str
    proficiency: Proficiency | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelSource:
    """A step of a role; ``rank`` 1 is the first."""

    slug: str
    name: str
    rank: int
    requirements: tuple[RequirementSource, ...]
    summary: str = ""

    @property
    def usable(self) -> bool:
        """Whether it says how well anything must be done. A placeholder of the source does not."""
        return any(need.proficiency is not None for need in self.requirements)


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleSource:
    """A role with its levels."""

    slug: str
    name: str
    levels: tuple[LevelSource, ...]
    summary: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilySource:
    """Roles that work alike, in the order in which they are shown."""

    slug: str
    name: str
    roles: tuple[RoleSource, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FrameworkSource:
    """One edition, and the framework it belongs to.

    ``position`` is the framework's place among the others. ``rows`` counts the requirement rows of the file it was
    read from, repetitions included; leave it at 0 where nothing can repeat.
    """

    code: str
    name: str
    version: str
    families: tuple[FamilySource, ...]
    skills: tuple[SkillSource, ...]
    summary: str = ""
    source_url: str = ""
    licence: str = ""
    position: int = 0
    published: date | None = None
    rows: int = 0

    @property
    def roles(self) -> tuple[RoleSource, ...]:
        """The roles of all families."""
        return tuple(role for family in self.families for role in family.roles)

    @property
    def levels(self) -> tuple[LevelSource, ...]:
        """The levels of all roles."""
        return tuple(level for role in self.roles for level in role.levels)

    @property
    def requirements(self) -> tuple[RequirementSource, ...]:
        """The requirements of all levels."""
        return tuple(need for level in self.levels for need in level.requirements)

    def digest(self) -> str:
        """SHA-256, in hexadecimal, of what an edition stores: families and skills, and nothing of the framework."""
        content = {
            "families": [asdict(family) for family in self.families],
            "skills": sorted((asdict(skill) for skill in self.skills), key=lambda skill: str(skill["slug"])),
        }
        canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()
