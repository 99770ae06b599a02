"""The learner's record: what happened, what it shows, and what was awarded for it.

Facts are added or closed, never edited or deleted. Written by ``records.domain`` alone.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.framework.enums import Proficiency
from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import together, uuid_field
from academy.lib.privacy import Keep, Personal
from academy.records.enums import EventKind, EvidenceSource

# What stands in place of a reason that was erased: a revocation has one, and a constraint says so.
WITHHELD = "-"
# On which ground the facts of a record outlive the account.
PROOF = _("Others rely on what you have shown, and a public task has to account for it.")


class LearningEvent(AppendOnlyModel):
    """One line of the ledger, written in the transaction of the fact that it tells.

    It has no foreign keys: the ledger never holds live data back, and outlives it.
    """

    PERSONAL_DATA = Personal(
        what=_("What you did, step by step."),
        keep=Keep.RECORD,
        about="learner_id",
        acts={"actor_id": "occurred_at"},
        blank={"detail": {}},  # words that stand elsewhere too, among them reasons
        # Without a period: the database refuses to delete, and what is left holds no words.
        why=_("The audit rests on it: what kind of step, when and by which number, without words."),
        stays=(
            "subject_type",
            "subject_id",
        ),
    )

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

    PERSONAL_DATA = Personal(
        what=_("Which skills you have shown, and by which rule."),
        keep=Keep.RECORD,
        about="learner",
        acts={"granted_by": "granted_at"},
        why=PROOF,
        since="learner__closed_at",
        reads={"skill": "skill__name"},
        stays=(
            "fact_type",
            "fact_id",
            "rule",
        ),
    )

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

    PERSONAL_DATA = Personal(
        what=_("Where you stand in each skill."),
        keep=Keep.RECORD,
        about="learner",
        why=PROOF,
        since="learner__closed_at",
        reads={"skill": "skill__name"},
    )

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

    PERSONAL_DATA = Personal(
        what=_("Which roles you aimed for."),
        keep=Keep.STUDY,
        about="learner",
        acts={"set_by": "set_at", "closed_by": "closed_at"},
        delete=True,
        reads={"role": "role_level__role__name", "level": "role_level__name"},
    )

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

    PERSONAL_DATA = Personal(
        what=_("Your certificates and what they certify."),
        keep=Keep.RECORD,
        about="learner",
        acts={"issued_by": "issued_at"},
        why=_("Whoever holds the certificate on paper must be able to verify it, by its code and without your name."),
        since="learner__closed_at",
        stays=(
            "code",
            "fact_type",
            "fact_id",
            "payload",
            "signature",
        ),  # the name stands in AwardHolder
    )

    code = models.CharField(max_length=26, unique=True)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="awards")
    # The completion that it certifies; one certificate each.
    fact_type = models.CharField(max_length=80)
    fact_id = models.CharField(max_length=64)
    # {"holder", "title", "language", "completed_at", "time_zone", "minutes", "lessons",
    #  "results": [{"title", "percent", "pass_mark"}], "skills": [{"skill", "level"}]}
    # "holder" commits to the name, which stands in AwardHolder, without telling it.
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


class AwardHolder(AppendOnlyModel):
    """The name that is printed on a certificate. Erasing it leaves the certificate verifiable.

    The signed payload holds the SHA-256 of ``salt`` and ``name``. With both gone nobody can find the name by trying
    names, and everything else that is printed still proves itself.
    """

    PERSONAL_DATA = Personal(
        what=_("The name on each of your certificates."),
        keep=Keep.RECORD,
        about="award__learner",
        blank={"name": "", "salt": ""},
        why=_("An empty row: it says that the certificate had a holder who closed the account."),
        since="award__learner__closed_at",
        hidden=("salt",),
        reads={"certificate": "award__code"},
    )

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="holder")
    name = models.CharField(max_length=150, blank=True)
    salt = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            # A name without its salt proves nothing, a salt without its name helps to guess it.
            models.CheckConstraint(
                condition=models.Q(name="", salt="") | (~models.Q(name="") & ~models.Q(salt="")),
                name="records_holder_whole_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return str(self.award_id)


class AwardRevocation(AppendOnlyModel):
    """A certificate that no longer counts, by whom and why."""

    PERSONAL_DATA = Personal(
        what=_("Which of your certificates were revoked, and why."),
        keep=Keep.RECORD,
        about="award__learner",
        acts={"revoked_by": "revoked_at"},
        blank={"reason": WITHHELD},  # a reason about somebody may name them
        why=_("A verifier must learn that a certificate no longer counts, for as long as it can be shown."),
        since="award__learner__closed_at",
        reads={"certificate": "award__code"},
    )

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="revocation")
    reason = models.CharField(max_length=500)
    revoked_at = models.DateTimeField()
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="records_revocation_has_reason"),
        ]
