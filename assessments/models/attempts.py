"""What learners did: attempts, answers, marks and results."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.lib.append_only import AppendOnlyModel, AppendOnlyQuerySet
from academy.lib.fields import hide_from_reference_index, percent_field, together, uuid_field
from academy.lib.privacy import Keep, Personal
from assessments.enums import AttemptState, MarkKind
from assessments.item_types import kinds_in_own_words
from assessments.models.items import ItemVersion
from assessments.models.pages import AssessmentPage

# On which ground what was answered and judged outlives the account.
JUDGED = _("A result must stand up to questions later: what was asked, answered and judged belongs to it.")

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
# A wrong choice may cost more than the mark, where its weight says so.
LOWEST = Decimal(-9)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts by owner."""

    def of(self, learner: object) -> AttemptQuerySet:
        return self.filter(learner=learner)


class Attempt(models.Model):
    """One try of one learner. The rule that judges it is frozen when it starts; submitting closes it for ever."""

    PERSONAL_DATA = Personal(
        what=_("Which assessments you took, and when."),
        keep=Keep.RECORD,
        about="learner",
        acts={"started_by": "started_at", "submitted_by": "submitted_at"},
        why=JUDGED,
        since="learner__closed_at",
        hidden=("seed",),  # it would tell which questions come next
        reads={"assessment": "assessment__title"},
        stays=("rule",),
    )

    uuid = uuid_field()
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    assessment = models.ForeignKey(AssessmentPage, on_delete=models.PROTECT, related_name="attempts")
    # The same in every language, so that a translation is not a second chance.
    assessment_key = models.UUIDField(editable=False)
    number = models.PositiveSmallIntegerField()
    # {"title", "revision", "pass_mark", "skill_share", "scheme", "proves": [{"skill", "proficiency"}]}
    rule = models.JSONField()
    seed = models.BigIntegerField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["learner", "assessment_key", "number"]
        permissions = [("mark_answers", "Can mark answers")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "assessment_key", "number"], name="assessments_attempt_number_unique"
            ),
            # Two open attempts would be two sets of questions to choose from.
            models.UniqueConstraint(
                fields=["learner", "assessment_key"],
                condition=models.Q(submitted_at__isnull=True),
                name="assessments_one_open_attempt",
            ),
            together("submitted_at", "submitted_by", name="assessments_attempt_submitted_together"),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True) | models.Q(submitted_at__gte=models.F("started_at")),
                name="assessments_submitted_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uuid} ({self.number})"

    @property
    def state(self) -> AttemptState:
        """Open until submitted: every question of this release marks itself."""
        return AttemptState.IN_PROGRESS if self.submitted_at is None else AttemptState.FINISHED


class AttemptItem(AppendOnlyModel):
    """A question as one learner sees it: which version, in which place, with its options in which order."""

    PERSONAL_DATA = Personal(
        what=_("Which questions you were given."),
        keep=Keep.RECORD,
        about="attempt__learner",
        why=JUDGED,
        since="attempt__learner__closed_at",
        reads={"question": "version__stem"},
        stays=("option_order",),
    )

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    option_order = models.JSONField()
    max_mark = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="assessments_attempt_position_unique"),
            models.UniqueConstraint(fields=["attempt", "version"], name="assessments_attempt_version_unique"),
            models.CheckConstraint(condition=models.Q(position__gte=1), name="assessments_position_from_one"),
            models.CheckConstraint(condition=models.Q(max_mark__gt=0), name="assessments_max_mark_positive"),
        ]


class AnswerQuerySet(AppendOnlyQuerySet):
    """Answers; those in a person's own words can be forgotten, which option was chosen cannot."""

    def erasable_rows(self) -> AnswerQuerySet:
        """Return the answers that are words of their person."""
        return self.filter(attempt_item__version__kind__in=kinds_in_own_words())


