"""Invitations into an organisation, who used them, and what was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from academy.jobs.api import Job
from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import together, uuid_field
from academy.lib.privacy import Closing, Keep, Personal
from academy.people.enums import InvitationKind, InvitationState, MailState
from academy.people.models.memberships import Membership
from academy.people.models.organisations import Organisation, below
from academy.people.reach import Reach

# More would be no list of people any more, but everybody.
MOST_SEATS = 10_000


# In place of an address that was forgotten: nobody is written to there, and a personal invitation has one.
FORGOTTEN = "forgotten@invalid"


def invitations_of(person: Any) -> models.QuerySet[Any, Any]:
    """Return the invitations that a person used, or that were sent to their address."""
    return Invitation.objects.filter(models.Q(accepted_by=person) | models.Q(email=person.email))


def mails_to(person: Any) -> models.QuerySet[Any, Any]:
    """Return the e-mails of these invitations."""
    return InvitationMail.objects.filter(invitation__in=invitations_of(person).values("pk"))


def forget_invited(closing: Closing) -> int:
    """Take the address, the name and the words out of a person's invitations; what waits for them is withdrawn."""
    rows = Invitation.objects.filter(pk__in=list(invitations_of(closing.person).values_list("pk", flat=True)))
    waiting = rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    waiting.update(withdrawn_at=closing.at, withdrawn_by=closing.by)
    return rows.update(email=FORGOTTEN, name="", message="")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, by state and by who may see them."""

    def within(self, reach: Reach) -> InvitationQuerySet:
        """Those into organisations that a right reaches."""
        return self if reach.everywhere else self.filter(below(reach.paths, prefix="organisation__"))

    def with_uses(self) -> Any:
        """With the number of seats that are taken, as ``used``."""
        uses = InvitationUse.objects.filter(invitation=models.OuterRef("pk")).order_by().values("invitation")
        count = uses.annotate(count=models.Count("pk")).values("count")
        return self.annotate(
            used=models.functions.Coalesce(models.Subquery(count, output_field=models.IntegerField()), 0)
        )

    def in_state(self, state: str, at: datetime) -> InvitationQuerySet:
        """Those of one state at a moment: what ``Invitation.state_at`` says, for the database."""
        rows = self.with_uses()
        if state == InvitationState.WITHDRAWN:
            return rows.filter(withdrawn_at__isnull=False)
        standing = rows.filter(withdrawn_at__isnull=True)
        if state == InvitationState.USED:
            return standing.filter(used__gte=models.F("seats"))
        free = standing.filter(used__lt=models.F("seats"))
        if state == InvitationState.EXPIRED:
            return free.filter(expires_at__lte=at)
        return free.filter(expires_at__gt=at)


class Invitation(models.Model):
    """Somebody is asked to join an organisation: one person by e-mail, or whoever has the link, while there are seats.

    How many seats are taken is counted (``InvitationUse``), never stored. Written by: people.domain.invitations.
    """

    PERSONAL_DATA = Personal(
        what=_("Invitations that were sent to you, and those that you used."),
        keep=Keep.ACCOUNT,
        about=invitations_of,
        acts={"invited_by": "invited_at", "accepted_by": "accepted_at", "withdrawn_by": "withdrawn_at"},
        wipe=forget_invited,
        why=_("That a place was taken stays: places are counted. Address, name and words go."),
        stays=("kind", "code_hash", "language"),
        hidden=("code_hash",),
        reads={"organisation": "organisation__name"},
    )

    uuid = uuid_field()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    kind = models.CharField(_("for"), max_length=20, choices=InvitationKind.choices)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    # A keyed hash of the code in the link: whoever reads the database cannot join with it.
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    seats = models.PositiveIntegerField(_("places"), default=1)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    message = models.CharField(_("message"), max_length=500, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("until"))
    # Set with the use of a personal one, so that the address can be invited again later.
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=InvitationKind.values), name="people_invitation_kind"),
            models.CheckConstraint(
                condition=models.Q(seats__gt=0) & models.Q(seats__lte=MOST_SEATS), name="people_invitation_seats"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("invited_at")),
                name="people_invitation_expires_after_it_starts",
                violation_error_message=_("It must end in the future."),
            ),
            # One person has an address and one seat; a link has no address.
            models.CheckConstraint(
                condition=models.Q(kind=InvitationKind.PERSONAL, seats=1) & ~models.Q(email="")
                | models.Q(kind=InvitationKind.OPEN, email="", name="", accepted_at__isnull=True),
                name="people_invitation_names_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="people_invitation_email_in_small_letters"
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(kind=InvitationKind.PERSONAL, withdrawn_at__isnull=True, accepted_at__isnull=True),
                name="people_one_open_invitation",
            ),
            together("accepted_at", "accepted_by", name="people_invitation_accepted_together"),
            together("withdrawn_at", "withdrawn_by", name="people_invitation_withdrawn_together"),
        ]

    def __str__(self) -> str:
        return self.email or self.get_kind_display()

    def state_at(self, at: datetime) -> InvitationState:
        """What has become of it. Asks how many seats are taken unless the row came ``with_uses``."""
        used = getattr(self, "used", None)
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        if (self.uses.count() if used is None else used) >= self.seats:
            return InvitationState.USED
        return InvitationState.EXPIRED if self.expires_at <= at else InvitationState.WAITING


class InvitationUse(AppendOnlyModel):
    """A seat of an invitation is taken: its person joined by it."""

    PERSONAL_DATA = Personal(
        what=_("By which invitations you joined an organisation."),
        keep=Keep.RECORD,
        about="person",
        acts={"used_by": "used_at"},
        why=_("Places of an invitation are counted, without names."),
        since="person__closed_at",
    )

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="uses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="invitation_use")
    used_at = models.DateTimeField()
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.invitation_id} by {self.person_id}"


class InvitationMail(models.Model):
    """One e-mail of an invitation, to be sent or sent by a job; sending it again is another row.

    Written by: people.domain.invitation_mail.
    """

    PERSONAL_DATA = Personal(
        what=_("E-mails that invited you, and what your mail server answered."),
        keep=Keep.MESSAGE,
        about=mails_to,
        delete=True,
        since="job__finished_at",
    )

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="mails")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")
    # The row of the list that it came from, for the report on what could not be sent.
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    problem = models.CharField(max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["job", "invitation"], name="people_one_mail_a_job"),
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="people_mail_state"),
            models.CheckConstraint(
                condition=models.Q(state=MailState.FAILED) & ~models.Q(problem="")
                | ~models.Q(state=MailState.FAILED) & models.Q(problem=""),
                name="people_mail_failed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id}: {self.state}"


class PeopleImport(models.Model):
    """A confirmed list of people that a job works through, from its first row to its last; then the list is emptied.

    Written by: people.domain.people_imports.
    """

    PERSONAL_DATA = Personal(
        what=_("Lists of people that you imported, until the work is done."),
        keep=Keep.WORK,
        about="imported_by",
        acts={"imported_by": "imported_at"},
        blank={"rows": [], "message": ""},
        why=_("That an import was made stays for a while, without the list."),
        since="imported_at",
        hidden=("rows",),  # it names others
    )

    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    # Where the job goes on.
    next_row = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=list, blank=True)
    # For those of them who are invited.
    message = models.CharField(max_length=500, blank=True)
    expires_at = models.DateTimeField()
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"Import {self.pk}"
