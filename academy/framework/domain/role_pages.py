"""A role, its levels and what they need."""

from __future__ import annotations

from dataclasses import dataclass

from academy.framework.domain.heads import FrameworkHead, Link, head, link_to, taken_slugs
from academy.framework.domain.lookups import current_skills, find_role
from academy.framework.enums import Proficiency
from academy.framework.models import RoleLevel, SkillRequirement


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """A skill that a level needs; ``proficiency`` is None where the source names the skill alone."""

    skill_id: int
    skill_slug: str
    skill_name: str
    proficiency: Proficiency | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelView:
    """A step of a role. ``usable`` says whether it tells how well a skill is needed."""

    id: int
    slug: str
    name: str
    summary: str
    rank: int
    usable: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """Whether the level of that name needs a skill, and how well."""

    level: str
    needed: bool
    proficiency: Proficiency | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillRow:
    """A skill and what the role needs of it, a cell for each level."""

    link: Link
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RolePage:
    """All that the page of a role shows. ``id`` is the row of the Role."""

    id: int
    slug: str
    name: str
    summary: str
    description: str
    family: str
    framework: FrameworkHead
    levels: tuple[LevelView, ...]
    rows: tuple[SkillRow, ...]

    @property
    def usable(self) -> bool:
        """Whether any level tells how well a skill is needed."""
        return any(level.usable for level in self.levels)

    @property
    def has_level_texts(self) -> bool:
        """Whether any level says in words what it is."""
        return any(level.summary for level in self.levels)


def requirements_of(role_level: RoleLevel) -> tuple[Requirement, ...]:
    """Return what a level of a role needs, in the order of the source. One query."""
    rows = SkillRequirement.objects.filter(role_level=role_level).select_related("skill").order_by("pk")
    return tuple(
        Requirement(
            skill_id=row.skill_id,
            skill_slug=row.skill.slug,
            skill_name=row.skill.name,
            proficiency=_proficiency(row),
        )
        for row in rows
    )


def role_page(*, slug: str, framework_code: str | None = None) -> RolePage:
    """Return the page of a role, found as ``find_role`` does, or raise RoleNotFound. Four queries.

    Skills stand in the order of the source, those of the first level first.
    """
    role = find_role(slug, framework_code)
    framework = role.edition.framework
    levels = list(role.levels.order_by("rank"))
    needs = list(
        SkillRequirement.objects.filter(role_level__role=role)
        .select_related("skill")
        .order_by("role_level__rank", "pk")
    )
    cells = {(row.role_level_id, row.skill_id): row for row in needs}
    skills = list({row.skill_id: row.skill for row in needs}.values())
    taken = taken_slugs(current_skills(), framework=framework, things=skills)
    usable = {row.role_level_id for row in needs if row.proficiency is not None}
    return RolePage(
        id=role.pk,
        slug=role.slug,
        name=role.name,
        summary=role.summary,
        description=role.description,
        family=role.family.name,
        framework=head(role.edition),
        levels=tuple(_level(level, usable=level.pk in usable) for level in levels),
        rows=tuple(
            SkillRow(
                link=link_to(skill, framework=framework, taken=taken),
                cells=tuple(_cell(level, cells.get((level.pk, skill.pk))) for level in levels),
            )
            for skill in skills
        ),
    )


def _level(level: RoleLevel, *, usable: bool) -> LevelView:
    return LevelView(
        id=level.pk, slug=level.slug, name=level.name, summary=level.summary, rank=level.rank, usable=usable
    )


def _cell(level: RoleLevel, row: SkillRequirement | None) -> Cell:
    return Cell(level=level.name, needed=row is not None, proficiency=None if row is None else _proficiency(row))


def _proficiency(row: SkillRequirement) -> Proficiency | None:
    return None if row.proficiency is None else Proficiency(row.proficiency)
