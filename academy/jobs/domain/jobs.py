"""Jobs that people watch: started by a request, done by the worker chunk by chunk.

A job's row is the truth about how far it has come. Each chunk, its effects, its count and its failures are one
transaction, under a lock on the row: killed at any moment, a job goes on with the chunk that was not committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus as Status

from academy.jobs.domain.kinds import Failure, Step, kind_named, kind_of
from academy.jobs.domain.queue import rows
from academy.jobs.domain.tasks import background, refuse_all_but_ids
from academy.jobs.enums import JobState
from academy.jobs.models import Job, JobFailure
from academy.lib.clock import now

# After so long a job lets other tasks have their turn. A worker that is told to stop waits no longer than this.
TURN = timedelta(seconds=10)
KEEP_FAILURES = timedelta(days=30)
# What fits into a row of failures; the rest of a long line helps nobody to find it.
ITEM_LENGTH, PROBLEM_LENGTH, MESSAGE_LENGTH = 300, 500, 500


class JobIsFinished(Exception):
    """Nothing can be added to a job that is over."""


@transaction.atomic
def start_job(
    *, kind: str, by: AbstractBaseUser, at: datetime, total: int = 0, about: Mapping[str, int | str] | None = None
) -> Job:
    """Store a job and ring for a worker. ``about`` holds ids alone. Raises UnknownKind and NotAnId."""
    kind_named(kind)
    about = dict(about or {})
    refuse_all_but_ids(about.values())
    job = Job.objects.create(
        kind=kind,
        about=about,
        total=total,
        asked_by_id=by.pk,
        asked_at=at,
        language=translation.get_language() or "en",
    )
    ring(job)
    return job


def advance_job(
    *, job: Job, at: datetime, done: int = 0, failures: Iterable[Failure] = (), total: int | None = None
) -> None:
    """Count what a chunk did, in its transaction. Raises JobIsFinished."""
    if job.is_finished:
        raise JobIsFinished(str(job.uuid))
    told = JobFailure.objects.bulk_create(
        [
            JobFailure(
                job=job,
                position=failure.position,
                item=failure.item[:ITEM_LENGTH],
                problem=failure.problem[:PROBLEM_LENGTH],
            )
            for failure in failures
        ]
    )
    job.state = JobState.RUNNING
    job.started_at = job.started_at or at
    job.done += done
    job.failed += len(told)
    # A step that meets more than was announced corrects the announcement.
    job.total = total if total is not None else job.total and max(job.total, job.handled)
    job.save(update_fields=["state", "started_at", "done", "failed", "total"])


def finish_job(*, job: Job, at: datetime, message: str = "", result: Mapping[str, Any] | None = None) -> None:
    """Say that nothing is left to do, and what came of it. Raises JobIsFinished."""
    _end(job, state=JobState.DONE, at=at, message=message, result=result)


def fail_job(*, job: Job, at: datetime, message: str) -> None:
    """Say that the job stopped for a reason that is not its owner's. Raises JobIsFinished."""
    _end(job, state=JobState.FAILED, at=at, message=message, result=None)


def _end(job: Job, *, state: JobState, at: datetime, message: str, result: Mapping[str, Any] | None) -> None:
    if job.is_finished:
        raise JobIsFinished(str(job.uuid))
    job.state = state
    job.started_at = job.started_at or at
    job.finished_at = at
    job.message = message[:MESSAGE_LENGTH]
    job.result = dict(result or {})
    job.save(update_fields=["state", "started_at", "finished_at", "message", "result"])


def take_step(*, job: str, at: datetime) -> bool:
    """Do the next chunk of a job, and say whether there is more to do."""
    with transaction.atomic():
        # Two workers at one job, because a doorbell rang twice, take turns.
        row = Job.objects.select_for_update().filter(uuid=job).first()
        if row is None or row.state == JobState.DONE:
            return False
        if row.state == JobState.FAILED:
            # An operator has given its task new attempts.
            row.state, row.finished_at, row.message = JobState.RUNNING, None, ""
            row.save(update_fields=["state", "finished_at", "message"])
        with translation.override(row.language):
            step = kind_of(row).step(row, at)
        _note(row, step, at=at)
        return not row.is_finished


def _note(row: Job, step: Step, *, at: datetime) -> None:
    advance_job(job=row, at=at, done=step.done, failures=step.failures, total=step.total)
    if step.finished:
        finish_job(job=row, at=at, message=step.message, result=step.result)


def stop_after_too_many_faults(job: str) -> None:
    """Tell who asked that the job has stopped: its task has used up its attempts."""
    row = Job.objects.select_for_update().unfinished().filter(uuid=job).first()
    if row:
        with translation.override(row.language):
            message = _("It stopped because of a fault of ours. What was done before is kept.")
        fail_job(job=row, at=now(), message=message)


@background(gave_up=stop_after_too_many_faults)
def work_on_job(job: str) -> None:
    """Do the chunks of a job for a while, then let others have their turn."""
    until = monotonic() + TURN.total_seconds()
    while take_step(job=job, at=now()):
        if monotonic() >= until:
            work_on_job.enqueue(job)
            return


def ring(job: Job) -> None:
    """Enqueue the job's task."""
    work_on_job.enqueue(str(job.uuid))


def ring_for_unfinished(*, at: datetime) -> int:
    """Ring again for each job that is to be done and that no task is about, and return how many."""
    waiting = rows().filter(status__in=[Status.READY, Status.RUNNING], task_path=work_on_job.module_path)
    rung_for = {arguments["args"][0] for arguments in waiting.values_list("args_kwargs", flat=True)}
    unrung = [job for job in Job.objects.unfinished() if str(job.uuid) not in rung_for]
    for job in unrung:
        ring(job)
    return len(unrung)


def forget_failures(*, at: datetime) -> int:
    """Delete what jobs could not do, a month after they finished, and return how many lines that were."""
    return JobFailure.objects.filter(job__finished_at__lt=at - KEEP_FAILURES).delete()[0]
