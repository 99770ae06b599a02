"""Work in the background that somebody watches, and what was done once and must not be done again.

The queue itself is django_tasks_db's table. It is a doorbell: these rows, and those of other apps, are the truth.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from academy.jobs.enums import FINISHED, JobState
from academy.lib.fields import uuid_field
from academy.lib.privacy import Keep, Personal


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, filtered."""

    def unfinished(self) -> JobQuerySet:
        """Those that somebody waits for."""
        return self.exclude(state__in=FINISHED)


class Job(models.Model):
    """Long work that one person asked for and watches. Written by ``jobs.domain`` alone.

    ``done`` and ``failed`` count what was handled of ``total``; 0 in ``total`` means that nobody knows yet.
    """

    PERSONAL_DATA = Personal(
        what=_("Long work that you asked for, such as an import, and what came of it."),
        keep=Keep.CONTENT,
        about="asked_by",
        blank={"message": ""},
        why=_("What was changed in the work stays, and must be traceable to it."),
        stays=("kind", "about", "language", "result"),  # ids and figures
    )

    uuid = uuid_field()
    kind = models.CharField(max_length=40)
    # Ids of what it is about, and nothing else: {"import": 7}.
    about = models.JSONField(default=dict)
    # Of whoever asked: the message is written in it.
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # For the code that asked: ids and figures, {"file": "…uuid…"}.
    result = models.JSONField(default=dict)
    # For the person who asked.
    message = models.CharField(max_length=500, blank=True)

    objects = JobQuerySet.as_manager()

    # Its rows change with every step, and refer to no content.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        indexes = [
            # What the worker's sweep asks for every minute.
            models.Index(fields=["state"], name="jobs_job_unfinished", condition=~Q(state__in=FINISHED)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="jobs_job_state"),
            models.CheckConstraint(
                condition=Q(total=0) | Q(total__gte=F("done") + F("failed")), name="jobs_job_handles_no_more_than_all"
            ),
            # A time without its state, or a state without its time, would be a job nobody can explain.
            models.CheckConstraint(
                condition=Q(state=JobState.WAITING, started_at=None)
                | ~Q(state=JobState.WAITING) & Q(started_at__isnull=False),
                name="jobs_job_started_unless_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | ~Q(state__in=FINISHED) & Q(finished_at=None),
                name="jobs_job_finished_with_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def is_finished(self) -> bool:
        """Nothing more will happen to it."""
        return self.state in FINISHED

    @property
    def handled(self) -> int:
        """How many it has dealt with, well or badly."""
        return self.done + self.failed


class JobFailure(models.Model):
    """One thing that a job could not do, told so that the person who asked can mend it.

    Deleted a month after the job: it repeats what somebody typed.
    """

    PERSONAL_DATA = Personal(
        what=_("What could not be done of the work that you asked for."),
        keep=Keep.WORK,
        about="job__asked_by",
        delete=True,
        since="job__finished_at",
    )

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="failures")
    # Where it stood: the line of a file, counted from 1. A step that is done again tells it once.
    position = models.PositiveIntegerField()
    item = models.CharField(max_length=300)
    problem = models.CharField(max_length=500)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="jobs_failure_once_a_position"),
            models.CheckConstraint(condition=~Q(problem=""), name="jobs_failure_has_problem"),
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.job_id}"


class DoneOnce(models.Model):
    """The mark of an effect that must not happen twice, stored in the transaction of the effect."""

    PERSONAL_DATA = None

    key = models.CharField(max_length=200, unique=True)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="jobs_done_once_has_key"),
        ]

    def __str__(self) -> str:
        return self.key
