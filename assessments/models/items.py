"""Questions, in banks and versions."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from academy.framework.enums import Proficiency
from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import together, uuid_field
from academy.lib.privacy import Keep, Personal
from academy.lib.storage import private_storage
from academy.people.api import Reach
from academy.people.models import below
from assessments.enums import ItemKind, VersionState
from assessments.item_types.rich import Rich, TextFormat

FORMATS = [(one.value, one.value) for one in TextFormat]
WRITTEN = [one.value for one in TextFormat]
COUNTRY = "^[A-Z]{2}$"


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


class ItemQuerySet(models.QuerySet["Item"]):
    """Questions, by where they stand."""

    def asked(self) -> ItemQuerySet:
        """Those that a new attempt may be given."""
        return self.filter(retired_at__isnull=True, ready_version__isnull=False)

    def with_language(self) -> ItemQuerySet:
        """Annotate ``spoken_in``: the question's own language, else its bank's."""
        return self.annotate(spoken_in=Coalesce(NullIf("language", models.Value("")), "bank__language"))


class Item(models.Model):
    """One question through all its versions. How it is filed may change; what was asked may not."""

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
    # The version that new attempts are given: the latest that was made ready. Written with ReadyVersion.
    ready_version = models.OneToOneField(
        "assessments.ItemVersion", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    # How authors file it: "Evaluation/Scoring". Other systems' categories come in here.
    category = models.CharField(_("category"), max_length=500, blank=True)
    # Words, in the author's order. Not taggit's: its tags are one list for all countries.
    tags = models.JSONField(_("tags"), default=list, blank=True)
    # Empty: the bank's language.
    language = models.CharField(_("language"), max_length=10, blank=True, choices=settings.LANGUAGES)
    # Whose law it follows, by ISO 3166-1; empty: anybody's.
    jurisdiction = models.CharField(
        _("jurisdiction"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(COUNTRY, _("Use the two capital letters of a country, such as CO."))],
        help_text=_("The two letters of the country whose law it follows. Empty: it is true anywhere."),
    )
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

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["bank", "code"]
        verbose_name = _("question")
        constraints = [
            together("retired_at", "retired_by", name="assessments_item_retired_together"),
            models.CheckConstraint(
                condition=models.Q(jurisdiction="") | models.Q(jurisdiction__range=("AA", "ZZ")),
                name="assessments_item_jurisdiction",
            ),
        ]

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
    # What authors call it; learners never see it.
    name = models.CharField(max_length=255, blank=True)
    stem = models.TextField()
    stem_format = models.CharField(max_length=10, choices=FORMATS, default=TextFormat.PLAIN.value)
    # The shape belongs to the kind: see ``item_types.bodies``.
    content = models.JSONField()
    explanation = models.TextField(blank=True)
    explanation_format = models.CharField(max_length=10, choices=FORMATS, default=TextFormat.PLAIN.value)
    # {"right", "partly", "wrong"}: texts on the answer as a whole, as ``item_types.questions.Verdicts``.
    verdicts = models.JSONField(default=dict)
    # [{"text", "clear_wrong", "show_count"}]: one a try, as ``item_types.questions.Hint``.
    hints = models.JSONField(default=list)
    # What each wrong try costs, as a share of the mark.
    penalty = models.DecimalField(max_digits=8, decimal_places=7, default=Decimal("0.3333333"))
    # How many marks it is worth where an assessment says nothing else.
    default_mark = models.DecimalField(max_digits=12, decimal_places=7, default=Decimal(1))
    # 1 easy to 5 hard, as its author thinks; 0 when nobody said.
    difficulty = models.PositiveSmallIntegerField(default=0)
    # A draft may lack them; a question that is made ready does not.
    skill = models.ForeignKey("framework.Skill", null=True, on_delete=models.PROTECT, related_name="+")
    proficiency = models.PositiveSmallIntegerField(null=True, choices=Proficiency.choices)
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
                condition=models.Q(proficiency__isnull=True, skill__isnull=True)
                | models.Q(proficiency__in=Proficiency.values, skill__isnull=False),
                name="assessments_version_proficiency",
            ),
            models.CheckConstraint(condition=models.Q(penalty__range=(0, 1)), name="assessments_version_penalty"),
            models.CheckConstraint(condition=models.Q(default_mark__gte=0), name="assessments_version_mark"),
            models.CheckConstraint(condition=models.Q(difficulty__lte=5), name="assessments_version_difficulty"),
            models.CheckConstraint(
                condition=models.Q(stem_format__in=WRITTEN, explanation_format__in=WRITTEN),
                name="assessments_version_formats",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

    @property
    def rich_stem(self) -> Rich:
        """The stem with its format."""
        return Rich(self.stem, TextFormat(self.stem_format))

    @property
    def rich_explanation(self) -> Rich:
        """The explanation with its format."""
        return Rich(self.explanation, TextFormat(self.explanation_format))


class ReadyVersion(AppendOnlyModel):
    """A version was made ready, once: from then on it may be asked, until a later one is or the item retires."""

    PERSONAL_DATA = Personal(
        what=_("Which questions you made ready."),
        keep=Keep.CONTENT,
        acts={"ready_by": "ready_at"},
        why=_("Who changed what others are examined by must be traceable, by a number without a name."),
    )

    version = models.OneToOneField(ItemVersion, on_delete=models.PROTECT, related_name="readiness")
    ready_at = models.DateTimeField()
    ready_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version"]


def version_state(version: ItemVersion) -> VersionState:
    """Return where a version stands. No query when ``item`` and ``readiness`` are selected."""
    if not hasattr(version, "readiness"):
        return VersionState.DRAFT
    asked = version.item.retired_at is None and version.item.ready_version_id == version.pk
    return VersionState.READY if asked else VersionState.RETIRED


class ItemPicture(AppendOnlyModel):
    """An image that the texts of a version name as ``picture:<name>``; the bytes as they came."""

    PERSONAL_DATA = None

    uuid = uuid_field()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="pictures")
    name = models.CharField(max_length=200)
    # Named by what is in it: versions that show the same picture share the file.
    file = models.FileField(storage=private_storage, max_length=200)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["version", "name"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="assessments_picture_name_unique")]
