"""Tasks for the tests of the queue, importable by workers in processes of their own.

Their effect is a line of the ledger about ``learner_id``: an effect that happens twice is two lines.
"""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from academy.jobs.api import background, once
from academy.lib.clock import now
from academy.records.enums import EventKind
from academy.records.models import LearningEvent

SECONDS = 0.05
NO_PAUSE = timedelta(0)


class Fault(Exception):
    """A task's own exception, whose words must not be stored."""


def effect(number: int, *, subject: str = "done") -> None:
    """Leave a line in the ledger."""
    LearningEvent.objects.create(
        kind=EventKind.ENROLLED,
        learner_id=number,
        actor_id=number,
        subject_type="queue",
        subject_id=subject,
        occurred_at=now(),
    )


def effects() -> list[int]:
    """Return whom the ledger has lines about, each as often as it has."""
    return sorted(LearningEvent.objects.filter(subject_type="queue").values_list("learner_id", flat=True))


@background(attempts=20, first_pause=NO_PAUSE)
def count_once(number: int) -> None:
    """An idempotent task: killed anywhere, its effect happens once."""
    time.sleep(SECONDS)
    with transaction.atomic():
        if once(key=f"test:{number}", at=now()):
            effect(number)
    time.sleep(SECONDS)


@background(first_pause=NO_PAUSE)
def count_each_time(number: int) -> None:
    """What a task must not be: each run has the effect again."""
    effect(number)


@background(limit=timedelta(seconds=30))
def slow(number: int) -> None:
    """Say that it has begun, take a while, have the effect."""
    effect(number, subject="begun")
    time.sleep(1)
    effect(number)


@background(attempts=3, first_pause=timedelta(seconds=5), gave_up=count_each_time.func)
def faulty(number: int) -> None:
    """Never succeeds."""
    raise Fault("ann@example.org")


@background(attempts=2, first_pause=NO_PAUSE, limit=timedelta(seconds=0.1))
def endless(number: int) -> None:
    """Takes longer than its limit, and swallows every exception it can."""
    with suppress(Exception):
        time.sleep(10)
    effect(number)


@background(attempts=2, first_pause=NO_PAUSE, limit=timedelta(seconds=0.1))
def deaf(number: int) -> None:
    """Hears no alarm, as a call of C that hangs."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(30)
