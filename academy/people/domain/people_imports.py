"""Adding and inviting the people of a list: by a job that somebody watches, or at once from the command line.

A row is written as it was planned, or not at all: what changed meanwhile is looked at again. Nobody is removed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from academy.jobs.api import Failure, Job, Step, start_job
from academy.people.domain.accounts import open_account
from academy.people.domain.audit import record_act
from academy.people.domain.invitation_mail import send_chunk
from academy.people.domain.invitations import Invitee, add_invitations, add_mails, check_end
from academy.people.domain.memberships import join
from academy.people.domain.people_plans import Candidate, Outcome, PlannedPerson, address, plan_people
from academy.people.domain.refusals import MembershipRefused
from academy.people.enums import ActKind, JoinedBy
from academy.people.models import Organisation, PeopleImport, User

# The name of the kind of job.
PEOPLE = "people_import"
CHUNK = 50
# How long an invitation holds when nobody said.
INVITED_FOR = timedelta(days=30)


@dataclass(kw_only=True, slots=True)
class Added:
    """What became of rows that were written."""

    done: int = 0
    failures: list[Failure] = field(default_factory=list)
    invitees: dict[Organisation, list[Invitee]] = field(default_factory=lambda: defaultdict(list))


@transaction.atomic
def start_import(
    *, rows: Sequence[Candidate], by: User, at: datetime, message: str = "", expires_at: datetime | None = None
) -> Job:
    """Keep a list that was confirmed, and return the job that works through it. Raises InvitationRefused."""
    ends = expires_at or at + INVITED_FOR
    check_end(ends, at=at)
    job = start_job(kind=PEOPLE, by=by, at=at, total=len(rows))
    PeopleImport.objects.create(
        job=job,
        rows=[asdict(row) for row in rows],
        message=message.strip(),
        expires_at=ends,
        imported_at=at,
        imported_by=by,
    )
    record_act(kind=ActKind.IMPORTED, actor=by, at=at, after={"what": "people", "rows": len(rows)})
    return job


def work_on_import(job: Job, at: datetime) -> Step:
    """Write the next rows; when all are written, send the e-mails of those who are invited."""
    work = PeopleImport.objects.select_related("imported_by").get(job=job)
    if work.next_row < len(work.rows):
        return _write_next(work, job=job, at=at)
    done, failures, left = send_chunk(job, at=at)
    if left:
        return Step(done=done, failures=failures)
    told = {"done": job.done + done, "failed": job.failed + len(failures)}
    return Step(
        done=done,
        failures=failures,
        finished=True,
        message=_("Rows that are done: %(done)d. Rows that are not: %(failed)d.") % told,
    )


def _write_next(work: PeopleImport, *, job: Job, at: datetime) -> Step:
    end = min(work.next_row + CHUNK, len(work.rows))
    chunk = [Candidate(**{**row, "faults": tuple(row["faults"])}) for row in work.rows[work.next_row : end]]
    added = add_people(chunk, by=work.imported_by, at=at)
    for organisation, invitees in added.invitees.items():
        made = add_invitations(
            organisation=organisation,
            people=invitees,
            language=organisation.language,
            message=work.message,
            # A list that lay for long, because no worker ran, still invites for a while.
            expires_at=max(work.expires_at, at + timedelta(days=1)),
            by=work.imported_by,
            at=at,
        )
        add_mails(job, made)
        # Who was invited by another list a moment ago waits already; the others count when their e-mail is sent.
        added.done += len(invitees) - len(made)
    work.next_row = end
    if end == len(work.rows):
        work.rows = []
    work.save(update_fields=["next_row", "rows"] if not work.rows else ["next_row"])
    return Step(done=added.done, failures=added.failures)


@transaction.atomic
def add_people(rows: Sequence[Candidate], *, by: User | None, at: datetime) -> Added:
    """Open accounts and memberships as the rows say; return who is still to be invited, and what could not be done."""
    added = Added()
    for planned in plan_people(rows, by=by, at=at).rows:
        if planned.outcome is Outcome.REFUSED:
            added.failures.append(_failure(planned, " ".join(planned.reasons)))
        elif planned.outcome is Outcome.INVITED and planned.organisation:
            row = planned.row
            invitee = Invitee(position=row.position, email=address(row), name=row.name, language=row.language)
            added.invitees[planned.organisation].append(invitee)
        else:
            problem = _write(planned, by=by, at=at)
            if problem:
                added.failures.append(_failure(planned, problem))
            else:
                added.done += 1
    return added


def _write(planned: PlannedPerson, *, by: User | None, at: datetime) -> str:
    """Write one row, and return why that could not be, or nothing."""
    row, organisation = planned.row, planned.organisation
    if planned.outcome not in {Outcome.NEW, Outcome.JOINS} or organisation is None:
        return ""
    try:
        with transaction.atomic():
            if planned.person is not None:
                person = User.objects.get(pk=planned.person)
            else:
                person = open_account(
                    email=address(row),
                    display_name=row.name,
                    language=row.language or organisation.language,
                    time_zone=row.time_zone or organisation.time_zone,
                    by=by,
                    at=at,
                )
            join(person=person, organisation=organisation, through=JoinedBy.IMPORT, by=by, at=at)
    except ValidationError as error:
        return " ".join(error.messages)
    except MembershipRefused as error:
        return str(error)
    return ""


def _failure(planned: PlannedPerson, problem: str) -> Failure:
    row = planned.row
    return Failure(
        position=row.position, item=row.email or row.name or _("Row %(row)d") % {"row": row.position}, problem=problem
    )
