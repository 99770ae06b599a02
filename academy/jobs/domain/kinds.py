"""Kinds of jobs. An app that has long work registers how it is done, in its ``AppConfig.ready``::

register_kind(
    JobKind(name="people_import", title=_("Adding people"), step=import_next_lines, way_back=import_address)
)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from academy.jobs.models import Job


class UnknownKind(LookupError):
    """No app has registered a kind of that name."""


class KindIsTaken(ValueError):
    """Two apps want the same name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """One thing that could not be done: where it stood, what it was, and what is wrong with it."""

    position: int
    item: str
    problem: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What one step did. ``finished`` ends the job with ``message`` (a sentence for who asked) and ``result`` (ids)."""

    done: int = 0
    failures: Sequence[Failure] = ()
    # How much there is in all, when the step has found out.
    total: int | None = None
    finished: bool = False
    message: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class JobKind:
    """How jobs of a kind are done and shown.

    ``step(job=…, at=…)`` does the next chunk, a second's work or less, inside a transaction that also counts it.
    It finds what is left in rows of its own app, so that a job goes on where a killed worker left it. It runs in the
    language of who asked. What it raises undoes the chunk and is tried again.
    """

    name: str
    title: str | Promise
    step: Callable[[Job, datetime], Step]
    # The address to go on from, once there is nothing left to watch.
    way_back: Callable[[Job], str]


_KINDS: dict[str, JobKind] = {}


def register_kind(kind: JobKind) -> JobKind:
    """Make a kind known. Raises KindIsTaken."""
    if _KINDS.get(kind.name, kind) != kind:
        raise KindIsTaken(kind.name)
    _KINDS[kind.name] = kind
    return kind


def kind_of(job: Job) -> JobKind:
    """Return how the job is done. Raises UnknownKind."""
    return kind_named(job.kind)


def kind_named(name: str) -> JobKind:
    """Return the kind of that name. Raises UnknownKind."""
    try:
        return _KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None
