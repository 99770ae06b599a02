"""What the owner of a job is shown."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from academy.jobs.domain.kinds import UnknownKind, kind_of
from academy.jobs.enums import JobState
from academy.jobs.models import Job
from academy.lib.csv_cells import csv_text

SHOWN_FAILURES = 20


class NoSuchJob(LookupError):
    """There is no job of that id, or it is somebody else's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class JobView:
    """A job as its owner sees it."""

    job: Job
    title: str
    way_back: str
    # The first few of what could not be done; the download has them all.
    failures: tuple[tuple[int, str, str], ...]

    @property
    def is_finished(self) -> bool:
        """There is nothing left to wait for."""
        return self.job.is_finished

    @property
    def outcome(self) -> str:
        """How it ended, as a kind of notification."""
        return "success" if self.job.state == JobState.DONE and not self.job.failed else "warning"

    @property
    def percent(self) -> int:
        """How much of it is handled, rounded down: 100 means all."""
        return self.job.handled * 100 // self.job.total if self.job.total else 0

    @property
    def failures_are_forgotten(self) -> bool:
        """Some things failed, and what they were has been deleted since."""
        return bool(self.job.failed) and not self.failures


def job_of(*, person: AbstractBaseUser | AnonymousUser, job: uuid.UUID) -> JobView:
    """Return a job to whoever asked for it. Raises NoSuchJob, also for a kind that the academy no longer knows."""
    row = _own(person, job)
    try:
        kind = kind_of(row)
    except UnknownKind:
        raise NoSuchJob(str(job)) from None
    # Until it is over the page shows figures alone, and asks every few seconds.
    told = row.failures.values_list("position", "item", "problem")[:SHOWN_FAILURES] if row.is_finished else ()
    return JobView(job=row, title=str(kind.title), way_back=kind.way_back(row), failures=tuple(told))


def failures_file(*, person: AbstractBaseUser | AnonymousUser, job: uuid.UUID, headings: tuple[str, str, str]) -> str:
    """Return everything that a job could not do, as comma-separated values. Raises NoSuchJob."""
    return csv_text([headings, *_own(person, job).failures.values_list("position", "item", "problem")])


def _own(person: AbstractBaseUser | AnonymousUser, job: uuid.UUID) -> Job:
    try:
        return Job.objects.get(uuid=job, asked_by_id=person.pk)
    except Job.DoesNotExist:
        raise NoSuchJob(str(job)) from None
