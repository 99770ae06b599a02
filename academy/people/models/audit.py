"""What was done to accounts and by staff."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import uuid_field
from academy.lib.privacy import Keep, Personal
from academy.people.enums import ActKind


def told_of_account(person: Any) -> models.QuerySet[AuditEvent]:
    """Return what the audit tells of a person's account: its entries have no foreign keys."""
    return AuditEvent.objects.filter(object_type="people.User", object_id=str(person.pk))


class AuditEvent(AppendOnlyModel):
    """One act: a sign-in, a change of an account or a grant, an export. Written by ``record_act`` alone.

    It has no foreign keys: it outlives whoever acted and whatever they changed. A sentence about a page stands in
    Wagtail's own log, one about a learner's record in the ledger; the report reads all of them.
    """

    # What closing an account empties beside the entries about it stands in people.domain.forgetting.
    PERSONAL_DATA = Personal(
        what=_("What was done to your account, when, and from which network and kind of browser."),
        keep=Keep.AUDIT,
        about=told_of_account,
        acts={"actor_id": "occurred_at"},
        blank={"label": "", "before": {}, "after": {}, "reason": "", "origin": "", "device": ""},
        why=_("Who may do what must be accounted for, by a number without a name."),
        stays=("object_type", "object_id", "request_id"),
        since="occurred_at",
        final=True,
        hidden=("actor_id", "organisation_id", "request_id"),
    )

    uuid = uuid_field()
    kind = models.CharField(max_length=40, choices=ActKind.choices)
    # Empty: nobody was signed in, or the program acted.
    actor_id = models.BigIntegerField(null=True)
    # What it was done to: "people.User" and its id. Both are empty when there was no such thing.
    object_type = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    # What that was called then. A person's name is not kept here: it is read from the account.
    label = models.CharField(max_length=200, blank=True)
    # Whose affair it was, once there are organisations.
    organisation_id = models.BigIntegerField(null=True, db_index=True)
    # The fields that changed, and what else tells the act: plain values of an allow-list.
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    # The network, not the address: 203.0.113.0/24.
    origin = models.CharField(max_length=50, blank=True)
    device = models.CharField(max_length=80, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    occurred_at = models.DateTimeField()

    class Meta:
        ordering = ["-occurred_at", "-pk"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        default_permissions = ()
        permissions = [("view_audit", _("Can read the audit"))]
        indexes = [
            # The report: all of it, of one person, about one thing, of one kind; newest first each time.
            models.Index(fields=["-occurred_at", "-id"], name="people_audit_newest"),
            models.Index(fields=["actor_id", "-occurred_at"], name="people_audit_actor"),
            models.Index(fields=["object_type", "object_id", "-occurred_at"], name="people_audit_object"),
            models.Index(fields=["kind", "-occurred_at"], name="people_audit_kind"),
        ]
        constraints = [
            # Not the list of kinds: a new kind would make SQLite build the table anew, without its triggers.
            models.CheckConstraint(condition=~models.Q(kind=""), name="people_audit_has_a_kind"),
            models.CheckConstraint(
                condition=models.Q(object_type="", object_id="")
                | (~models.Q(object_type="") & ~models.Q(object_id="")),
                name="people_audit_object_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_type} {self.object_id}".strip()
