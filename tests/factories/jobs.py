"""Work in the background."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from academy.jobs.enums import FINISHED, JobState
from academy.jobs.models import DoneOnce, Job, JobFailure
from tests.factories.people import UserFactory
from tests.support.job_kinds import COUNTING
from tests.support.moment import AT


class JobFactory(DjangoModelFactory[Job]):
    """A job under way: 1 of 4 is done. Nothing is in the queue about it."""

    class Meta:
        model = Job

    kind = COUNTING.name
    language = "en"
    state = JobState.RUNNING
    total = 4
    done = 1
    asked_at = AT
    asked_by = factory.SubFactory(UserFactory)
    started_at = AT
    finished_at = factory.LazyAttribute(lambda row: AT if row.state in FINISHED else None)


class JobFailureFactory(DjangoModelFactory[JobFailure]):
    """A line that could not be read."""

    class Meta:
        model = JobFailure

    job = factory.SubFactory(JobFactory)
    position = factory.Sequence(lambda number: number + 1)
    item = factory.Sequence(lambda number: f"person-{number}")
    problem = "This is not an e-mail address."


class DoneOnceFactory(DjangoModelFactory[DoneOnce]):
    """An effect that has happened."""

    class Meta:
        model = DoneOnce

    key = factory.Sequence(lambda number: f"effect:{number}")
    done_at = AT
