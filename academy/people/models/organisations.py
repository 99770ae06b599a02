"""Organisations, in a tree."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import together, uuid_field
from academy.lib.privacy import Keep, Personal
from academy.people.enums import OrganisationKind
from academy.people.models.people import validate_time_zone
from academy.people.reach import Reach

# On which ground stays who shaped the tree.
ACCOUNTABLE = _("Who changed what must be accounted for, by a number without a name.")


def below(paths: tuple[str, ...], *, prefix: str = "") -> models.Q:
    """Return what holds of the organisations at ``paths`` and of everything below them."""
    found = models.Q(pk__in=[])
    for path in paths:
        found |= models.Q(**{f"{prefix}path__startswith": path})
    return found


class OrganisationQuerySet(MP_NodeQuerySet):
    """Organisations, by who may see them."""

    def within(self, reach: Reach) -> OrganisationQuerySet:
        """Those that a right reaches."""
        return self if reach.everywhere else self.filter(below(reach.paths))

    def open(self) -> OrganisationQuerySet:
        """Those that people may join."""
        return self.filter(closed_at__isnull=True)


class OrganisationManager(MP_NodeManager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]  # made at run time
    """Organisations in the order of the tree."""

    def get_queryset(self) -> OrganisationQuerySet:
        return OrganisationQuerySet(self.model, using=self._db).order_by("path")


class Organisation(MP_Node):
    """A programme, or what hangs below it: a country, a ministry or agency, a unit. Closed, never deleted.

    Written by: people.domain.organisations.
    """

    PERSONAL_DATA = Personal(
        what=_("Organisations that you closed."), keep=Keep.CONTENT, acts={"closed_by": "closed_at"}, why=ACCOUNTABLE
    )

    uuid = uuid_field()
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    # Its name for files, imports and groups: chosen once.
    code = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("Small letters, digits and hyphens. It never changes.")
    )
    name = models.CharField(_("name"), max_length=150, help_text=_("In the language of the organisation."))
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    # Whoever has a confirmed address at one of its domains may join without being asked in. See OrganisationDomain.
    takes_requests = models.BooleanField(
        _("takes requests"), default=True, help_text=_("People may ask to join; an administrator decides.")
    )
    # Where its authors keep images and documents; made when the first of them is appointed.
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, blank=True, on_delete=models.PROTECT, related_name="organisation"
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = OrganisationManager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=OrganisationKind.PROGRAMME, depth=1)
                | (~models.Q(kind=OrganisationKind.PROGRAMME) & models.Q(depth__gt=1)),
                name="people_programme_is_the_root",
                violation_error_message=_("A programme is a root, and nothing else is."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="people_organisation_kind"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="people_organisation_has_a_name"),
            together("closed_at", "closed_by", name="people_organisation_closed_together"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """The name in the language of the reader, else in its own. Fetch ``names`` first: it asks for all of them."""
        language = get_language()
        return next((one.name for one in self.names.all() if one.language == language), self.name)


class OrganisationName(models.Model):
    """What an organisation is called in another language than its own."""

    PERSONAL_DATA = None

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="names")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "language"], name="people_one_name_a_language"),
            models.CheckConstraint(condition=~models.Q(name=""), name="people_translated_name_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationMove(AppendOnlyModel):
    """An organisation came to hang below another one."""

    PERSONAL_DATA = Personal(
        what=_("Organisations that you moved."), keep=Keep.CONTENT, acts={"moved_by": "moved_at"}, why=ACCOUNTABLE
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="moves")
    from_parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="people_move_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} to {self.to_parent_id}"


class OrganisationDomain(models.Model):
    """An e-mail domain whose people belong to the organisation: a confirmed address there is enough to join."""

    PERSONAL_DATA = None

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="domains")
    domain = models.CharField(_("domain"), max_length=253, unique=True)

    class Meta:
        ordering = ["domain"]
        constraints = [
            # Compared with the end of addresses, which are stored in small letters.
            models.CheckConstraint(
                condition=models.Q(domain=Lower("domain"))
                & models.Q(domain__contains=".")
                & ~models.Q(domain__contains="@"),
                name="people_domain_in_small_letters",
                violation_error_message=_("Enter a domain like health.gov.example, in small letters."),
            ),
        ]

    def __str__(self) -> str:
        return self.domain


class OrganisationSection(models.Model):
    """A page that belongs to an organisation, with all below it, in every language."""

    PERSONAL_DATA = None

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sections")
    # The translation key of the page: a translation of it is the same section.
    page_key = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.page_key}"
