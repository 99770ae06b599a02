"""The learner's record: what happened, what it shows, and what was awarded for it.

Facts are added or closed, never edited or deleted. Written by ``records.domain`` alone.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from academy.framework.enums import Proficiency
from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import together, uuid_field
from academy.records.enums import EventKind, EvidenceSource


class LearningEvent(AppendOnlyModel):
    """One line of the ledger, written in the transaction of the fact that it tells.

    It has no foreign keys: the ledger never holds live data back, and outlives it.
    """

    PERSONAL_DATA = "What a learner did, and when."

    uuid = uuid_field()
    kind = models.CharField(max_length=40, choices=EventKind.choices)
    learner_id = models.BigIntegerField(db_index=True)
    actor_id = models.BigIntegerField()
    # What it is about: "courses.Enrolment" and its id or uuid.
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="records_event_kind"),
        ]
        indexes = [
            # The audit reads what others did to a learner's record, newest first: few of very many lines.
            models.Index(
                fields=["-occurred_at"],
                condition=~models.Q(actor_id=models.F("learner_id")),
                name="records_event_by_others",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"


class SkillEvidence(AppendOnlyModel):
    """Somebody showed a skill at a level, and this is the rule that says so."""

    PERSONAL_DATA = "Which skill a learner has shown."

    uuid = uuid_field()
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence")
    skill = models.ForeignKey("framework.Skill", on_delete=models.PROTECT, related_name="+")
    proficiency = models.PositiveSmallIntegerField(choices=Proficiency.choices)
    source = models.CharField(max_length=20, choices=EvidenceSource.choices)
    # The attempt or other record that it rests on; the same fact grants it once.
    fact_type = models.CharField(max_length=80)
    fact_id = models.CharField(max_length=64)
    # The rule in force at the time, frozen: figures and versions, enough to judge again.
    rule = models.JSONField()
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        permissions = [("confirm_skill", "Can confirm skills")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "skill", "source", "fact_type", "fact_id"], name="records_evidence_once_a_fact"
            ),
            models.CheckConstraint(
                condition=models.Q(proficiency__in=Proficiency.values), name="records_evidence_proficiency"
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=EvidenceSource.values), name="records_evidence_source"
            ),
        ]


class SkillStanding(models.Model):
    """Where a learner stands in a skill. Derived from the evidence; `manage.py rebuild_standings` makes it anew."""

    PERSONAL_DATA = "Where a learner stands in a skill."

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="standings")
    skill = models.ForeignKey("framework.Skill", on_delete=models.PROTECT, related_name="+")
    claimed = models.PositiveSmallIntegerField(choices=Proficiency.choices, null=True)
    assessed = models.PositiveSmallIntegerField(choices=Proficiency.choices, null=True)
    confirmed = models.PositiveSmallIntegerField(choices=Proficiency.choices, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "skill"], name="records_standing_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} in {self.skill_id}"


class Aim(models.Model):
    """The role level that a learner works towards. A new aim closes the old one."""

    PERSONAL_DATA = "Which role a learner aims for."

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="aims")
    role_level = models.ForeignKey("framework.RoleLevel", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=models.Q(closed_at__isnull=True), name="records_one_open_aim"
            ),
            together("closed_at", "closed_by", name="records_aim_closed_together"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} aims for {self.role_level_id}"


class Award(AppendOnlyModel):
    """A certificate: everything that is printed on it, frozen and signed. Editing a course changes none."""

    PERSONAL_DATA = "The name on a certificate and what it certifies."

    code = models.CharField(max_length=26, unique=True)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="awards")
    # The completion that it certifies; one certificate each.
    fact_type = models.CharField(max_length=80)
    fact_id = models.CharField(max_length=64)
    # {"name", "title", "language", "completed_at", "time_zone", "minutes", "lessons",
    #  "results": [{"title", "percent", "pass_mark"}], "skills": [{"skill", "level"}]}
    payload = models.JSONField()
    signature = models.CharField(max_length=120)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Empty: it does not expire.
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["fact_type", "fact_id"], name="records_award_once_a_fact"),
            models.CheckConstraint(
                condition=models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=models.F("issued_at")),
                name="records_award_expires_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AwardRevocation(AppendOnlyModel):
    """A certificate that no longer counts, by whom and why."""

    PERSONAL_DATA = "Why a certificate was revoked."

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="revocation")
    reason = models.CharField(max_length=500)
    revoked_at = models.DateTimeField()
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="records_revocation_has_reason"),
        ]
