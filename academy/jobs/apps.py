from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work that a request does not wait for: the queue, its worker, and jobs that people watch."""

    name = "academy.jobs"
    label = "jobs"

    def ready(self) -> None:
        """What the worker looks after from time to time."""
        from academy.jobs.domain import jobs, queue  # noqa: PLC0415 -- models are not loaded before ready()
        from academy.jobs.domain.sweeps import every  # noqa: PLC0415 -- models are not loaded before ready()

        every(minutes=1)(jobs.ring_for_unfinished)
        every(minutes=60)(jobs.forget_failures)
        every(minutes=60)(queue.prune)
