"""The assessment as its author sets it: what is asked, and the rule that judges it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from academy.framework.enums import Proficiency
from academy.lib.fields import percent_field
from academy.pages.blocks import StoryBlock
from academy.pages.models import BasePage
from assessments.models.items import ItemBank


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

    panels = [FieldPanel("skill", heading=_("Skill")), FieldPanel("proficiency")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "skill"], name="assessments_proves_unique"),
            models.CheckConstraint(
                condition=models.Q(proficiency__in=Proficiency.values), name="assessments_proves_proficiency"
            ),
        ]
