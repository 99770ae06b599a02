"""The learner's record."""

from __future__ import annotations

import factory
from django.core import signing
from factory.django import DjangoModelFactory

from academy.framework.enums import Proficiency
from academy.lib.identifiers import ALPHABET, CODE_LENGTH
from academy.records.domain.awards import SALT, commitment, printed_facts
from academy.records.enums import EventKind, EvidenceSource
from academy.records.models import Aim, Award, AwardHolder, AwardRevocation, LearningEvent, SkillEvidence, SkillStanding
from tests.factories.framework import RoleLevelFactory, SkillFactory
from tests.factories.people import UserFactory
from tests.support.moment import AT


def code_of(number: int) -> str:
    """Return ``number`` in the form of a certificate's code."""
    digits = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits.rjust(CODE_LENGTH, "0")


class LearningEventFactory(DjangoModelFactory[LearningEvent]):
    """A line that says that a learner enrolled."""

    class Meta:
        model = LearningEvent

    kind = EventKind.ENROLLED
    learner_id = 1
    actor_id = factory.SelfAttribute("learner_id")
    subject_type = "courses.Enrolment"
    subject_id = factory.Sequence(str)
    occurred_at = AT


class SkillEvidenceFactory(DjangoModelFactory[SkillEvidence]):
    """An attempt shows a skill at working level; no standing follows from it until it is rebuilt."""

    class Meta:
        model = SkillEvidence

    learner = factory.SubFactory(UserFactory)
    skill = factory.SubFactory(SkillFactory)
    proficiency = Proficiency.WORKING
    source = EvidenceSource.ASSESSMENT
    fact_type = "assessments.Attempt"
    fact_id = factory.Sequence(str)
    rule = factory.LazyFunction(dict)
    granted_at = AT
    granted_by = factory.SelfAttribute("learner")


class SkillStandingFactory(DjangoModelFactory[SkillStanding]):
    """Assessed at working level; neither claimed nor confirmed."""

    class Meta:
        model = SkillStanding

    learner = factory.SubFactory(UserFactory)
    skill = factory.SubFactory(SkillFactory)
    assessed = Proficiency.WORKING


class AimFactory(DjangoModelFactory[Aim]):
    """An open aim, set by the learner."""

    class Meta:
        model = Aim

    learner = factory.SubFactory(UserFactory)
    role_level = factory.SubFactory(RoleLevelFactory)
    set_at = AT
    set_by = factory.SelfAttribute("learner")


# No secret in a test: what a name is hashed with.
HOLDER_SALT = "5a17" * 16


class AwardFactory(DjangoModelFactory[Award]):
    """A certificate of a course in its learner's name, signed as the domain signs it, that does not expire.

    ``AwardFactory(holder=None)`` has no holder yet.
    """

    class Meta:
        model = Award
        skip_postgeneration_save = True

    holder = factory.RelatedFactory("tests.factories.records.AwardHolderFactory", factory_related_name="award")
    code = factory.Sequence(code_of)
    learner = factory.SubFactory(UserFactory)
    fact_type = "courses.CourseCompletion"
    fact_id = factory.Sequence(str)
    payload = factory.LazyAttribute(
        lambda row: {
            "holder": commitment(name=row.learner.display_name, salt=HOLDER_SALT),
            "title": "Evaluating bids fairly",
            "language": "en",
            "completed_at": AT.isoformat(),
            "minutes": 80,
            "lessons": 8,
            "results": [],
            "skills": [],
        }
    )
    expires_at = None
    issued_at = AT
    issued_by = factory.SelfAttribute("learner")
    signature = factory.LazyAttribute(
        lambda row: signing.Signer(salt=SALT).signature(
            printed_facts(Award(code=row.code, payload=row.payload, issued_at=row.issued_at, expires_at=row.expires_at))
        )
    )


class AwardHolderFactory(DjangoModelFactory[AwardHolder]):
    """The learner's name on a certificate."""

    class Meta:
        model = AwardHolder

    award = factory.SubFactory(AwardFactory, holder=None)
    name = factory.SelfAttribute("award.learner.display_name")
    salt = HOLDER_SALT


class AwardRevocationFactory(DjangoModelFactory[AwardRevocation]):
    """A certificate revoked by its learner."""

    class Meta:
        model = AwardRevocation

    award = factory.SubFactory(AwardFactory)
    reason = "Issued in the wrong name"
    revoked_at = AT
    revoked_by = factory.SelfAttribute("award.learner")
