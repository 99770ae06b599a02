"""What the worker looks after from time to time, whatever was or was not enqueued.

The queue is a doorbell, and a doorbell can be missed: a sweep asks the domain's rows what is left to do. Apps
register theirs in ``AppConfig.ready``::

    every(minutes=5)(send_invitations_that_wait)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Sweep = Callable[..., object]  # called with ``at``


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """A sweep and how often it is due. Every worker runs it, so it must not mind running twice."""

    name: str
    sweep: Sweep
    interval: timedelta

    def is_due(self, *, last: datetime | None, at: datetime) -> bool:
        """Say whether its time has come."""
        return last is None or at - last >= self.interval


REGISTERED: dict[str, Registered] = {}


def every(*, minutes: int) -> Callable[[Sweep], Sweep]:
    """Register a sweep that is called with ``at``, when a worker starts and then every so many minutes."""

    def register(sweep: Sweep) -> Sweep:
        name = f"{sweep.__module__}.{sweep.__qualname__}"
        REGISTERED[name] = Registered(name=name, sweep=sweep, interval=timedelta(minutes=minutes))
        return sweep

    return register
