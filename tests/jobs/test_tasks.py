"""What a task is made of: ids alone, patience, effects that happen once."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from academy.jobs.api import NotAnId, once
from academy.jobs.domain.once import NotInATransaction
from academy.jobs.domain.queue import rows
from academy.jobs.models import DoneOnce
from academy.people.models import User
from tests.support.moment import AT
from tests.support.queue import run_tasks, states
from tests.support.queue_tasks import count_each_time, count_once, effects, faulty
from tests.support.races import race

pytestmark = pytest.mark.django_db

UUID = uuid.UUID("6f1c1f0e-52d2-4a3a-9a43-7d64f8a9c7b1")


@pytest.mark.parametrize("value", [0, 7, 2**40, str(UUID)])
def test_id_is_taken(value: int | str) -> None:
    count_once.enqueue(value)

    assert rows().get().args_kwargs == {"args": [value], "kwargs": {}}


@pytest.mark.parametrize(
    "value", ["Ann", "ann@example.org", "ann", "", "7", UUID.hex, str(UUID).upper(), 1.5, True, None, b"1", [1], {}]
)
def test_anything_but_an_id_is_refused_and_not_repeated(value: object) -> None:
    with pytest.raises(NotAnId) as by_place:
        count_once.enqueue(value)
    with pytest.raises(NotAnId):
        count_once.enqueue(number=value)
    with pytest.raises(NotAnId):
        count_once.using(priority=5).enqueue(value)

    assert str(by_place.value) == (
        f"A task takes whole numbers and UUIDs as text, not {type(value).__name__}: hand it an id."
    )
    assert rows().count() == 0


def test_person_is_refused(learner: User) -> None:
    with pytest.raises(NotAnId):
        count_once.enqueue(learner)


def test_pauses_grow_to_an_hour() -> None:
    pauses = [faulty.pause_after(attempt).total_seconds() for attempt in range(1, 9)]

    assert pauses == [5, 20, 80, 320, 1280, 3600, 3600, 3600]
    assert faulty.pause_after(10_000) == timedelta(hours=1)


def test_effect_of_a_key_happens_once(at: datetime) -> None:
    answers = []
    for _run in range(3):
        with transaction.atomic():
            answers.append(once(key="mail:7", at=at))

    assert answers == [True, False, False]


def test_effect_that_fails_is_still_to_do(at: datetime) -> None:
    with transaction.atomic():
        assert once(key="mail:7", at=at)
        transaction.set_rollback(True)  # as an exception would

    with transaction.atomic():
        assert once(key="mail:7", at=at)
    assert DoneOnce.objects.count() == 1


def test_mark_needs_the_transaction_of_its_effect() -> None:
    # A thread has a connection of its own, outside the transaction of this test.
    outcome = race(lambda: once(key="mail:7", at=AT), gap="nothing", threads=1)

    assert [type(error) for error in outcome.raised] == [NotInATransaction]
    assert DoneOnce.objects.count() == 0


def test_task_that_runs_twice_doubles_only_what_has_no_key() -> None:
    for _run in range(2):
        count_once.enqueue(1)
        count_each_time.enqueue(2)

    assert run_tasks() == 4
    assert effects() == [1, 2, 2]


def test_enqueue_that_is_rolled_back_makes_no_task() -> None:
    with transaction.atomic():
        count_once.enqueue(1)
        assert states() == {"READY": 1}
        transaction.set_rollback(True)  # as an exception would

    assert states() == {}
    with transaction.atomic():
        count_once.enqueue(1)
    assert states() == {"READY": 1}
