"""Questions, assessments, attempts and marks.

Questions and everything about attempts are written by ``assessments.domain`` alone. Answer keys are plain
rows: never a page, a snippet, a revision or an API field, whose history and choosers are side doors.
"""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from academy.framework.enums import Proficiency
from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import percent_field, together, uuid_field
from academy.pages.blocks import StoryBlock
from academy.pages.models import BasePage
from assessments.enums import AttemptState, ItemKind, MarkKind

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


class ItemBank(models.Model):
    """A named set of questions that an assessment draws from, or that lessons show."""

    PERSONAL_DATA = None

    code = models.SlugField(_("code"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    # The language that its questions are written in: pages in another one mark them up.
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)

    class Meta:
        ordering = ["title"]
        verbose_name = _("question bank")

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One question through all its versions. Where to read again may change; what was asked may not."""

    PERSONAL_DATA = None

    bank = models.ForeignKey(ItemBank, on_delete=models.PROTECT, related_name="items", verbose_name=_("bank"))
    code = models.SlugField(_("code"), max_length=60, unique=True)
    # The start of the question, so that lists need not read versions. Written with each version.
    label = models.CharField(max_length=120, blank=True, editable=False)
    # Cross-app links are to the page itself: this app knows neither plays nor lessons.
    play = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("play")
    )
    lesson = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("lesson")
    )
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["bank", "code"]
        verbose_name = _("question")
        constraints = [together("retired_at", "retired_by", name="assessments_item_retired_together")]

    def __str__(self) -> str:
        return f"{self.code}: {self.label}" if self.label else self.code


class ItemVersion(AppendOnlyModel):
    """What a question said at one time. Attempts keep the version they were given."""

    PERSONAL_DATA = None

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=ItemKind.choices)
    stem = models.TextField()
    # The shape belongs to the kind: see ``item_types``.
    content = models.JSONField()
    explanation = models.TextField()
    skill = models.ForeignKey("framework.Skill", on_delete=models.PROTECT, related_name="+")
    proficiency = models.PositiveSmallIntegerField(choices=Proficiency.choices)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="assessments_version_number_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="assessments_version_number_from_one"),
            models.CheckConstraint(condition=models.Q(kind__in=ItemKind.values), name="assessments_version_kind"),
            models.CheckConstraint(condition=~models.Q(stem=""), name="assessments_version_has_stem"),
            models.CheckConstraint(
                condition=models.Q(proficiency__in=Proficiency.values), name="assessments_version_proficiency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"


class AssessmentPage(BasePage):
    """What a learner must show, and the rule by which it is judged."""

    PERSONAL_DATA = None

    body = StreamField(StoryBlock(), verbose_name=_("what to expect"), blank=True)
    bank = models.ForeignKey(ItemBank, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("bank"))
    draw = models.PositiveSmallIntegerField(
        _("questions drawn"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    pass_mark = percent_field(
        verbose_name=_("pass mark (%)"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=3, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    retake_hours = models.PositiveSmallIntegerField(_("hours between attempts"), default=24)
    skill_share = percent_field(
        verbose_name=_("share of a skill’s marks that proves it (%)"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    main_panels = [
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("bank"), FieldPanel("draw")]),
        FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("skill_share")]),
        FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("retake_hours")]),
    ]
    link_panels = [InlinePanel("proves", label=_("Skill"), heading=_("What it proves"))]
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    template = "assessments/assessment_page.html"

    class Meta:
        verbose_name = _("assessment")
        constraints = [
            models.CheckConstraint(condition=models.Q(draw__range=(1, 100)), name="assessments_page_draw"),
            models.CheckConstraint(condition=models.Q(pass_mark__range=(1, 100)), name="assessments_page_pass_mark"),
            models.CheckConstraint(condition=models.Q(skill_share__range=(1, 100)), name="assessments_page_share"),
            models.CheckConstraint(condition=models.Q(attempts_allowed__gte=1), name="assessments_page_attempts"),
        ]


class AssessmentSkill(Orderable):
    """An assessment proves a skill at a proficiency."""

    PERSONAL_DATA = None

    page = ParentalKey(AssessmentPage, on_delete=models.CASCADE, related_name="proves")
    skill = models.ForeignKey("framework.Skill", on_delete=models.PROTECT, related_name="proved_by")
    proficiency = models.PositiveSmallIntegerField(_("level"), choices=Proficiency.choices)

    panels = [FieldPanel("skill"), FieldPanel("proficiency")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "skill"], name="assessments_proves_unique"),
            models.CheckConstraint(
                condition=models.Q(proficiency__in=Proficiency.values), name="assessments_proves_proficiency"
            ),
        ]


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts by owner and state."""

    def of(self, learner: object) -> AttemptQuerySet:
        return self.filter(learner=learner)

    def open(self) -> AttemptQuerySet:
        return self.filter(submitted_at__isnull=True)

    def finished(self) -> AttemptQuerySet:
        return self.filter(submitted_at__isnull=False)


class Attempt(models.Model):
    """One try of one learner. The rule that judges it is frozen when it starts; submitting closes it for ever."""

    PERSONAL_DATA = "Who took which assessment, when, with what answers and result."

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

    PERSONAL_DATA = "Which questions a learner was given."

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


class Answer(AppendOnlyModel):
    """One saved answer. Changing one's mind adds a row; the highest sequence counts."""

    PERSONAL_DATA = "What a learner answered, and when."

    # Chosen by the form: the same answer sent twice is one row.
    uuid = models.UUIDField(unique=True, editable=False)
    attempt_item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="answers")
    sequence = models.PositiveIntegerField()
    response = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt_item", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["attempt_item", "sequence"], name="assessments_answer_sequence_unique"),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="assessments_sequence_from_one"),
        ]


class Mark(AppendOnlyModel):
    """What a question earned: a fraction of its full mark, by which scheme, given by whom. Never changed; a later mark outweighs it."""

    PERSONAL_DATA = "How a learner's answers were judged."

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
            models.CheckConstraint(condition=models.Q(fraction__range=(ZERO, ONE)), name="assessments_mark_fraction"),
            models.CheckConstraint(
                condition=models.Q(kind=MarkKind.AUTOMATIC, marked_by__isnull=True)
                | (~models.Q(kind=MarkKind.AUTOMATIC) & models.Q(marked_by__isnull=False)),
                name="assessments_mark_names_marker",
            ),
        ]


class AttemptResult(AppendOnlyModel):
    """The decision on an attempt, with what it shows of each skill. One an attempt, in the same commit as its submission."""

    PERSONAL_DATA = "A learner's result."

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
            models.CheckConstraint(condition=models.Q(percent__range=(ZERO, HUNDRED)), name="assessments_result_percent"),
        ]


class PracticeResponse(AppendOnlyModel):
    """An answer to a knowledge check in a lesson: ungraded, as often as one likes."""

    PERSONAL_DATA = "What a learner answered in practice, and when."

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practice")
    # The lesson's translation key: the same lesson in every language.
    lesson_key = models.UUIDField()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    response = models.JSONField()
    fraction = models.DecimalField(max_digits=8, decimal_places=7)
    responded_at = models.DateTimeField()

    class Meta:
        ordering = ["learner", "pk"]
        indexes = [
            # A lesson page asks for the learner's latest answer to each of its checks.
            models.Index(fields=["learner", "lesson_key"], name="assessments_practice_lesson"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fraction__range=(ZERO, ONE)), name="assessments_practice_fraction"
            ),
        ]


# Wagtail's reference index would write a row for each attempt; the delete hook guards the page instead.
Attempt._meta.get_field("assessment").wagtail_reference_index_ignore = True
