"""Jobs that people watch: chunk by chunk, each counted once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from academy.jobs.api import Failure, JobKind, NotAnId, Step, register_kind, start_job
from academy.jobs.domain import jobs
from academy.jobs.domain.jobs import (
    JobIsFinished,
    advance_job,
    finish_job,
    forget_failures,
    ring_for_unfinished,
    take_step,
)
from academy.jobs.domain.kinds import KindIsTaken, UnknownKind
from academy.jobs.domain.queue import claim, retry_failed, rows
from academy.jobs.models import Job, JobFailure
from academy.lib.clock import now
from academy.people.models import User
from tests.factories.jobs import JobFactory, JobFailureFactory
from tests.support.job_kinds import COUNTING
from tests.support.moment import AT
from tests.support.queue import run_tasks, states
from tests.support.queue_tasks import effects

pytestmark = pytest.mark.django_db


def start(by: User, at: datetime, **about: int | str) -> Job:
    return start_job(kind=COUNTING.name, by=by, at=at, about=about)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_job_is_done_chunk_by_chunk_to_its_end(learner: User, at: datetime) -> None:
    job = start(learner, at, size=5, bad=3)
    assert (job.state, job.total, job.asked_at, job.asked_by) == ("waiting", 0, at, learner)
    assert rows().get().args_kwargs == {"args": [str(job.uuid)], "kwargs": {}}

    assert take_step(job=str(job.uuid), at=at + timedelta(seconds=1))
    half = fresh(job)
    assert (half.state, half.total, half.done, half.failed) == ("running", 5, 2, 0)
    assert half.started_at == at + timedelta(seconds=1)

    assert run_tasks() == 1
    over = fresh(job)
    assert (over.state, over.total, over.done, over.failed, over.result) == ("done", 5, 4, 1, {"last": 5})
    assert over.finished_at is not None
    assert effects() == [1, 2, 4, 5]
    assert list(over.failures.values_list("position", "item", "problem")) == [(3, "=number 3", "It is bad.")]
    assert not take_step(job=str(job.uuid), at=at)


def test_job_speaks_the_language_of_who_asked(learner: User, at: datetime) -> None:
    with translation.override("es"):
        job = start(learner, at, size=1)
        expected = translation.gettext("Settings")
    run_tasks()

    assert expected != "Settings"
    assert fresh(job).message == expected


def test_chunk_that_raises_is_undone_and_tried_again_then_the_owner_is_told(learner: User, at: datetime) -> None:
    job = start(learner, at, size=6, fault=4)

    assert run_tasks() == 1
    assert (fresh(job).state, fresh(job).done) == ("running", 2)
    for _attempt in range(7):
        assert fresh(job).state == "running"
        rows().update(run_after=now() - timedelta(seconds=1))
        assert run_tasks() == 1

    assert states() == {"FAILED": 1}
    assert effects() == [1, 2]
    over = fresh(job)
    assert (over.state, over.done) == ("failed", 2)
    assert over.message == "It stopped because of a fault of ours. What was done before is kept."


def test_failed_job_goes_on_where_it_was_when_its_task_is_tried_again(learner: User, at: datetime) -> None:
    job = start(learner, at, size=4)
    take_step(job=str(job.uuid), at=at)
    jobs.fail_job(job=fresh(job), at=at, message="No.")
    rows().update(status="FAILED", finished_at=at)

    retry_failed(at=at)
    run_tasks()

    assert (fresh(job).state, fresh(job).done) == ("done", 4)
    assert effects() == [1, 2, 3, 4]


def test_two_doorbells_do_the_work_once(learner: User, at: datetime) -> None:
    job = start(learner, at, size=5)
    jobs.ring(job)

    assert run_tasks() == 2

    assert effects() == [1, 2, 3, 4, 5]


def test_long_job_lets_others_have_their_turn(learner: User, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "TURN", timedelta(0))
    start(learner, at, size=5)

    assert run_tasks() == 3
    assert effects() == [1, 2, 3, 4, 5]


def test_sweep_rings_for_what_no_task_is_about(learner: User, at: datetime) -> None:
    forgotten = start(learner, at, size=1)
    rows().delete()
    waits = start(learner, at, size=1)
    runs = JobFactory()
    jobs.ring(runs)
    JobFactory(state="done", done=4)
    JobFactory(state="failed")

    assert ring_for_unfinished(at=at) == 1
    assert ring_for_unfinished(at=at) == 0

    rung_for = sorted(row.args_kwargs["args"][0] for row in rows())
    assert rung_for == sorted(str(job.uuid) for job in (forgotten, waits, runs))
    claim(worker="somebody")
    assert ring_for_unfinished(at=at) == 0


def test_job_that_is_gone_needs_nothing(learner: User, at: datetime) -> None:
    start(learner, at, size=1).delete()

    assert run_tasks() == 1
    assert states() == {"SUCCESSFUL": 1}


def test_nothing_is_added_to_a_job_that_is_over(at: datetime) -> None:
    job = JobFactory(state="done", done=4)

    with pytest.raises(JobIsFinished):
        advance_job(job=job, at=at, done=1)
    with pytest.raises(JobIsFinished):
        finish_job(job=job, at=at)


def test_failure_at_one_position_is_told_once(at: datetime) -> None:
    failure = JobFailureFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        advance_job(job=failure.job, at=at, failures=[Failure(position=failure.position, item="x", problem="y")])


def test_long_lines_are_cut_to_what_is_stored(at: datetime) -> None:
    job = JobFactory()

    advance_job(job=job, at=at, failures=[Failure(position=1, item="x" * 999, problem="y" * 999)])
    finish_job(job=job, at=at, message="z" * 999)

    failure = job.failures.get()
    assert (len(failure.item), len(failure.problem), len(fresh(job).message)) == (300, 500, 500)


def test_announced_total_gives_way_to_what_was_met(at: datetime) -> None:
    job = JobFactory(total=4, done=3)

    advance_job(job=job, at=at, done=2)

    assert (fresh(job).total, fresh(job).done) == (5, 5)


def test_job_takes_ids_alone_and_a_kind_that_exists(learner: User, at: datetime) -> None:
    with pytest.raises(NotAnId):
        start(learner, at, name="Ann")
    with pytest.raises(UnknownKind):
        start_job(kind="unheard_of", by=learner, at=at)

    assert Job.objects.count() == 0
    assert rows().count() == 0


def test_kind_has_one_owner() -> None:
    assert register_kind(COUNTING) is COUNTING
    with pytest.raises(KindIsTaken):
        register_kind(JobKind(name=COUNTING.name, title="x", step=lambda job, at: Step(), way_back=lambda job: "/"))


def test_failures_are_forgotten_a_month_after_the_job(at: datetime) -> None:
    old = JobFactory(state="done", finished_at=at - timedelta(days=31))
    new = JobFactory(state="done", finished_at=at - timedelta(days=29))
    for job in (old, new, JobFactory()):
        JobFailureFactory(job=job)

    assert forget_failures(at=at) == 1

    assert JobFailure.objects.filter(job=old).count() == 0
    assert JobFailure.objects.count() == 2


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "asleep"},
        {"state": "waiting"},
        {"started_at": None},
        {"state": "running", "finished_at": AT},
        {"state": "done", "finished_at": None},
        {"done": 5},
        {"done": 3, "failed": 2},
    ],
)
def test_database_refuses_a_job_that_makes_no_sense(nonsense: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)check constraint"), transaction.atomic():
        JobFactory(**nonsense)
