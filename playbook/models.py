"""The playbook: stages, plays, principles and case studies."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from academy.framework.panels import AUDIENCE_PANEL, SKILL_PANEL
from academy.pages.blocks import StoryBlock
from academy.pages.models import BasePage
from academy.pages.panels import SOURCE_PANEL
from playbook.enums import GovernmentLevel


class StoryPage(BasePage):
    """A playbook page with a body."""

    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    main_panels = [FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True


class PlaybookIndexPage(StoryPage):
    """The playbook's front page."""

    PERSONAL_DATA = None

    parent_page_types = ["home.HomePage"]
    subpage_types = ["playbook.StagePage", "playbook.PrincipleIndexPage", "playbook.CaseStudyIndexPage"]
    template = "playbook/playbook_index_page.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("playbook")


class StagePage(StoryPage):
    """One stage of the life of a purchase. Plays stand below it in the order of the tree."""

    PERSONAL_DATA = None

    number = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("Its place in the life cycle."),
    )

    main_panels = [FieldPanel("number"), *StoryPage.main_panels]
    parent_page_types = ["playbook.PlaybookIndexPage"]
    subpage_types = ["playbook.PlayPage"]
    template = "playbook/stage_page.html"

    class Meta:
        verbose_name = _("stage")
        constraints = [
            models.CheckConstraint(condition=models.Q(number__range=(1, 9)), name="playbook_stage_number"),
        ]


class PlayPage(StoryPage):
    """One piece of guidance: what to do, why, and how to tell that it worked."""

    PERSONAL_DATA = None

    link_panels = [
        AUDIENCE_PANEL,
        SKILL_PANEL,
        InlinePanel("principle_links", label=_("Principle"), heading=_("Principles")),
        InlinePanel("case_study_links", label=_("Case study"), heading=_("Case studies")),
        SOURCE_PANEL,
    ]
    parent_page_types = ["playbook.StagePage"]
    subpage_types: list[str] = []
    template = "playbook/play_page.html"

    class Meta:
        verbose_name = _("play")


class PrincipleIndexPage(BasePage):
    """All principles."""

    PERSONAL_DATA = None

    parent_page_types = ["playbook.PlaybookIndexPage"]
    subpage_types = ["playbook.PrinciplePage"]
    template = "playbook/principle_index_page.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of principles")


class PrinciplePage(StoryPage):
    """One of the eleven principles of commissioning."""

    PERSONAL_DATA = None

    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(11)])

    main_panels = [FieldPanel("number"), *StoryPage.main_panels]
    link_panels = [SOURCE_PANEL]
    parent_page_types = ["playbook.PrincipleIndexPage"]
    subpage_types: list[str] = []
    template = "playbook/principle_page.html"

    class Meta:
        verbose_name = _("principle")
        constraints = [
            models.CheckConstraint(condition=models.Q(number__range=(1, 11)), name="playbook_principle_number"),
        ]


class CaseStudyIndexPage(BasePage):
    """All case studies, by country."""

    PERSONAL_DATA = None

    parent_page_types = ["playbook.PlaybookIndexPage"]
    subpage_types = ["playbook.CaseStudyCountryPage"]
    template = "playbook/case_study_index_page.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of case studies")


class CaseStudyCountryPage(BasePage):
    """The case studies of one country; its title is the country's name."""

    PERSONAL_DATA = None

    parent_page_types = ["playbook.CaseStudyIndexPage"]
    subpage_types = ["playbook.CaseStudyPage"]
    template = "playbook/case_study_country_page.html"

    class Meta:
        verbose_name = _("country")


class CaseStudyPage(StoryPage):
    """What one government did, and what came of it."""

    PERSONAL_DATA = None

    organisation = models.CharField(_("organisation"), max_length=200)
    level = models.CharField(_("level of government"), max_length=20, choices=GovernmentLevel.choices)
    period = models.CharField(_("period"), max_length=60, blank=True)
    value_band = models.CharField(_("value"), max_length=100, blank=True)
    result = models.CharField(_("result"), max_length=300, help_text=_("One sentence."))

    main_panels = [
        FieldPanel("organisation"),
        FieldPanel("level"),
        FieldPanel("period"),
        FieldPanel("value_band"),
        FieldPanel("result"),
        *StoryPage.main_panels,
    ]
    link_panels = [InlinePanel("stage_links", label=_("Stage"), heading=_("Stages")), SOURCE_PANEL]
    parent_page_types = ["playbook.CaseStudyCountryPage"]
    subpage_types: list[str] = []
    template = "playbook/case_study_page.html"

    class Meta:
        verbose_name = _("case study")


class PlayPrinciple(Orderable):
    """A play puts a principle to work."""

    PERSONAL_DATA = None

    play = ParentalKey(PlayPage, on_delete=models.CASCADE, related_name="principle_links")
    principle = models.ForeignKey(PrinciplePage, on_delete=models.CASCADE, related_name="play_links")

    panels = [FieldPanel("principle", heading=_("Principle"))]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["play", "principle"], name="playbook_play_principle_unique"),
        ]


class PlayCaseStudy(Orderable):
    """A case study shows a play at work."""

    PERSONAL_DATA = None

    play = ParentalKey(PlayPage, on_delete=models.CASCADE, related_name="case_study_links")
    case_study = models.ForeignKey(CaseStudyPage, on_delete=models.CASCADE, related_name="play_links")

    panels = [FieldPanel("case_study", heading=_("Case study"))]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["play", "case_study"], name="playbook_play_case_unique"),
        ]


class CaseStudyStage(Orderable):
    """A case study belongs to a stage."""

    PERSONAL_DATA = None

    case_study = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="stage_links")
    stage = models.ForeignKey(StagePage, on_delete=models.CASCADE, related_name="case_study_links")

    panels = [FieldPanel("stage", heading=_("Stage"))]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case_study", "stage"], name="playbook_case_stage_unique"),
        ]
