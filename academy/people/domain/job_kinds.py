"""What people have done in the background."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from academy.jobs.api import Job, JobKind, register_kind
from academy.people.domain.invitation_mail import INVITATIONS, send_next
from academy.people.domain.people_imports import PEOPLE, work_on_import


def register() -> None:
    """Make our kinds of jobs known."""
    register_kind(
        JobKind(name=INVITATIONS, title=_("Sending invitations"), step=send_next, way_back=invitations_address)
    )
    register_kind(
        JobKind(name=PEOPLE, title=_("Adding and inviting people"), step=work_on_import, way_back=invitations_address)
    )


def invitations_address(job: Job) -> str:
    """Return where the list of invitations is."""
    return reverse("invitations")
