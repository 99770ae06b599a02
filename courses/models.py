"""Courses, modules and lessons; and who enrolled in, did and completed them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from academy.framework.panels import AUDIENCE_PANEL, SKILL_PANEL
from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import hide_from_reference_index, together, uuid_field
from academy.lib.privacy import Keep, Personal
from academy.pages.blocks import StoryBlock
from academy.pages.models import BasePage
from academy.pages.panels import SOURCE_PANEL
from courses.blocks import LessonBlock


class CourseIndexPage(BasePage):
    """All courses."""

    PERSONAL_DATA = None

    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    template = "courses/course_index_page.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of courses")


class CoursePage(BasePage):
    """A course: modules of lessons, and an assessment that proves what they teach."""

    PERSONAL_DATA = None

    outcomes = RichTextField(
        _("outcomes"), features=["ul", "bold", "italic"], help_text=_("What the learner can do at the end.")
    )
    body = StreamField(StoryBlock(), verbose_name=_("about the course"), blank=True)

    main_panels = [FieldPanel("outcomes"), FieldPanel("body")]
    link_panels = [AUDIENCE_PANEL, SKILL_PANEL]
    search_fields = [*BasePage.search_fields, index.SearchField("outcomes"), index.SearchField("body")]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage", "assessments.AssessmentPage"]
    template = "courses/course_page.html"

    class Meta:
        verbose_name = _("course")


class ModulePage(BasePage):
    """A part of a course; its lessons stand below it in the order of the tree."""

    PERSONAL_DATA = None

    body = StreamField(StoryBlock(), verbose_name=_("about the module"), blank=True)

    main_panels = [FieldPanel("body")]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage"]
    template = "courses/module_page.html"

    class Meta:
        verbose_name = _("module")


class LessonPage(BasePage):
    """One sitting: something to read, try and keep."""

    PERSONAL_DATA = None

    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    body = StreamField(LessonBlock(), verbose_name=_("body"), blank=True)

    main_panels = [FieldPanel("minutes"), FieldPanel("body")]
    link_panels = [
        SKILL_PANEL,
        InlinePanel("play_links", label=_("Play"), heading=_("Plays that it teaches")),
        SOURCE_PANEL,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__range=(1, 180)), name="courses_lesson_minutes"),
        ]


class LessonPlay(Orderable):
    """A lesson teaches a play."""

    PERSONAL_DATA = None

    lesson = ParentalKey(LessonPage, on_delete=models.CASCADE, related_name="play_links")
    play = models.ForeignKey("playbook.PlayPage", on_delete=models.CASCADE, related_name="lesson_links")

    panels = [FieldPanel("play", heading=_("Play"))]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["lesson", "play"], name="courses_lesson_play_unique"),
        ]


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Enrolments by owner and state."""

    def of(self, learner: object) -> EnrolmentQuerySet:
        return self.filter(learner=learner)

    def active(self) -> EnrolmentQuerySet:
        return self.filter(closed_at__isnull=True)

    def on(self, course: CoursePage) -> EnrolmentQuerySet:
        """The same course in every language."""
        return self.filter(course_key=course.translation_key)


class Enrolment(models.Model):
    """A learner takes a course. Leaving closes it; coming back is a new one."""

    PERSONAL_DATA = Personal(
        what=_("Which courses you took, and until when."),
        keep=Keep.RECORD,
        about="learner",
        acts={"enrolled_by": "enrolled_at", "closed_by": "closed_at"},
        ends="closed",
        why=_("How many people took a course is what a public programme accounts for."),
        since="learner__closed_at",
        reads={"course": "course__title"},
    )

    uuid = uuid_field()
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="enrolments")
    course_key = models.UUIDField(editable=False)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course_key"],
                condition=models.Q(closed_at__isnull=True),
                name="courses_one_active_enrolment",
            ),
            together("closed_at", "closed_by", name="courses_enrolment_closed_together"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class LessonCompletion(AppendOnlyModel):
    """A learner said that a lesson is done. It belongs to the learner, not to one enrolment: leaving loses nothing."""

    PERSONAL_DATA = Personal(
        what=_("Which lessons you completed, and when."),
        keep=Keep.STUDY,
        about="learner",
        acts={"completed_by": "completed_at"},
        delete=True,
        reads={"lesson": "lesson__title"},
    )

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lesson_completions")
    lesson = models.ForeignKey(LessonPage, on_delete=models.PROTECT, related_name="completions")
    lesson_key = models.UUIDField(editable=False)
    # The revision that was read; empty when the page was never saved in the CMS.
    revision_id = models.BigIntegerField(null=True)
    completed_at = models.DateTimeField()
    completed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "lesson_key"], name="courses_lesson_completed_once"),
        ]


class CourseCompletion(AppendOnlyModel):
    """A learner completed a course, judged by the syllabus that stood at that moment. A lesson added later takes nothing away."""

    PERSONAL_DATA = Personal(
        what=_("Which courses you completed, and what that took."),
        keep=Keep.RECORD,
        about="learner",
        acts={"completed_by": "completed_at"},
        why=_("A certificate rests on it."),
        since="learner__closed_at",
        reads={"course": "course__title"},
        stays=("syllabus",),
    )

    uuid = uuid_field()
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="course_completions")
    course = models.ForeignKey(CoursePage, on_delete=models.PROTECT, related_name="completions")
    course_key = models.UUIDField(editable=False)
    # {"title", "language", "minutes", "lessons": [key], "assessments": [{"key", "attempt", "percent"}]}
    syllabus = models.JSONField()
    completed_at = models.DateTimeField()
    completed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "course_key"], name="courses_course_completed_once"),
        ]


# Records protect pages by PROTECT and the delete hook (docs/decisions/0006), not through Wagtail's index.
hide_from_reference_index(Enrolment, "course", "learner")
hide_from_reference_index(LessonCompletion, "lesson", "learner")
hide_from_reference_index(CourseCompletion, "course", "learner")
