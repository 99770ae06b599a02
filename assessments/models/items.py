"""Questions, in banks and versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.framework.enums import Proficiency
from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import together
from academy.lib.privacy import Keep, Personal
from academy.people.api import Reach
from academy.people.models import below
from assessments.enums import ItemKind


class ItemBankQuerySet(models.QuerySet["ItemBank"]):
    """Banks, by who may open them."""

    def within(self, reach: Reach) -> ItemBankQuerySet:
        """Those that a right reaches. A bank of the whole site is open to those alone whose right goes everywhere."""
        return self if reach.everywhere else self.filter(below(reach.paths, prefix="organisation__"))


class ItemBank(models.Model):
    """A named set of questions that an assessment draws from, or that lessons show."""

    PERSONAL_DATA = None

    code = models.SlugField(_("code"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    # Whose questions these are: nobody else's authors see the keys. Empty: the whole site's.
    organisation = models.ForeignKey(
        "people.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="item_banks",
        verbose_name=_("organisation"),
    )
    # The language that its questions are written in: pages in another one mark them up.
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    objects = ItemBankQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("question bank")

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One question through all its versions. Where to read again may change; what was asked may not."""

    PERSONAL_DATA = Personal(
        what=_("Which questions you retired."),
        keep=Keep.CONTENT,
        acts={"retired_by": "retired_at"},
        why=_("Who changed what others are examined by must be traceable, by a number without a name."),
    )

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

    PERSONAL_DATA = Personal(
        what=_("Which questions you wrote."),
        keep=Keep.CONTENT,
        acts={"created_by": "created_at"},
        why=_("Who changed what others are examined by must be traceable, by a number without a name."),
    )

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
