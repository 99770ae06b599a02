"""What a model says of the personal data in it: whose it is, what is told, what goes and what stays, and how long.

Our own models say it in place::

    class Enrolment(models.Model):
        PERSONAL_DATA = Personal(what=_("Which courses you took."), about="learner", ...)

``PERSONAL_DATA = None`` says that a model holds none. Models of other packages are declared in one table, named by
the setting ``PRIVACY_TABLE``. The record to download, the closing of an account and the periods of retention follow
from these declarations alone; a test fails on a model that makes none.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Words = str | Promise
# The rows of a model that are about a person, where no lookup leads to them.
Finder = Callable[[Any], "QuerySet[Any, Any]"]


class Keep(enum.Enum):
    """A class of retention. Its period and its reason stand in ``academy.people.domain.retention``."""

    ACCOUNT = "account"  # who somebody is, and how they sign in
    SESSION = "session"  # that somebody is signed in
    STUDY = "study"  # how somebody learns
    RECORD = "record"  # what somebody has shown
    CONTENT = "content"  # who wrote what stands on the site
    WORK = "work"  # what is left over while staff write
    AUDIT = "audit"  # which act of whom changed what
    MESSAGE = "message"  # what waits to be sent, and whether it was


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """An account is being closed: of whom, by whom, when."""

    person: Any
    by: Any
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Personal:
    """The declaration of one model.

    ``what`` is told to the person, in one sentence. ``about`` leads from a row to the person whom it is about
    ("attempt__learner"), or finds their rows; empty where a row only names who acted. ``acts`` are the keys to people
    who acted, each with the moment of the act: after erasure they lead to a person without a name.

    On closing an account one of these happens to the rows about the person: ``delete`` removes them, ``blank``
    empties these fields, ``ends`` closes what is open ("closed" sets ``closed_at`` and ``closed_by``); ``wipe`` does
    what only a function can, after a deletion or alone, and returns how many rows it touched. What is left stays, and
    ``why`` says on which ground.

    ``stays`` are the texts that outlive the person because they are ours: codes, rules, figures, never words of the
    person or about them. A test fails on a text that is neither deleted, wiped, blanked nor named here.

    ``since`` leads to the moment from which the period of ``keep`` counts; without it nothing goes by time alone.
    ``final`` rows are deleted by nobody, because the database refuses: when their time is over they are blanked.
    ``hidden`` fields are never told: secrets, and what would give away the work of others. ``reads`` are lookups that
    make a row readable by itself, by name. ``files`` are the fields whose files belong to the person.
    """

    what: Words
    keep: Keep
    about: str | Finder = ""
    acts: Mapping[str, str] = field(default_factory=dict)
    delete: bool = False
    wipe: Callable[[Closing], int] | None = None
    blank: Mapping[str, Any] = field(default_factory=dict)
    ends: str = ""
    stays: tuple[str, ...] = ()
    why: Words = ""
    since: str | Callable[[datetime], QuerySet[Any, Any]] = ""
    hidden: tuple[str, ...] = ()
    reads: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    final: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PrivacyTable:
    """Declarations for models of other packages, by label: ``none`` of them is personal, ``personal`` says what is."""

    personal: Mapping[str, Personal]
    none: frozenset[str]
