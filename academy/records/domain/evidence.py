"""Evidence of skill, and the standing that follows from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction

from academy.framework.enums import Proficiency
from academy.framework.models import Skill
from academy.people.models import User
from academy.records.domain.ledger import record_event
from academy.records.enums import EventKind, EvidenceSource
from academy.records.models import SkillEvidence, SkillStanding

FIELD_OF = {
    EvidenceSource.SELF: "claimed",
    EvidenceSource.ASSESSMENT: "assessed",
    EvidenceSource.CONFIRMED: "confirmed",
}


@transaction.atomic
def grant_evidence(
    *,
    learner: User,
    skill: Skill,
    proficiency: Proficiency,
    source: EvidenceSource,
    fact: models.Model,
    rule: dict[str, Any],
    by: User,
    at: datetime,
) -> SkillEvidence:
    """Record that ``fact`` shows ``skill`` at ``proficiency`` by ``rule``. The same fact grants it once."""
    evidence, created = SkillEvidence.objects.get_or_create(
        learner=learner,
        skill=skill,
        source=source,
        fact_type=fact._meta.label,
        fact_id=str(getattr(fact, "uuid", fact.pk)),
        defaults={"proficiency": proficiency, "rule": rule, "granted_at": at, "granted_by": by},
    )
    if created:
        raise_standing(evidence)
        record_event(
            kind=EventKind.EVIDENCE_GRANTED,
            learner=learner,
            subject=evidence,
            by=by,
            at=at,
            skill=skill.name,
            proficiency=Proficiency(proficiency).code,
        )
    return evidence


def raise_standing(evidence: SkillEvidence) -> None:
    """Raise the standing to what the evidence shows; weaker evidence never lowers it."""
    standing, _created = SkillStanding.objects.select_for_update().get_or_create(
        learner=evidence.learner, skill=evidence.skill
    )
    field = FIELD_OF[EvidenceSource(evidence.source)]
    if (getattr(standing, field) or 0) < evidence.proficiency:
        setattr(standing, field, evidence.proficiency)
        standing.save(update_fields=[field])


@transaction.atomic
def rebuild_standings() -> int:
    """Make every standing anew from the evidence. Returns how many there are."""
    SkillStanding.objects.all().delete()
    for evidence in SkillEvidence.objects.select_related("learner", "skill").iterator():
        raise_standing(evidence)
    return SkillStanding.objects.count()
