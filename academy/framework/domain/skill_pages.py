"""A skill, what one can do at each level of it, and who needs it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from academy.framework.domain.heads import FrameworkHead, Link, head, link_to, taken_slugs
from academy.framework.domain.lookups import current_roles, find_skill
from academy.framework.enums import Proficiency
from academy.framework.models import Role, SkillRequirement


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillText:
    """What one can do at a proficiency; ``lines`` is empty where the source has no text."""

    proficiency: Proficiency
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelNeed:
    """A level of a role and how well it needs the skill; None where the source names the skill alone."""

    name: str
    proficiency: Proficiency | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleNeed:
    """A role and those of its levels that need the skill."""

    link: Link
    levels: tuple[LevelNeed, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillPage:
    """All that the page of a skill shows. ``id`` is the row of the Skill; ``texts`` are four, or none at all."""

    id: int
    slug: str
    name: str
    summary: str
    framework: FrameworkHead
    texts: tuple[SkillText, ...]
    roles: tuple[RoleNeed, ...]


def skill_page(*, slug: str, framework_code: str | None = None) -> SkillPage:
    """Return the page of a skill, found as ``find_skill`` does, or raise SkillNotFound. Four queries."""
    skill = find_skill(slug, framework_code)
    framework = skill.edition.framework
    texts = {level.proficiency: level.text for level in skill.levels.all()}
    rows = (
        SkillRequirement.objects.filter(skill=skill)
        .select_related("role_level__role")
        .order_by("role_level__role__position", "role_level__rank")
    )
    needs = [(role, list(members)) for role, members in groupby(rows, key=_role)]
    taken = taken_slugs(current_roles(), framework=framework, things=[role for role, _ in needs])
    return SkillPage(
        id=skill.pk,
        slug=skill.slug,
        name=skill.name,
        summary=skill.summary,
        framework=head(skill.edition),
        texts=tuple(
            SkillText(proficiency=level, lines=tuple(texts.get(level, "").splitlines())) for level in Proficiency
        )
        if texts
        else (),
        roles=tuple(
            RoleNeed(
                link=link_to(role, framework=framework, taken=taken),
                levels=tuple(_level_need(row) for row in members),
            )
            for role, members in needs
        ),
    )


def _role(row: SkillRequirement) -> Role:
    return row.role_level.role


def _level_need(row: SkillRequirement) -> LevelNeed:
    proficiency = None if row.proficiency is None else Proficiency(row.proficiency)
    return LevelNeed(name=row.role_level.name, proficiency=proficiency)
