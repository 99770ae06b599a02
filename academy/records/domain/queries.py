"""What is true of a learner's record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

from academy.framework.enums import Proficiency
from academy.framework.models import RoleLevel, Skill, SkillRequirement
from academy.people.models import User
from academy.records.models import Aim, Award, SkillStanding


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillGap:
    """One skill that a role level needs, and what of it a learner has shown. Levels are 1 to 4; None is nothing."""

    skill: Skill
    needed: Proficiency | None
    claimed: Proficiency | None
    assessed: Proficiency | None
    confirmed: Proficiency | None

    @property
    def shown(self) -> Proficiency | None:
        """The higher of assessed and confirmed. A claim alone shows nothing."""
        return max((level for level in (self.assessed, self.confirmed) if level), default=None)

    @property
    def met(self) -> bool:
        """Whether what was shown reaches what is needed."""
        return self.needed is not None and (self.shown or 0) >= self.needed

    @property
    def in_words(self) -> str:
        """The gap as a short sentence."""
        if self.needed is None:
            return _("No level is set")
        if self.met:
            return _("Shown")
        steps = self.needed - (self.shown or 0)
        return _("1 level to go") if steps == 1 else _("%(steps)d levels to go") % {"steps": steps}


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleStanding:
    """Where a learner stands against a role level, widest gap first."""

    role_level: RoleLevel
    gaps: tuple[SkillGap, ...]

    @property
    def met(self) -> int:
        """How many of the skills are shown at the level that is needed."""
        return sum(gap.met for gap in self.gaps)


def aim_of(learner: User) -> RoleLevel | None:
    """Return the role level that the learner aims for, with its role. One query."""
    aim = (
        Aim.objects.filter(learner=learner, closed_at__isnull=True)
        .select_related("role_level__role__family", "role_level__role__edition__framework")
        .first()
    )
    return aim.role_level if aim else None


def role_standing(*, learner: User, role_level: RoleLevel) -> RoleStanding:
    """Compare what the role level needs with what the learner has shown. Two queries."""
    standings = {row.skill_id: row for row in SkillStanding.objects.filter(learner=learner)}
    gaps = [
        SkillGap(
            skill=need.skill,
            needed=_level(need.proficiency),
            claimed=_level(getattr(standings.get(need.skill_id), "claimed", None)),
            assessed=_level(getattr(standings.get(need.skill_id), "assessed", None)),
            confirmed=_level(getattr(standings.get(need.skill_id), "confirmed", None)),
        )
        for need in SkillRequirement.objects.filter(role_level=role_level).select_related("skill")
    ]
    gaps.sort(key=lambda gap: ((gap.shown or 0) - (gap.needed or 0), gap.skill.name))
    return RoleStanding(role_level=role_level, gaps=tuple(gaps))


def _level(value: int | None) -> Proficiency | None:
    return Proficiency(value) if value else None


def awards_for(*, facts: Sequence[models.Model]) -> dict[models.Model, Award]:
    """Return the certificate that was issued for each of these facts of one kind, if any. One query, none for none."""
    if not facts:
        return {}
    ids = {str(getattr(fact, "uuid", fact.pk)): fact for fact in facts}
    awards = Award.objects.filter(fact_type=facts[0]._meta.label, fact_id__in=ids)
    return {ids[award.fact_id]: award for award in awards}


def awards_of(learner: User) -> list[Award]:
    """Return the learner's certificates, latest first. One query."""
    return list(Award.objects.filter(learner=learner).select_related("revocation").order_by("-issued_at"))
