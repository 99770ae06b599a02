"""What other apps may use of this one."""

from academy.jobs.domain.jobs import start_job
from academy.jobs.domain.kinds import Failure, JobKind, Step, register_kind
from academy.jobs.domain.once import once
from academy.jobs.domain.queue import QueueAge, queue_age
from academy.jobs.domain.sweeps import every
from academy.jobs.domain.tasks import NotAnId, background
from academy.jobs.models import Job

__all__ = [
    "Failure",
    "Job",
    "JobKind",
    "NotAnId",
    "QueueAge",
    "Step",
    "background",
    "every",
    "once",
    "queue_age",
    "register_kind",
    "start_job",
]
