"""A kind of job for tests: counts up to ``about["size"]``, two a step, and cannot do multiples of ``about["bad"]``."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from academy.jobs.api import Failure, Job, JobKind, Step, register_kind
from tests.support.queue_tasks import Fault, effect

CHUNK = 2


def count_on(job: Job, at: datetime) -> Step:
    """Handle the next two numbers: the job's own count says which."""
    size, bad = int(job.about["size"]), int(job.about.get("bad", 0))
    numbers = range(job.handled + 1, min(job.handled + CHUNK, size) + 1)
    if job.about.get("fault") in numbers:
        raise Fault("ann@example.org")
    failures = [Failure(position=n, item=f"=number {n}", problem="It is bad.") for n in numbers if bad and not n % bad]
    refused = {failure.position for failure in failures}
    for number in numbers:
        if number not in refused:
            effect(number)
    return Step(
        done=len(numbers) - len(failures),
        failures=failures,
        total=size,
        finished=job.handled + len(numbers) == size,
        message=_("Settings"),
        result={"last": size},
    )


COUNTING = register_kind(
    JobKind(
        name="test_counting", title=gettext_lazy("My learning"), step=count_on, way_back=lambda job: "/en/my/settings/"
    )
)
