"""What capability is: frameworks, their editions, and what each role needs.

Rows are written by ``framework.domain`` alone. A published edition does not change: a correction is a
new edition, so that a standing can always name the edition it was judged by.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from academy.framework.enums import Proficiency


class Framework(models.Model):
    """A family of editions under one name, such as Digital and Data, or our procurement roles."""

    PERSONAL_DATA = None

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    source_url = models.URLField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    # The order in which frameworks are listed, and in which a role's slug is looked up.
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions by state."""

    def current(self) -> EditionQuerySet:
        """The latest published edition of each framework."""
        latest = (
            Edition.objects.filter(framework=models.OuterRef("framework"), published_date__isnull=False)
            .order_by("-published_date", "-pk")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(latest))


class Edition(models.Model):
    """One frozen state of a framework. ``digest`` is the SHA-256 of what was loaded: the same file is the same edition."""

    PERSONAL_DATA = None

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="editions")
    version = models.CharField(max_length=40)
    published_date = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["framework", "-published_date"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "version"], name="framework_edition_version_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.framework_id} {self.version}"


class RoleFamily(models.Model):
    """A group of roles that work alike."""

    PERSONAL_DATA = None

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="families")
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="framework_family_slug_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A kind of work that needs certain skills. Never a permission."""

    PERSONAL_DATA = None

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="roles")
    family = models.ForeignKey(RoleFamily, on_delete=models.CASCADE, related_name="roles")
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="framework_role_slug_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class RoleLevel(models.Model):
    """A step within a role; ``rank`` 1 is the first. Requirements hang here, not on the role."""

    PERSONAL_DATA = None

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="levels")
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["role", "slug"], name="framework_level_slug_unique"),
            models.UniqueConstraint(fields=["role", "rank"], name="framework_level_rank_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """Something a person can do, at one of four levels."""

    PERSONAL_DATA = None

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="skills")
    slug = models.SlugField(max_length=120)
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="framework_skill_slug_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class SkillLevel(models.Model):
    """What a person at one level of one skill does, a line each. A level without a text has no row."""

    PERSONAL_DATA = None

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="levels")
    proficiency = models.PositiveSmallIntegerField(choices=Proficiency.choices)
    text = models.TextField()

    class Meta:
        ordering = ["proficiency"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "proficiency"], name="framework_skill_level_unique"),
            models.CheckConstraint(
                condition=models.Q(proficiency__in=Proficiency.values),
                name="framework_skill_level_proficiency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} {self.get_proficiency_display()}"


class SkillRequirement(models.Model):
    """A role level needs a skill at a proficiency. ``proficiency`` is empty where the source names the skill alone."""

    PERSONAL_DATA = None

    role_level = models.ForeignKey(RoleLevel, on_delete=models.CASCADE, related_name="requirements")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="requirements")
    proficiency = models.PositiveSmallIntegerField(choices=Proficiency.choices, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role_level", "skill"], name="framework_requirement_unique"),
            models.CheckConstraint(
                condition=models.Q(proficiency__in=Proficiency.values) | models.Q(proficiency__isnull=True),
                name="framework_requirement_proficiency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_level_id} needs {self.skill_id}"


class PageSkill(Orderable):
    """A page explains, teaches or proves a skill at a proficiency. The one joint between content and framework."""

    PERSONAL_DATA = None

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="skill_links")
    # An edition that pages lean on cannot be deleted from under them.
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="page_links")
    proficiency = models.PositiveSmallIntegerField(_("level"), choices=Proficiency.choices)

    panels = [FieldPanel("skill", heading=_("Skill")), FieldPanel("proficiency")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "skill"], name="framework_page_skill_unique"),
            models.CheckConstraint(
                condition=models.Q(proficiency__in=Proficiency.values), name="framework_page_skill_proficiency"
            ),
        ]


class PageRole(Orderable):
    """A page is written for a role."""

    PERSONAL_DATA = None

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="audience_links")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="page_links")

    panels = [FieldPanel("role", heading=_("Role"))]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "role"], name="framework_page_role_unique"),
        ]
