"""Evidence, standings, aims and the ledger: each fact once, together with its line."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from academy.framework.enums import Proficiency
from academy.framework.models import Skill
from academy.people.models import User
from academy.records.api import (
    EvidenceSource,
    aim_of,
    grant_evidence,
    rebuild_standings,
    role_standing,
    set_aim,
)
from academy.records.models import Aim, LearningEvent, SkillEvidence, SkillStanding
from assessments.models import Attempt
from tests.factories.assessments import AttemptFactory
from tests.factories.framework import RoleLevelFactory, SkillFactory, SkillRequirementFactory
from tests.factories.records import AimFactory, SkillEvidenceFactory, SkillStandingFactory
from tests.support.visits import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill() -> Skill:
    return SkillFactory(name="Independent scoring")


def grant(
    learner: User,
    skill: Skill,
    fact: Any,
    *,
    level: Proficiency = Proficiency.WORKING,
    source: EvidenceSource = EvidenceSource.ASSESSMENT,
    at: datetime,
) -> SkillEvidence:
    return grant_evidence(
        learner=learner,
        skill=skill,
        proficiency=level,
        source=source,
        fact=fact,
        rule={"why": "test"},
        by=learner,
        at=at,
    )


def standings() -> list[tuple[Any, ...]]:
    return list(
        SkillStanding.objects.order_by("learner", "skill").values_list(
            "learner", "skill", "claimed", "assessed", "confirmed"
        )
    )


# Evidence ----------------------------------------------------------------------------------------


def test_evidence_is_granted_once_a_fact_with_its_line(learner: User, skill: Skill, at: datetime) -> None:
    fact = AttemptFactory(learner=learner)

    first = grant(learner, skill, fact, at=at)
    again = grant(learner, skill, fact, level=Proficiency.EXPERT, at=at + timedelta(days=1))

    assert again == first
    assert (first.proficiency, first.fact_type, first.fact_id) == (2, "assessments.Attempt", str(fact.uuid))
    assert standings() == [(learner.pk, skill.pk, None, 2, None)]
    event = LearningEvent.objects.get()
    assert (event.kind, event.learner_id, event.actor_id, event.subject_type, event.subject_id, event.occurred_at) == (
        "evidence_granted",
        learner.pk,
        learner.pk,
        "records.SkillEvidence",
        str(first.uuid),
        at,
    )
    assert event.detail == {"skill": "Independent scoring", "proficiency": "working"}


def test_evidence_of_the_same_fact_twice_is_refused_by_the_database(learner: User, skill: Skill, at: datetime) -> None:
    evidence = grant(learner, skill, AttemptFactory(learner=learner), at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        SkillEvidenceFactory(learner=learner, skill=skill, fact_id=evidence.fact_id)


def test_fault_after_the_fact_leaves_neither_fact_nor_line(
    learner: User, skill: Skill, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(**told: Any) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr("academy.records.domain.evidence.record_event", fault)
    with pytest.raises(RuntimeError):
        grant(learner, skill, AttemptFactory(learner=learner), at=at)

    assert (SkillEvidence.objects.count(), SkillStanding.objects.count(), LearningEvent.objects.count()) == (0, 0, 0)


def test_standing_is_raised_and_never_lowered(learner: User, skill: Skill, at: datetime) -> None:
    levels = [Proficiency.WORKING, Proficiency.PRACTITIONER, Proficiency.AWARENESS, Proficiency.WORKING]

    seen = []
    for level in levels:
        grant(
            learner, skill, AttemptFactory(learner=learner, submitted_at=at, submitted_by=learner), level=level, at=at
        )
        seen.append(SkillStanding.objects.get().assessed)

    assert seen == [2, 3, 3, 3]


def test_claimed_assessed_and_confirmed_are_never_mixed(learner: User, skill: Skill, at: datetime) -> None:
    fact = AttemptFactory(learner=learner)

    for source, level in zip(EvidenceSource, (4, 2, 3), strict=True):
        grant(learner, skill, fact, level=Proficiency(level), source=source, at=at)

    assert standings() == [(learner.pk, skill.pk, 4, 2, 3)]


def test_rebuilt_standings_are_the_same(learner: User, outsider: User, at: datetime) -> None:
    skills = [SkillFactory() for _number in range(3)]
    for person in (learner, outsider):
        for number, skill in enumerate(skills, start=1):
            fact: Attempt = AttemptFactory(learner=person)
            for source in EvidenceSource:
                grant(person, skill, fact, level=Proficiency(number), source=source, at=at)
    before = standings()
    SkillStanding.objects.filter(learner=outsider).delete()
    SkillStanding.objects.update(assessed=4, claimed=None)
    SkillStandingFactory(learner=outsider, skill=SkillFactory())

    assert rebuild_standings() == 6
    assert standings() == before
    out = StringIO()
    call_command("rebuild_standings", stdout=out)
    assert out.getvalue() == "6 standings rebuilt\n"
    assert standings() == before


# Aims --------------------------------------------------------------------------------------------


def test_aim_is_one_and_a_new_one_closes_the_old(learner: User, at: datetime) -> None:
    first, second = RoleLevelFactory(), RoleLevelFactory()

    set_aim(learner=learner, role_level=first, by=learner, at=at)
    set_aim(learner=learner, role_level=first, by=learner, at=at + timedelta(days=1))
    set_aim(learner=learner, role_level=second, by=learner, at=at + timedelta(days=2))

    assert aim_of(learner) == second
    assert list(Aim.objects.values_list("role_level", "set_at", "closed_at", "closed_by")) == [
        (first.pk, at, at + timedelta(days=2), learner.pk),
        (second.pk, at + timedelta(days=2), None, None),
    ]
    assert LearningEvent.objects.filter(kind="aim_set").count() == 2


def test_second_open_aim_is_refused_by_the_database(learner: User) -> None:
    AimFactory(learner=learner)

    with pytest.raises(IntegrityError), transaction.atomic():
        AimFactory(learner=learner)


def test_aim_is_chosen_by_a_form_and_nonsense_is_not_found(learner: User) -> None:
    visitor = Visitor(learner)
    level = RoleLevelFactory()

    led = visitor.post("/en/my/aim/", {"role_level": str(level.pk)})
    assert (led.status_code, led["Location"]) == (302, "/en/my/")
    for chosen in ("", "0", "x", "-1", "9" * 18, "9" * 400, "²"):
        assert visitor.post("/en/my/aim/", {"role_level": chosen}).status_code == 404
    assert visitor.get("/en/my/aim/").status_code == 405
    assert aim_of(learner) == level


# Where one stands --------------------------------------------------------------------------------


def test_role_standing_compares_what_is_needed_with_what_was_shown(learner: User, outsider: User) -> None:
    level = RoleLevelFactory()
    names = {
        "Met": (2, None, 2, None),
        "Higher": (2, None, 1, 3),
        "Claimed": (3, 4, None, None),
        "Part": (4, 4, 2, None),
    }
    for name, (needed, claimed, assessed, confirmed) in names.items():
        need = SkillRequirementFactory(
            role_level=level, skill__edition=level.role.edition, skill__name=name, proficiency=needed
        )
        SkillStandingFactory(learner=learner, skill=need.skill, claimed=claimed, assessed=assessed, confirmed=confirmed)
        SkillStandingFactory(learner=outsider, skill=need.skill, assessed=4)
    SkillRequirementFactory(role_level=level, skill__edition=level.role.edition, skill__name="Open", proficiency=None)
    SkillRequirementFactory(role_level=level, skill__edition=level.role.edition, skill__name="One", proficiency=1)

    standing = role_standing(learner=learner, role_level=level)

    assert [(gap.skill.name, gap.shown, gap.met, gap.in_words) for gap in standing.gaps] == [
        ("Claimed", None, False, "3 levels to go"),
        ("Part", 2, False, "2 levels to go"),
        ("One", None, False, "1 level to go"),
        ("Met", 2, True, "Shown"),
        ("Open", None, False, "No level is set"),
        ("Higher", 3, True, "Shown"),
    ]
    assert standing.met == 2
