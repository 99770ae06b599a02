"""What an entry of the audit says, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BigIntegerField, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from academy.home.domain.audit import ACT, RECORD, SOURCES, stored
from academy.people.api import ActKind, ClosingReason
from academy.people.models import AuditEvent, User
from academy.records.models import LearningEvent

# Words for what is told beside the fields of a thing, and for fields whose own name speaks to their owner.
WORDS = {
    "address": gettext_lazy("Address"),
    "display_name": gettext_lazy("Name"),
    "factor": gettext_lazy("Second factor"),
    "filters": gettext_lazy("Filters"),
    "format": gettext_lazy("Format"),
    "group": gettext_lazy("Group"),
    "is_superuser": gettext_lazy("Administrator"),
    "level": gettext_lazy("Level"),
    "methods": gettext_lazy("How"),
    "name": gettext_lazy("Name"),
    "parent": gettext_lazy("Below"),
    "provider": gettext_lazy("Sign-in provider"),
    "rows": gettext_lazy("Rows"),
    "title": gettext_lazy("Title"),
    "what": gettext_lazy("What"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One value, before and after, in words; empty where there was none."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name}: {f'{self.before} → ' if self.before else ''}{self.after or '–'}"


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditLine:
    """One entry as a reader sees it."""

    source: str
    key: int
    at: datetime
    actor: str
    what: str
    object_type: str
    object_name: str
    # The thing itself, to look it up: its model and key; None when there is or was none.
    ref: tuple[type[Model], str] | None
    changes: tuple[Change, ...]
    reason: str
    origin: str
    request_id: str = ""


class NoSuchEntry(Exception):
    """The audit has no such entry."""


def line(*, source: str, key: int) -> AuditLine:
    """Return one entry. Raises NoSuchEntry."""
    may_be = source in SOURCES and key <= BigIntegerField.MAX_BIGINT
    found = lines([{"source": source, "key": key}]) if may_be else []
    if not found:
        raise NoSuchEntry(f"{source} {key}")
    return found[0]


def lines(rows: Iterable[Mapping[str, Any]]) -> list[AuditLine]:
    """Return the entries of ``rows`` of the union, in their order."""
    rows = list(rows)
    entries = stored(rows)
    people = User.objects.in_bulk(_people_in(entries))
    names = {key: person.display_name for key, person in people.items()}
    return [
        _READERS.get(row["source"], _of_log)(row["source"], entries[row["source"], row["key"]], names)
        for row in rows
        if (row["source"], row["key"]) in entries
    ]


def _people_in(entries: Mapping[tuple[str, int], Any]) -> set[int]:
    keys: set[int | None] = set()
    for (source, _key), entry in entries.items():
        if source == ACT:
            keys |= {entry.actor_id, _person_key(entry.object_type, entry.object_id)}
        elif source == RECORD:
            keys |= {entry.actor_id, entry.learner_id}
        else:
            keys.add(entry.user_id)
    return {key for key in keys if key is not None}


def _person_key(object_type: str, object_id: str) -> int | None:
    return int(object_id) if object_type == User._meta.label and object_id.isdecimal() else None


def _named(key: int | None, names: Mapping[int, str]) -> str:
    if key is None:
        return _("The program")
    return names.get(key) or _("Person %(number)s, who is not here any more") % {"number": key}


def _of_act(source: str, entry: AuditEvent, names: Mapping[int, str]) -> AuditLine:
    model = _model(entry.object_type)
    person = _person_key(entry.object_type, entry.object_id)
    unknown = entry.actor_id is None and (entry.origin or entry.device)
    return AuditLine(
        source=source,
        key=entry.pk,
        at=entry.occurred_at,
        actor=_("Nobody signed in") if unknown else _named(entry.actor_id, names),
        what=entry.get_kind_display(),
        object_type=_type_name(model, entry.object_type),
        object_name=_named(person, names) if person else entry.label or entry.object_id,
        ref=(model, entry.object_id) if model else None,
        changes=changes(model, entry.before, entry.after),
        reason=_reason(entry),
        origin=" · ".join(part for part in (entry.device, entry.origin) if part),
        request_id=entry.request_id,
    )


def _reason(entry: AuditEvent) -> str:
    """Return why, in words: the reason of a closing is one of a list."""
    if entry.kind == ActKind.ACCOUNT_ERASED and entry.reason in ClosingReason:
        return str(ClosingReason(entry.reason).label)
    return entry.reason


def _of_record(source: str, entry: LearningEvent, names: Mapping[int, str]) -> AuditLine:
    detail = dict(entry.detail)
    reason = str(detail.pop("reason", ""))
    return AuditLine(
        source=source,
        key=entry.pk,
        at=entry.occurred_at,
        actor=_named(entry.actor_id, names),
        what=entry.get_kind_display(),
        object_type=_type_name(_model(entry.subject_type), entry.subject_type),
        object_name=_named(entry.learner_id, names),
        ref=(User, str(entry.learner_id)),
        changes=changes(None, {}, detail),
        reason=reason,
        origin="",
    )


def _of_log(source: str, entry: Any, names: Mapping[int, str]) -> AuditLine:
    content_type = ContentType.objects.get_for_id(entry.content_type_id) if entry.content_type_id else None
    model = content_type.model_class() if content_type else None
    data = entry.data
    before, after = _moved(entry.action, data)
    return AuditLine(
        source=source,
        key=entry.pk,
        at=entry.timestamp,
        actor=_named(entry.user_id, names),
        what=str(entry.message),
        object_type=_type_name(model, str(content_type or "")),
        object_name=entry.label,
        ref=(model, str(entry.object_id)) if model else None,
        changes=changes(model, before, after),
        reason=str(data.get("comment") or data.get("reason") or ""),
        origin="",
    )


_READERS: Mapping[str, Callable[[str, Any, Mapping[int, str]], AuditLine]] = {ACT: _of_act, RECORD: _of_record}


def _moved(action: str, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return before and after, where the entry tells them: two acts of the CMS, and ours on organisations and questions."""
    try:
        if action == "wagtail.rename":
            return {"title": data["title"]["old"]}, {"title": data["title"]["new"]}
        if action == "wagtail.move":
            return {"parent": data["source"]["title"]}, {"parent": data["destination"]["title"]}
        if "changes" in data:
            told = data["changes"]
            return {name: old for name, (old, _new) in told.items()}, {name: new for name, (_old, new) in told.items()}
        if "from" in data and "to" in data:
            return {"parent": data["from"]}, {"parent": data["to"]}
    except (KeyError, TypeError, ValueError):
        return {}, {}  # written by an older version, or emptied when a person was forgotten
    return {}, {name: data[name] for name in ("closed", "version") if name in data}


def changes(model: type[Model] | None, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return values before and after in words, those that have a before first."""
    names = [*before, *(name for name in after if name not in before)]
    told = ((name, in_words(before.get(name)), in_words(after.get(name))) for name in names)
    return tuple(Change(name=_field_name(model, name), before=old, after=new) for name, old, new in told if old or new)


def in_words(value: Any) -> str:
    """Return a stored value as a reader would write it."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(in_words(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_words(part)}" for name, part in value.items())
    return str(value)


def _field_name(model: type[Model] | None, name: str) -> str:
    if name in WORDS:
        return str(WORDS[name])
    if model is not None:
        try:
            return str(capfirst(str(getattr(model._meta.get_field(name), "verbose_name", name))))
        except FieldDoesNotExist:
            pass  # a detail of the act, or a field of an older version
    return str(capfirst(name.replace("_", " ")))


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label) if label else None
    except LookupError:
        return None  # the log outlives the model


def _type_name(model: type[Model] | None, label: str) -> str:
    return str(capfirst(str(model._meta.verbose_name))) if model else label
