"""Publishing an edition of a framework: look first, then write it whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from academy.framework.domain.sources import FrameworkSource
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


class VersionTaken(Exception):
    """The version is published already, with other content. A published edition does not change."""


class UnknownSkill(Exception):
    """A level of a role needs a skill that the source does not have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionPlan:
    """What publishing a source would do.

    ``levels`` counts those that say how well a skill is needed, ``placeholders`` the others. ``requirement_rows``
    counts the rows of the file, ``requirements`` what is left of them once repetitions are merged.
    ``unchanged`` means that the content is stored already, as the edition ``stored_version``.
    ``header_changes`` are the fields of the framework itself (name, licence, …) that would be rewritten.
    """

    code: str
    version: str
    families: int
    roles: int
    levels: int
    placeholders: int
    skills: int
    requirements: int
    requirement_rows: int
    unchanged: bool
    stored_version: str
    header_changes: tuple[str, ...]


def plan_edition(*, source: FrameworkSource) -> EditionPlan:
    """Return what ``publish_edition`` would do, without doing it. Raises what that would raise."""
    _check_skills(source)
    stored = _stored_edition(source)
    usable = sum(level.usable for level in source.levels)
    return EditionPlan(
        code=source.code,
        version=source.version,
        families=len(source.families),
        roles=len(source.roles),
        levels=usable,
        placeholders=len(source.levels) - usable,
        skills=len(source.skills),
        requirements=len(source.requirements),
        requirement_rows=source.rows or len(source.requirements),
        unchanged=stored is not None,
        stored_version=stored.version if stored else "",
        header_changes=_header_changes(source),
    )


@transaction.atomic
def publish_edition(*, source: FrameworkSource, at: datetime) -> Edition:
    """Store ``source`` as an edition, or return the one that holds the same content already.

    It is published on ``source.published``, or else on the day of ``at``. The framework is made, or its name,
    summary, links, licence and place are brought up to date.

    Raises VersionTaken when the version exists with other content, UnknownSkill when a requirement hangs in the air.
    """
    _check_skills(source)
    framework = _write_header(source)
    stored = _stored_edition(source)
    if stored is not None:
        return stored
    edition = Edition.objects.create(
        framework=framework,
        version=source.version,
        published_date=source.published or timezone.localdate(at),
        digest=source.digest(),
    )
    skills = _write_skills(edition, source)
    _write_roles(edition, source, skills)
    return edition


def _stored_edition(source: FrameworkSource) -> Edition | None:
    """Return the edition with this version or, failing that, the current one, if its content is the same."""
    digest = source.digest()
    editions = Edition.objects.filter(framework__code=source.code)
    same_version = editions.filter(version=source.version).first()
    if same_version is not None:
        if same_version.digest != digest:
            raise VersionTaken(
                f"Version {source.version} of {source.code} is published already, with other content. "
                "A published edition does not change: give the new one a version of its own."
            )
        return same_version
    return editions.current().filter(digest=digest).first()


def _check_skills(source: FrameworkSource) -> None:
    known = {skill.slug for skill in source.skills}
    unknown = sorted({need.skill for need in source.requirements} - known)
    if unknown:
        raise UnknownSkill(f"{source.code} {source.version} needs skills that it does not have: {', '.join(unknown)}.")


def _header(source: FrameworkSource) -> dict[str, str | int]:
    return {
        "name": source.name,
        "summary": source.summary,
        "source_url": source.source_url,
        "licence": source.licence,
        "position": source.position,
    }


def _header_changes(source: FrameworkSource) -> tuple[str, ...]:
    framework = Framework.objects.filter(code=source.code).first()
    if framework is None:
        return ()
    return tuple(name for name, value in _header(source).items() if getattr(framework, name) != value)


def _write_header(source: FrameworkSource) -> Framework:
    header = _header(source)
    framework, created = Framework.objects.get_or_create(code=source.code, defaults=header)
    changes = () if created else _header_changes(source)
    if changes:
        for name in changes:
            setattr(framework, name, header[name])
        framework.save(update_fields=changes)
    return framework


def _write_skills(edition: Edition, source: FrameworkSource) -> dict[str, Skill]:
    skills = Skill.objects.bulk_create(
        Skill(edition=edition, slug=skill.slug, name=skill.name, summary=skill.summary) for skill in source.skills
    )
    by_slug = {skill.slug: skill for skill in skills}
    SkillLevel.objects.bulk_create(
        SkillLevel(skill=by_slug[skill.slug], proficiency=level.proficiency, text=level.text)
        for skill in source.skills
        for level in skill.levels
    )
    return by_slug


def _write_roles(edition: Edition, source: FrameworkSource, skills: dict[str, Skill]) -> None:
    families = RoleFamily.objects.bulk_create(
        RoleFamily(edition=edition, slug=family.slug, name=family.name, position=position)
        for position, family in enumerate(source.families, start=1)
    )
    placed = [(row, role) for row, family in zip(families, source.families, strict=True) for role in family.roles]
    roles = Role.objects.bulk_create(
        Role(
            edition=edition,
            family=family,
            slug=role.slug,
            name=role.name,
            summary=role.summary,
            description=role.description,
            position=position,
        )
        for position, (family, role) in enumerate(placed, start=1)
    )
    stepped = [(row, level) for row, (_, role) in zip(roles, placed, strict=True) for level in role.levels]
    levels = RoleLevel.objects.bulk_create(
        RoleLevel(role=role, slug=level.slug, name=level.name, summary=level.summary, rank=level.rank)
        for role, level in stepped
    )
    SkillRequirement.objects.bulk_create(
        SkillRequirement(role_level=row, skill=skills[need.skill], proficiency=need.proficiency)
        for row, (_, level) in zip(levels, stepped, strict=True)
        for need in level.requirements
    )
