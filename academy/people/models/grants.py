"""What people may do above learning, where, from when to when."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from academy.lib.fields import together, uuid_field
from academy.lib.privacy import Keep, Personal
from academy.people.enums import GrantKind, GrantScope
from academy.people.models.organisations import Organisation, below
from academy.people.reach import Reach


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants, by state."""

    def in_force(self, at: datetime) -> GrantQuerySet:
        """Those that hold at a moment: begun, not run out, not withdrawn. The view people_group_in_force says the same."""
        return self.filter(
            models.Q(starts_at__lte=at),
            models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at),
            models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gt=at),
        )

    def within(self, reach: Reach) -> GrantQuerySet:
        """Those that a right reaches: for the same places, or for places below them."""
        if reach.everywhere:
            return self
        return self.filter(
            below(reach.paths, prefix="organisation__") | models.Q(subject__in=reach.courses | reach.cohorts)
        )

    def with_places(self) -> GrantQuerySet:
        """With the organisation, or the title of the course, that each holds for."""
        course = Page.objects.filter(translation_key=models.OuterRef("subject")).order_by("pk")
        return self.select_related("organisation").annotate(course_title=models.Subquery(course.values("title")[:1]))

    def not_over(self, at: datetime) -> GrantQuerySet:
        """Those in force, and those still to come."""
        return self.filter(
            models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at), models.Q(withdrawn_at__isnull=True)
        )


class Grant(models.Model):
    """A person may do what one kind of staff may, in one place. Given, perhaps withdrawn; never changed or deleted.

    Written by: people.domain.grants.
    """

    # Those in force are withdrawn by people.domain.closing.
    PERSONAL_DATA = Personal(
        what=_("What you may do above learning, where, from when to when, and why."),
        keep=Keep.RECORD,
        about="person",
        acts={"given_by": "given_at", "withdrawn_by": "withdrawn_at"},
        blank={"reason": ""},
        why=_("Who may do what must be accounted for, by a number without a name."),
        since="person__closed_at",
        reads={"organisation": "organisation__name", "group": "group__name"},
    )

    uuid = uuid_field()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(_("what"), max_length=30, choices=GrantKind.choices)
    scope = models.CharField(_("where"), max_length=20, choices=GrantScope.choices)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    # The translation key of a course, or the identity of a cohort.
    subject = models.UUIDField(null=True, blank=True)
    # What Django and Wagtail read the rights from: one group for each kind and place.
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="grants")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    given_at = models.DateTimeField()
    # Empty when the program itself gave it, as in the demo.
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        permissions = [("give_grant", "Can give and withdraw grants")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=GrantKind.values), name="people_grant_kind"),
            models.CheckConstraint(
                condition=models.Q(scope=GrantScope.SITE, organisation__isnull=True, subject__isnull=True)
                | models.Q(scope=GrantScope.ORGANISATION, organisation__isnull=False, subject__isnull=True)
                | models.Q(
                    scope__in=[GrantScope.COURSE, GrantScope.COHORT], organisation__isnull=True, subject__isnull=False
                ),
                name="people_grant_scope_names_its_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=GrantKind.SITE_ADMIN) | models.Q(scope=GrantScope.SITE),
                name="people_site_admin_is_for_the_site",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="people_grant_ends_after_start",
                violation_error_message=_("It must end after it starts."),
            ),
            together("withdrawn_at", "withdrawn_by", name="people_grant_withdrawn_together"),
            # Nobody gives themselves anything.
            models.CheckConstraint(
                condition=models.Q(given_by__isnull=True) | ~models.Q(given_by=models.F("person")),
                name="people_grant_is_given_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place}"

    @property
    def place(self) -> str:
        """Where it holds, in words. The title of a course is known only to rows that came ``with_places``."""
        if self.organisation:
            return self.organisation.name
        return getattr(self, "course_title", None) or self.get_scope_display()


class GroupInForce(models.Model):
    """A person is in a group today, because a grant says so: a view, so that nothing has to be kept in step.

    Whatever asks for a person's groups, in Django, in Wagtail or in a package, gets what is in force at that moment.
    """

    PERSONAL_DATA = None  # a view holds nothing of its own: see Grant

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "people_group_in_force"

    def __str__(self) -> str:
        return f"{self.user_id} in {self.group_id}"
