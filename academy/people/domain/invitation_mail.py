"""The e-mails of invitations, sent by a job. A row says what is to be sent before anything is; it says what became of it."""

from __future__ import annotations

import smtplib
import zoneinfo
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from academy.jobs.api import Failure, Job, Step
from academy.people.domain.invitation_codes import code_of
from academy.people.enums import InvitationState, MailState
from academy.people.models import Invitation, InvitationMail

# The name of the kind of job.
INVITATIONS = "people_invitations"
# One connection to the mail server each. A worker that is killed sends no more than these twice.
CHUNK = 10
# A server that takes long is left after so many seconds, before the task's own limit undoes what was sent.
PATIENCE, BUDGET = 10, 20


def send_next(job: Job, at: datetime) -> Step:
    """Send the next few e-mails of a job."""
    done, failures, left = send_chunk(job, at=at)
    if left:
        return Step(done=done, failures=failures)
    sent = job.done + done
    return Step(
        done=done,
        failures=failures,
        finished=True,
        message=ngettext("%(sent)d invitation was sent.", "%(sent)d invitations were sent.", sent) % {"sent": sent},
    )


def send_chunk(job: Job, *, at: datetime) -> tuple[int, list[Failure], bool]:
    """Send the next few; return how many went, what did not, and whether more may be left.

    An address that is refused fails alone. A server that cannot be reached is an error: the job tries again later.
    """
    waiting = InvitationMail.objects.filter(job=job, state=MailState.WAITING).order_by("pk")
    mails = list(
        waiting.select_related("invitation__organisation", "invitation__invited_by").prefetch_related(
            "invitation__organisation__names"
        )[:CHUNK]
    )
    done = 0
    failures: list[Failure] = []
    if not mails:
        return 0, [], False
    until = monotonic() + BUDGET
    with get_connection(timeout=PATIENCE) as connection:
        for mail in mails:
            if monotonic() > until:
                break
            problem = _unsendable(mail.invitation, at)
            if not problem:
                try:
                    written(mail.invitation, connection=connection).send()
                except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
                    problem = refusal(error)
                except (smtplib.SMTPException, OSError):
                    if not done and not failures:
                        raise
                    # What was sent is kept; the next step meets the fault first.
                    break
            mail.state, mail.problem = (MailState.FAILED, problem) if problem else (MailState.SENT, "")
            mail.save(update_fields=["state", "problem"])
            if problem:
                failures.append(Failure(position=mail.position, item=mail.invitation.email, problem=problem))
            else:
                done += 1
    return done, failures, waiting.exists()


def _unsendable(invitation: Invitation, at: datetime) -> str:
    """Return why there is nothing to send any more, or nothing."""
    return {
        InvitationState.WITHDRAWN: _("The invitation was withdrawn before it was sent."),
        InvitationState.USED: _("The person has joined already."),
        InvitationState.EXPIRED: _("The invitation expired before it was sent."),
    }.get(invitation.state_at(at), "") or (
        "" if code_of(invitation) else _("Its link is no longer valid. Withdraw it.")
    )


def refusal(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> str:
    """Return what a mail server said, in words. Its own go along: they help whoever asks its administrators."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    else:
        code, said = error.smtp_code, as_bytes(error.smtp_error)
    text = " ".join(said.decode(errors="replace").split())[:200]
    if code < 500:
        told = _("The mail server puts this address off for now. Send it again later. It said: %(code)d %(text)s")
    else:
        told = _("The mail server refuses this address. Check how it is written. It said: %(code)d %(text)s")
    return told % {"code": code, "text": text}


def as_bytes(text: bytes | str) -> bytes:
    """Return what a server said as it said it."""
    return text.encode() if isinstance(text, str) else text


def written(invitation: Invitation, *, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """Return the e-mail, in the language of the invitation, with its end in the time zone of the organisation."""
    with override(invitation.language), timezone.override(zoneinfo.ZoneInfo(invitation.organisation.time_zone)):
        context = {
            # As the frame of our e-mails greets people.
            "user": {"display_name": invitation.name} if invitation.name else None,
            "site_name": settings.SITE_NAME,
            "organisation": invitation.organisation.local_name,
            "inviter": invitation.invited_by.display_name,
            "inviter_email": invitation.invited_by.email,
            "message": invitation.message,
            "link": link_of(invitation),
            "expires_at": invitation.expires_at,
            "zone": invitation.organisation.time_zone.replace("_", " "),
        }
        subject = " ".join(render_to_string("people/email/invitation_subject.txt", context).split())
        body = str(render_to_string("people/email/invitation_message.txt", context))
    return EmailMessage(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
        body=body,
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def link_of(invitation: Invitation) -> str:
    """Return the address that the invitation is accepted at, in its language; empty when its key is gone."""
    code = code_of(invitation)
    if code is None:
        return ""
    with override(invitation.language):
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('join', args=[code])}"
