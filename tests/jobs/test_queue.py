"""What becomes of a task: done, tried again, given up, taken back from the dead."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from academy.jobs.domain import queue
from academy.jobs.domain.queue import QueueAge, claim, prune, queue_age, reap, retry_failed, rows, settle_success
from academy.jobs.domain.sweeps import REGISTERED, every
from academy.jobs.worker.execution import execute
from academy.jobs.worker.identity import SessionLock, gone, new_identity, remove_locks_of_the_dead
from academy.jobs.worker.loop import Worker
from academy.jobs.worker.stop import Stop
from academy.lib.clock import now
from tests.support.queue import run_tasks, states, wait_until
from tests.support.queue_tasks import count_once, effects, endless, faulty
from tests.support.races import race

pytestmark = pytest.mark.django_db


@contextmanager
def dead(worker: str) -> Iterator[bool]:
    yield True


@contextmanager
def alive(worker: str) -> Iterator[bool]:
    yield False


def make_due() -> None:
    rows().update(run_after=now() - timedelta(seconds=1))


def row() -> DBTaskResult[Any, Any]:
    found: DBTaskResult[Any, Any] = rows().get()
    return found


def test_fault_is_tried_again_later_then_failed_and_told(caplog: pytest.LogCaptureFixture) -> None:
    faulty.enqueue(7)
    pauses = []

    for _attempt in range(3):
        before = now()
        assert run_tasks() == 1
        pauses.append(round((row().run_after - before).total_seconds()))
        assert run_tasks() == 0  # it waits, or is over
        make_due()

    assert pauses[:2] == [5, 20]
    assert row().status == "FAILED"
    assert row().finished_at is not None
    assert len(row().worker_ids) == 3
    assert effects() == [7]  # what the task does when it gives up
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in errors] == [
        f"Task {row().pk} (tests.support.queue_tasks.faulty) has failed after 3 attempts."
    ]
    assert errors[0].exc_info is not None


def test_words_of_a_fault_are_not_stored() -> None:
    faulty.enqueue(7)
    run_tasks()

    assert row().exception_class_path == "tests.support.queue_tasks.Fault"
    assert "in faulty" in row().traceback
    # The line of the code that raises is shown, as in every traceback; what it was given is not.
    assert "Fault: " not in row().traceback


def test_fault_in_giving_up_does_not_hide_that_the_task_has_failed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(number: int) -> None:
        raise LookupError

    monkeypatch.setattr(queue, "task_of", lambda _row: SimpleNamespace(attempts=1, gave_up=broken))
    faulty.enqueue(7)
    claimed = claim(worker="me")
    assert claimed

    queue.settle_failure(claimed, worker="me", at=now(), error=ValueError())

    assert states() == {"FAILED": 1}
    assert "What tests.support.queue_tasks.faulty does when it gives up failed itself." in caplog.messages


def test_task_over_its_limit_is_stopped_even_if_it_swallows_exceptions() -> None:
    endless.enqueue(7)

    assert run_tasks() == 2

    assert states() == {"FAILED": 1}
    assert row().exception_class_path == "academy.jobs.worker.execution.TimeIsUp"
    assert effects() == []


def test_task_that_this_version_does_not_know_waits_for_one_that_does() -> None:
    count_once.enqueue(7)
    rows().update(task_path="tests.support.queue_tasks.from_the_future")

    assert run_tasks() == 1

    assert states() == {"READY": 1}
    assert row().exception_class_path == "academy.jobs.worker.execution.NoSuchTask"


def test_function_that_is_no_task_is_not_called() -> None:
    count_once.enqueue(7)
    rows().update(task_path="tests.support.queue_tasks.effect")

    assert run_tasks() == 1

    assert effects() == []


def test_operator_gives_what_has_failed_new_attempts(at: datetime) -> None:
    endless.enqueue(7)
    run_tasks()

    assert retry_failed(at=at) == 1

    assert states() == {"READY": 1}
    assert row().worker_ids == []
    assert run_tasks() == 2


# The dead ----------------------------------------------------------------------------------------


def test_task_of_a_dead_worker_is_taken_back_at_once() -> None:
    count_once.enqueue(7)
    claim(worker="dead")
    moment = now()

    assert reap(at=moment, gone=dead) == 1

    assert states() == {"READY": 1}
    assert row().run_after == moment
    assert row().exception_class_path == "academy.jobs.domain.queue.WorkerLost"
    assert run_tasks() == 1
    assert effects() == [7]


def test_task_of_a_living_worker_is_left_alone() -> None:
    count_once.enqueue(7)
    claim(worker="alive")

    assert reap(at=now(), gone=alive) == 0

    assert states() == {"RUNNING": 1}


def test_task_that_kills_its_workers_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    faulty.enqueue(7)

    for _attempt in range(3):
        assert claim(worker="dead")
        reap(at=now(), gone=dead)
        make_due()

    assert states() == {"FAILED": 1}
    assert effects() == [7]
    assert caplog.records[-1].levelno == logging.ERROR


def test_worker_that_was_taken_for_dead_does_not_settle_what_is_another_s(caplog: pytest.LogCaptureFixture) -> None:
    count_once.enqueue(7)
    first = claim(worker="slow")
    assert first
    reap(at=now(), gone=dead)
    claim(worker="quick")

    settle_success(first, worker="slow", at=now())

    assert states() == {"RUNNING": 1}
    assert row().worker_ids == ["slow", "quick"]
    assert caplog.messages[-1] == (f"Task {first.pk} is no longer of worker slow: what came of it is not noted.")


def is_gone(worker: str) -> bool:
    with transaction.atomic(), gone(worker) as answer:
        return answer


def test_worker_is_gone_when_its_lock_is() -> None:
    identity = new_identity()
    assert not identity.is_held()

    identity.take()
    assert identity.is_held()
    assert not is_gone(identity.name)

    identity.give_up()
    assert not identity.is_held()
    # A server needs a moment to end a session.
    wait_until(lambda: is_gone(identity.name))


def test_of_two_that_look_for_the_dead_one_finds_them() -> None:
    """On SQLite they take turns by its one lock for all that write."""
    with transaction.atomic(), gone("somebody") as answer:
        if connection.vendor == "postgresql":
            outcome = race(lambda: is_gone("somebody"), gap="nothing", threads=1)
            assert (outcome.returned, outcome.raised) == ([False], [])

    assert answer


def test_locks_of_the_killed_are_not_taken_for_the_living() -> None:
    killed, living = new_identity(), new_identity()
    killed.take()
    living.take()
    # What the operating system and the server do when a process is killed.
    (killed.connection if isinstance(killed, SessionLock) else killed.file).close()

    remove_locks_of_the_dead()

    wait_until(lambda: is_gone(killed.name))
    assert not is_gone(living.name)
    living.give_up()


# Looking after -----------------------------------------------------------------------------------


def test_age_of_the_queue(at: datetime) -> None:
    nothing = QueueAge(oldest_ready=None, oldest_running=None, failed=0)
    assert queue_age(at) == nothing

    for number in range(4):
        count_once.enqueue(number)
    ready, later, running, failed = rows().order_by("enqueued_at")
    hour = timedelta(hours=1)
    rows().filter(pk=ready.pk).update(enqueued_at=at - hour)
    rows().filter(pk=later.pk).update(enqueued_at=at - 9 * hour, run_after=at + hour)
    rows().filter(pk=running.pk).update(status="RUNNING", started_at=at - 2 * hour)
    rows().filter(pk=failed.pk).update(status="FAILED", finished_at=at)

    assert queue_age(at) == QueueAge(oldest_ready=hour, oldest_running=2 * hour, failed=1)
    # What was put off is behind from the moment it is due.
    assert queue_age(at + 3 * hour) == QueueAge(oldest_ready=4 * hour, oldest_running=5 * hour, failed=1)
    rows().filter(pk=ready.pk).delete()
    assert queue_age(at + 3 * hour).oldest_ready == 2 * hour


@pytest.mark.parametrize("tasks", [1, 3])
def test_age_of_the_queue_is_one_query(tasks: int, django_assert_num_queries: Any, at: datetime) -> None:
    for number in range(tasks):
        count_once.enqueue(number)

    with django_assert_num_queries(1):
        queue_age(at)


def test_rows_of_what_is_long_over_are_deleted(at: datetime) -> None:
    for number in range(6):
        count_once.enqueue(number)
    old, new, old_failure, new_failure, running, _ready = rows().order_by("enqueued_at")
    for found, status, days in [
        (old, "SUCCESSFUL", 15),
        (new, "SUCCESSFUL", 13),
        (old_failure, "FAILED", 91),
        (new_failure, "FAILED", 89),
    ]:
        rows().filter(pk=found.pk).update(status=status, finished_at=at - timedelta(days=days))
    rows().filter(pk=running.pk).update(status="RUNNING", started_at=at - timedelta(days=200))

    assert prune(at=at) == 2

    assert states() == {"SUCCESSFUL": 1, "FAILED": 1, "RUNNING": 1, "READY": 1}


def test_worker_calls_each_sweep_when_it_is_due(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, at: datetime
) -> None:
    calls: list[datetime] = []
    monkeypatch.setattr("academy.jobs.domain.sweeps.REGISTERED", {})
    monkeypatch.setattr("academy.jobs.worker.loop.REGISTERED", {})

    def broken(*, at: datetime) -> None:
        raise LookupError

    registered = every(minutes=5)
    registered(broken)
    registered(lambda *, at: calls.append(at))
    from academy.jobs.domain import sweeps

    monkeypatch.setattr("academy.jobs.worker.loop.REGISTERED", sweeps.REGISTERED)
    worker = Worker()

    for minutes in (0, 1, 4, 5, 9, 10):
        worker.look_after(at + timedelta(minutes=minutes))

    assert calls == [at + timedelta(minutes=minutes) for minutes in (0, 5, 10)]
    # The fault of one keeps neither itself nor the others from being called.
    assert len([message for message in caplog.messages if "broken failed" in message]) == 3


def test_sweeps_of_the_house() -> None:
    assert {name: found.interval for name, found in REGISTERED.items() if name.startswith("academy.jobs.")} == {
        "academy.jobs.domain.jobs.ring_for_unfinished": timedelta(minutes=1),
        "academy.jobs.domain.jobs.forget_failures": timedelta(hours=1),
        "academy.jobs.domain.queue.prune": timedelta(hours=1),
    }


def test_word_to_stop_is_heard_and_kept() -> None:
    stop = Stop()

    assert not stop.is_set()
    assert not stop.wait(0.01)
    stop.set()
    assert stop.wait(60)
    assert stop.is_set()


def test_execution_leaves_language_and_zone_as_they_were() -> None:
    count_once.enqueue(7)
    claimed = claim(worker="me")
    assert claimed

    execute(claimed, worker="me")

    assert states() == {"SUCCESSFUL": 1}
    assert row().return_value is None
