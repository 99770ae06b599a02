"""Everything that the academy holds about one person, as the declarations of the models find it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile

from academy.lib.privacy import Keep, Personal, Words
from academy.people.domain.audit import record_act
from academy.people.domain.declarations import declarations, rows_about
from academy.people.enums import ActKind
from academy.people.models import User

# The shape of what is exported. A change that a reader must know about raises the number: docs/record.md.
VERSION = 1
PERIOD_ORDER = [keep.value for keep in Keep]


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordFile:
    """A file of the person: where it stands in the archive, and its content."""

    path: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordPart:
    """The rows of one model that are about the person, and the times at which they acted on rows of others."""

    kind: str
    what: Words
    period: str
    rows: tuple[Mapping[str, Any], ...]
    acts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalRecord:
    """What is held about a person at one moment."""

    person: User
    made_at: datetime
    parts: tuple[RecordPart, ...]
    files: tuple[RecordFile, ...]


@transaction.atomic
def download_record(*, person: User, by: User, at: datetime) -> PersonalRecord:
    """Return everything that is held about a person, and tell the audit that it was asked for."""
    record_act(kind=ActKind.DOWNLOADED, actor=by, at=at, obj=person, after={"what": "record"})
    parts, files = [], []
    for model, personal in declarations().items():
        rows = _rows(model, personal, person=person)
        acts = _acts(model, personal, person=person)
        if rows or acts:
            label = model._meta.label
            parts.append(RecordPart(kind=label, what=personal.what, period=personal.keep.value, rows=rows, acts=acts))
            files += _files(model, personal, person=person) if personal.files and rows else []
    # Who somebody is comes first, then what they study and have shown, then what the site notes down.
    parts.sort(key=lambda part: (part.kind != User._meta.label, PERIOD_ORDER.index(part.period)))
    return PersonalRecord(person=person, made_at=at, parts=tuple(parts), files=tuple(files))


def _rows(model: type[Model], personal: Personal, *, person: User) -> tuple[Mapping[str, Any], ...]:
    """Return what is told of each row. One query, whatever is told."""
    if not personal.about:
        return ()
    people = {field.name for field in model._meta.concrete_fields if field.related_model is User}
    own = personal.about if isinstance(personal.about, str) else ""
    fields = [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in {*personal.hidden, *personal.reads} and field.name != own
    ]
    found = rows_about(model, personal, person=person).values(*fields, *personal.reads.values())
    return tuple(
        {
            **{name: row[lookup] for name, lookup in personal.reads.items()},
            **{name: _whom(row[name], person) if name in people else row[name] for name in fields},
        }
        for row in found
    )


def _whom(key: int | None, person: User) -> str | None:
    """Other people are nobody's data but their own: the record says only that it was somebody else."""
    if key is None:
        return None
    return "you" if key == person.pk else "somebody else"


def _acts(model: type[Model], personal: Personal, *, person: User) -> tuple[Mapping[str, Any], ...]:
    """Return when the person acted on which rows that are not about themselves. One query for each kind of act."""
    own = rows_about(model, personal, person=person).values("pk")
    found: list[Mapping[str, Any]] = []
    for key, moment in personal.acts.items():
        rows = model._default_manager.filter(**{key: person.pk})
        if personal.about:
            rows = rows.exclude(pk__in=own)
        for pk, at in rows.order_by("pk").values_list("pk", moment):
            found.append({"act": key.removesuffix("_id"), "id": pk, "at": at})
    return tuple(found)


def _files(model: type[Model], personal: Personal, *, person: User) -> list[RecordFile]:
    found = []
    for row in rows_about(model, personal, person=person):
        for name in personal.files:
            file: FieldFile = getattr(row, name)
            if file.name and file.storage.exists(file.name):
                with file.storage.open(file.name) as stored:
                    found.append(RecordFile(path=f"files/{file.name}", content=stored.read()))
    return found