class Answer(AppendOnlyModel):
    """One saved answer. Changing one's mind adds a row; the highest sequence counts."""

    PERSONAL_DATA = Personal(
        what=_("What you answered, and when."),
        keep=Keep.RECORD,
        about="attempt_item__attempt__learner",
        why=JUDGED,
        since="attempt_item__attempt__learner__closed_at",
        reads={"question": "attempt_item__version__stem"},
        blank={"response": {}},  # where it is in somebody's own words: see AnswerQuerySet
    )

    # Chosen by the form: the same answer sent twice is one row.
    uuid = models.UUIDField(unique=True, editable=False)
    attempt_item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="answers")
    sequence = models.PositiveIntegerField()
    response = models.JSONField()
    received_at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()  # type: ignore[misc] # a narrower manager than the base has

    class Meta:
        ordering = ["attempt_item", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["attempt_item", "sequence"], name="assessments_answer_sequence_unique"),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="assessments_sequence_from_one"),
        ]


class Mark(AppendOnlyModel):
    """What a question earned: a fraction of its full mark, by which scheme, given by whom. Never changed; a later mark outweighs it."""

    PERSONAL_DATA = Personal(
        what=_("How your answers were judged."),
        keep=Keep.RECORD,
        about="attempt_item__attempt__learner",
        acts={"marked_by": "marked_at"},
        blank={"reason": ""},  # words about the person
        why=JUDGED,
        since="attempt_item__attempt__learner__closed_at",
        reads={"question": "attempt_item__version__stem"},
        stays=("scheme",),
    )

    attempt_item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=20, choices=MarkKind.choices)
    fraction = models.DecimalField(max_digits=8, decimal_places=7)
    scheme = models.CharField(max_length=60)
    marked_at = models.DateTimeField()
    # Empty when a rule gave the mark; a person's mark names the person.
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["attempt_item", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(fraction__range=(LOWEST, ONE)), name="assessments_mark_fraction"),
            models.CheckConstraint(
                condition=models.Q(kind=MarkKind.AUTOMATIC, marked_by__isnull=True)
                | (~models.Q(kind=MarkKind.AUTOMATIC) & models.Q(marked_by__isnull=False)),
                name="assessments_mark_names_marker",
            ),
        ]


class AttemptResult(AppendOnlyModel):
    """The decision on an attempt, with what it shows of each skill. One an attempt, in the same commit as its submission."""

    PERSONAL_DATA = Personal(
        what=_("Your results."),
        keep=Keep.RECORD,
        about="attempt__learner",
        why=JUDGED,
        since="attempt__learner__closed_at",
        reads={"assessment": "attempt__assessment__title"},
        stays=("skills",),
    )

    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="result")
    score = models.DecimalField(max_digits=9, decimal_places=2)
    maximum = models.DecimalField(max_digits=9, decimal_places=2)
    percent = percent_field()
    passed = models.BooleanField()
    # [{"skill": id, "name", "proficiency", "score", "maximum", "percent", "shown": bool}]
    skills = models.JSONField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(maximum__gt=0), name="assessments_result_maximum"),
            models.CheckConstraint(
                condition=models.Q(score__gte=0) & models.Q(score__lte=models.F("maximum")),
                name="assessments_result_score_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(percent__range=(ZERO, HUNDRED)), name="assessments_result_percent"
            ),
        ]


class PracticeResponse(AppendOnlyModel):
    """An answer to a knowledge check in a lesson: ungraded, as often as one likes."""

    PERSONAL_DATA = Personal(
        what=_("What you answered in the practice questions of lessons, and when."),
        keep=Keep.STUDY,
        about="learner",
        delete=True,
        since="responded_at",
        reads={"question": "version__stem"},
    )

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practice")
    # The lesson's translation key: the same lesson in every language.
    lesson_key = models.UUIDField()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    response = models.JSONField()
    # Empty where only a person could say.
    fraction = models.DecimalField(max_digits=8, decimal_places=7, null=True)
    responded_at = models.DateTimeField()

    class Meta:
        ordering = ["learner", "pk"]
        indexes = [
            # A lesson page asks for the learner's latest answer to each of its checks.
            models.Index(fields=["learner", "lesson_key"], name="assessments_practice_lesson"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fraction__range=(LOWEST, ONE)), name="assessments_practice_fraction"
            ),
        ]


# Records protect pages by PROTECT and the delete hook (docs/decisions/0006), not through Wagtail's index.
hide_from_reference_index(Attempt, "assessment")
