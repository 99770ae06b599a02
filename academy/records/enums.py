"""Words of the record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What can happen to a learner. Past tense: an event is a fact."""

    AIM_SET = "aim_set", _("Chose a role")
    ENROLLED = "enrolled", _("Enrolled")
    WITHDREW = "withdrew", _("Left the course")
    LESSON_COMPLETED = "lesson_completed", _("Completed a lesson")
    ATTEMPT_STARTED = "attempt_started", _("Started an assessment")
    ATTEMPT_SUBMITTED = "attempt_submitted", _("Submitted an assessment")
    EVIDENCE_GRANTED = "evidence_granted", _("Showed a skill")
    COURSE_COMPLETED = "course_completed", _("Completed a course")
    AWARD_ISSUED = "award_issued", _("Received a certificate")
    AWARD_REVOKED = "award_revoked", _("Certificate revoked")


class EvidenceSource(models.TextChoices):
    """Where evidence comes from. Claimed, assessed and confirmed skill are never mixed."""

    SELF = "self", _("Claimed by the learner")
    ASSESSMENT = "assessment", _("Shown in an assessment")
    CONFIRMED = "confirmed", _("Confirmed by a verifier")


class AwardState(models.TextChoices):
    """What a verifier is told of a certificate."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    ALTERED = "altered", _("Altered")
