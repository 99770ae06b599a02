"""Who belongs to which organisation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.lib.fields import together, uuid_field
from academy.lib.privacy import Keep, Personal
from academy.people.enums import JoinedBy
from academy.people.models.organisations import Organisation, below
from academy.people.reach import Reach


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, by state and by who may see them."""

    def current(self) -> MembershipQuerySet:
        return self.filter(left_at__isnull=True)

    def of(self, person: object) -> MembershipQuerySet:
        return self.filter(person=person)

    def within(self, reach: Reach) -> MembershipQuerySet:
        """Those in organisations that a right reaches."""
        return self if reach.everywhere else self.filter(below(reach.paths, prefix="organisation__"))


class Membership(models.Model):
    """A person belongs to an organisation, from one day to another. Leaving closes it; coming back is a new one."""

    # Those that are current are ended by people.domain.closing.
    PERSONAL_DATA = Personal(
        what=_("Where you belonged, from when to when."),
        keep=Keep.RECORD,
        about="person",
        acts={"joined_by": "joined_at", "left_by": "left_at"},
        why=_("Figures count the people of an organisation over the years, without their names."),
        since="person__closed_at",
        reads={"organisation": "organisation__name"},
    )

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    joined_through = models.CharField(max_length=20, choices=JoinedBy.choices)
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(left_at__isnull=True),
                name="people_one_current_membership",
            ),
            together("left_at", "left_by", name="people_membership_left_together"),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | models.Q(left_at__gte=models.F("joined_at")),
                name="people_left_after_joined",
            ),
            models.CheckConstraint(
                condition=models.Q(joined_through__in=JoinedBy.values), name="people_joined_through"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"


class MembershipRequest(models.Model):
    """Somebody asked to join an organisation. Decided once, with a reason when it is refused."""

    PERSONAL_DATA = Personal(
        what=_("Which organisations you asked to join, with what words, and what was answered."),
        keep=Keep.ACCOUNT,
        about="person",
        acts={"asked_by": "asked_at", "decided_by": "decided_at"},
        delete=True,
        reads={"organisation": "organisation__name"},
    )

    uuid = uuid_field()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="membership_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requests")
    message = models.CharField(_("message"), max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(decided_at__isnull=True),
                name="people_one_open_request",
            ),
            together("decided_at", "decided_by", name="people_request_decided_together"),
            together("decided_at", "accepted", name="people_request_has_an_answer"),
            models.CheckConstraint(
                condition=~models.Q(accepted=False) | ~models.Q(reason=""), name="people_refusal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} asks for {self.organisation_id}"


def sees_members(reach: Reach) -> models.Q:
    """Return what holds of the people whom a right reaches: those who belong to one of its organisations today."""
    if reach.everywhere:
        return models.Q()
    inside: Any = Membership.objects.current().within(reach).filter(person=models.OuterRef("pk"))
    return models.Q(models.Exists(inside))
