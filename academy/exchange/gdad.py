"""Between the official Digital and Data files and our frameworks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from academy.exchange.slugs import slugs_for
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
from academy.lib.problems import Problem
from academy.standards.gdad import Finding, GdadFramework, GdadLevel, GdadRole, GdadSkill, Reading, read_gdad

CODE = "digital-and-data"
NAME = "Government Digital and Data"
SUMMARY = "What the roles of the UK Government Digital and Data profession need to be able to do, and how well."
SOURCE_URL = "https://ddat-capability-framework.service.gov.uk/"
# The attribution that the licence asks for.
LICENCE = (
    "© Crown copyright. Contains public sector information licensed under the Open Government Licence v3.0 "
    "(nationalarchives.gov.uk/doc/open-government-licence/version/3/)."
)
POSITION = 2

NAME_LENGTH = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficialFiles:
    """``source`` is None when there are ``problems``; ``notes`` tell what was merged or let be."""

    source: FrameworkSource | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def read_official_files(*, roles: Path, skills: Path, version: str, published: date) -> OfficialFiles:
    """Read the two files of the official download. Each problem and note carries the path it was given."""
    contents: dict[Path, bytes] = {}
    unreadable = []
    for path in (roles, skills):
        try:
            contents[path] = path.read_bytes()
        except OSError as error:
            message = f"cannot be read: {error.strerror}. Check the path."
            unreadable.append(Problem(file=str(path), line=0, message=message))
    if unreadable:
        return OfficialFiles(source=None, problems=tuple(unreadable), notes=())
    reading = read_gdad(roles=contents[roles], skills=contents[skills], roles_name=str(roles), skills_name=str(skills))
    return _translate_reading(reading, version=version, published=published)


def to_source(framework: GdadFramework, *, version: str, published: date) -> FrameworkSource:
    """Return the official framework as one of ours, under the code ``digital-and-data``."""
    skill_slugs = slugs_for((skill.name for skill in framework.skills), longest=120)
    role_slugs = slugs_for((role.name for role in framework.roles), longest=NAME_LENGTH)
    family_slugs = slugs_for(framework.families, longest=NAME_LENGTH)
    return FrameworkSource(
        code=CODE,
        name=NAME,
        summary=SUMMARY,
        source_url=SOURCE_URL,
        licence=LICENCE,
        position=POSITION,
        version=version,
        published=published,
        families=tuple(
            FamilySource(
                slug=family_slugs[family],
                name=family,
                roles=tuple(
                    _role(role, role_slugs[role.name], skill_slugs) for role in framework.roles if role.family == family
                ),
            )
            for family in framework.families
        ),
        skills=tuple(_skill(skill, skill_slugs[skill.name]) for skill in framework.skills),
        rows=framework.rows,
    )


def _translate_reading(reading: Reading, *, version: str, published: date) -> OfficialFiles:
    framework = reading.framework
    source = None if framework is None else to_source(framework, version=version, published=published)
    return OfficialFiles(source=source, problems=_told(reading.problems), notes=_told(reading.notes))


def _told(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    return tuple(Problem(file=each.file, line=each.line, message=each.message) for each in findings)


def _skill(skill: GdadSkill, slug: str) -> SkillSource:
    levels = tuple(SkillLevelSource(proficiency=Proficiency(level), text=text) for level, text in skill.texts)
    return SkillSource(slug=slug, name=skill.name, summary=skill.description, levels=levels)


def _role(role: GdadRole, slug: str, skill_slugs: dict[str, str]) -> RoleSource:
    level_slugs = slugs_for((_level_name(level, role) for level in role.levels), longest=NAME_LENGTH)
    return RoleSource(
        slug=slug,
        name=role.name,
        description=role.description,
        levels=tuple(
            LevelSource(
                slug=level_slugs[_level_name(level, role)],
                name=_level_name(level, role),
                summary=level.description,
                rank=level.rank,
                requirements=tuple(
                    RequirementSource(
                        skill=skill_slugs[need.skill],
                        proficiency=None if need.level is None else Proficiency(need.level),
                    )
                    for need in level.requirements
                ),
            )
            for level in role.levels
        ),
    )


def _level_name(level: GdadLevel, role: GdadRole) -> str:
    """A role whose levels are not in use has one step, which goes by the name of the role."""
    return level.name or role.name
