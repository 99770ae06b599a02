"""Workers as they are: processes, killed in the middle."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from academy.jobs.domain.queue import queue_age, rows
from academy.jobs.models import DoneOnce
from academy.lib.clock import now
from academy.records.models import LearningEvent
from tests.support.queue import Workers, environment, states, wait_until, workers
from tests.support.queue_tasks import count_once, deaf, effects, slow

TASKS, KILLS = 60, 8

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def all_workers(django_db_setup: None) -> Iterator[Workers]:
    """One process that has loaded everything, for all tests: every one of them has the same database, made anew."""
    with workers() as made:
        yield made


@pytest.fixture
def crew(all_workers: Workers) -> Iterator[Workers]:
    """Workers that end with the test."""
    yield all_workers
    all_workers.end()


def begun() -> bool:
    return LearningEvent.objects.filter(subject_type="queue", subject_id="begun").exists()


def test_kill_storm_loses_no_task_leaves_none_behind_and_doubles_no_effect(crew: Workers) -> None:
    for number in range(TASKS):
        count_once.enqueue(number)
    chance = random.Random(7)  # noqa: S311 -- the same storm each time
    for _worker in range(3):
        crew.start()

    for _kill in range(KILLS):
        wait_until(lambda: rows().running().exists())
        time.sleep(chance.uniform(0, 0.25))
        victim = chance.choice(crew.alive)
        crew.kill(victim)
        assert crew.exit_code(victim) == -signal.SIGKILL
        crew.start()
    wait_until(lambda: states() == {"SUCCESSFUL": TASKS})

    assert effects() == list(range(TASKS))
    assert DoneOnce.objects.count() == TASKS
    assert queue_age(now()).oldest_ready is None
    # The storm has hit: some task was begun more than once.
    assert max(len(row.worker_ids) for row in DBTaskResult.objects.all()) > 1


def test_sigterm_finishes_the_task_under_way_and_begins_no_other(crew: Workers) -> None:
    slow.enqueue(1)
    slow.enqueue(2)
    worker = crew.start()
    wait_until(begun)

    crew.kill(worker, signal.SIGTERM)

    assert crew.exit_code(worker) == 0
    assert states() == {"SUCCESSFUL": 1, "READY": 1}
    assert effects() == [1, 1]  # begun and done


def test_task_that_hears_no_alarm_is_ended_with_its_worker(crew: Workers) -> None:
    deaf.enqueue(1)
    worker = crew.start()

    assert crew.exit_code(worker) == 75
    second = crew.start()
    assert crew.exit_code(second) == 75
    crew.start()
    wait_until(lambda: states() == {"FAILED": 1})

    row = rows().get()
    assert row.exception_class_path == "academy.jobs.domain.queue.WorkerLost"
    assert len(row.worker_ids) == 2


def cut_connections() -> None:
    """End every session but ours, as a restart of the server does. (SQLite has none to end.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.fetchone()[0] >= 2  # the worker's own, and the one that holds its lock


def test_worker_outlives_its_database(crew: Workers) -> None:
    count_once.enqueue(1)
    crew.start()
    wait_until(lambda: states() == {"SUCCESSFUL": 1})

    cut_connections()
    count_once.enqueue(2)
    wait_until(lambda: states() == {"SUCCESSFUL": 2})

    # It had nothing under way: it went on under a new name.
    assert effects() == [1, 2]
    assert crew.are_alive()

    slow.enqueue(3)
    wait_until(begun)
    cut_connections()
    # The first ends with its lock, or goes on; a supervisor would start another in the first case.
    crew.start()
    wait_until(lambda: states() == {"SUCCESSFUL": 3})

    # Once begun in vain on PostgreSQL, and done once.
    assert LearningEvent.objects.filter(subject_id="done", learner_id=3).count() == 1


def test_manage_py_run_worker_works_until_its_input_ends() -> None:
    count_once.enqueue(1)
    command = [sys.executable, "manage.py", "run_worker", "--until-input-ends"]
    with subprocess.Popen(  # noqa: S603 -- our own
        command, cwd=settings.BASE_DIR, env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as worker:
        wait_until(lambda: states() == {"SUCCESSFUL": 1})
        _out, said = worker.communicate(timeout=60)

    assert worker.returncode == 0
    assert said.count("is at work") == 1
    assert "The worker stops: nothing is under way." in said
    assert effects() == [1]
    assert now() - rows().get().finished_at < timedelta(minutes=1)
