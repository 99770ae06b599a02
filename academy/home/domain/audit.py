"""The audit as one list: our own entries, the log of the CMS, and what others did to a learner's record.

The sources stay where they are. Each is filtered by itself, so that its own indexes serve, and the database unites
them; what an entry says is looked up afterwards, for the few that are shown (``audit_lines``).
"""

from __future__ import annotations

import uuid as uuids
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from academy.people.api import ActKind, Reach, pages_of
from academy.people.models import AuditEvent, Organisation, User, sees_members
from academy.records.enums import EventKind
from academy.records.models import LearningEvent

EVERYWHERE = Reach(everywhere=True)
ACT, PAGE, MODEL, RECORD = "act", "page", "model", "record"
SOURCES = (ACT, PAGE, MODEL, RECORD)
# Whose models a reader may ask about, beside ours.
APPS_OF_OTHERS = ("auth", "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailredirects")


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditFilter:
    """What a reader asks for; what is empty asks for nothing."""

    since: datetime | None = None
    until: datetime | None = None
    before: datetime | None = None  # the moment of an export: it does not tell of itself
    actor: str = ""
    about: str = ""
    kind: str = ""
    object_type: str = ""
    thing: str = ""
    reason: str = ""
    # Whose affairs the reader may know of.
    reach: Reach = EVERYWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One of the tables, and how to ask it."""

    model: Any  # a model; its manager is ``objects``, as everywhere here
    time: str
    actor: str
    restrict: Callable[[QuerySet[Any], AuditFilter], QuerySet[Any]]
    within: Callable[[Reach], Q]


def matching(wanted: AuditFilter) -> QuerySet[Any]:
    """Return rows of ``source``, ``key`` and ``moment``, newest first, for the entries that are asked for."""
    parts = [_part(name, wanted) for name in SOURCES]
    united: QuerySet[Any] = parts[0].union(*parts[1:], all=True)
    return united.order_by("-moment", "source", "-key")


def kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be asked for as kind, in groups."""
    return [
        (str(_("Accounts and staff")), [(f"{ACT}:{value}", str(label)) for value, label in ActKind.choices]),
        (str(_("Pages and content")), [(f"log:{value}", str(label)) for value, label in registry.get_choices()]),
        (str(_("Learning record")), [(f"{RECORD}:{value}", str(label)) for value, label in EventKind.choices]),
    ]


def object_types() -> list[tuple[str, str]]:
    """Return what can be asked for as type of thing: ("people.User", "Person")."""
    ours = {config.label for config in apps.get_app_configs() if config.name.partition(".")[0] in OUR_PACKAGES} | set(
        APPS_OF_OTHERS
    )
    named = [
        (model._meta.label, f"{str(model._meta.verbose_name)[:1].upper()}{str(model._meta.verbose_name)[1:]}")
        for model in apps.get_models()
        if model._meta.app_label in ours
    ]
    return sorted(named, key=lambda pair: pair[1].lower())


OUR_PACKAGES = ("academy", "assessments", "courses", "playbook")


def _part(name: str, wanted: AuditFilter) -> QuerySet[Any]:
    source = TABLES[name]
    rows: QuerySet[Any] = source.model.objects.all()
    rows = source.restrict(rows, wanted)
    if not wanted.reach.everywhere:
        rows = rows.filter(source.within(wanted.reach))
    if wanted.since:
        rows = rows.filter(**{f"{source.time}__gte": wanted.since})
    if wanted.until:
        rows = rows.filter(**{f"{source.time}__lte": wanted.until})
    if wanted.before:
        rows = rows.filter(**{f"{source.time}__lt": wanted.before})
    if wanted.actor:
        rows = rows.filter(**{f"{source.actor}__in": people_called(wanted.actor).values("pk")})
    columns: QuerySet[Any] = (
        rows.order_by()
        .annotate(source=Value(name, output_field=CharField()), key=F("pk"), moment=F(source.time))
        .values("source", "key", "moment")
    )
    return columns


def people_called(words: str) -> QuerySet[User]:
    """Return the people whose public id, e-mail address or name this is, or is part of."""
    words = words.strip()
    try:
        return User.objects.filter(public_id=uuids.UUID(words))
    except ValueError:
        return User.objects.filter(Q(email__icontains=words) | Q(display_name__icontains=words))


def _keys_of(words: str) -> QuerySet[Any]:
    return people_called(words).annotate(text=Cast("pk", CharField())).values("text")


def _kind(rows: QuerySet[Any], wanted: AuditFilter, *, field: str, prefix: str) -> QuerySet[Any]:
    if not wanted.kind:
        return rows
    source, _colon, value = wanted.kind.partition(":")
    return rows.filter(**{field: value}) if source == prefix else rows.none()


def _acts(rows: QuerySet[Any], wanted: AuditFilter) -> QuerySet[Any]:
    rows = _kind(rows, wanted, field="kind", prefix=ACT)
    if wanted.about:
        rows = rows.filter(object_type=User._meta.label, object_id__in=_keys_of(wanted.about))
    if wanted.object_type:
        rows = rows.filter(object_type=wanted.object_type)
    if wanted.thing:
        rows = rows.filter(Q(label__icontains=wanted.thing) | Q(object_id=wanted.thing))
    if wanted.reason:
        rows = rows.filter(reason__icontains=wanted.reason)
    return rows


def _log(rows: QuerySet[Any], wanted: AuditFilter, *, key: str) -> QuerySet[Any]:
    rows = _kind(rows, wanted, field="action", prefix="log")
    if wanted.object_type:
        model = apps.get_model(wanted.object_type)
        rows = rows.filter(content_type=ContentType.objects.get_for_model(model, for_concrete_model=False))
    if wanted.thing:
        rows = rows.annotate(number=Cast(key, CharField()))
        rows = rows.filter(Q(label__icontains=wanted.thing) | Q(number=wanted.thing))
    if wanted.reason:
        rows = rows.filter(data__comment__icontains=wanted.reason)
    return rows


def _pages(rows: QuerySet[Any], wanted: AuditFilter) -> QuerySet[Any]:
    # A page is no person.
    return rows.none() if wanted.about else _log(rows, wanted, key="page_id")


def _models(rows: QuerySet[Any], wanted: AuditFilter) -> QuerySet[Any]:
    if wanted.about:
        rows = rows.filter(content_type=ContentType.objects.get_for_model(User), object_id__in=_keys_of(wanted.about))
    return _log(rows, wanted, key="object_id")


def _record(rows: QuerySet[Any], wanted: AuditFilter) -> QuerySet[Any]:
    # What learners do themselves is their record, not an act of staff; an index of its own leaves it out.
    rows = _kind(rows.exclude(actor_id=F("learner_id")), wanted, field="kind", prefix=RECORD)
    if wanted.about:
        rows = rows.filter(learner_id__in=people_called(wanted.about).values("pk"))
    if wanted.object_type:
        rows = rows.filter(subject_type=wanted.object_type)
    if wanted.thing:
        rows = rows.filter(Q(subject_id=wanted.thing) | Q(detail__title__icontains=wanted.thing))
    if wanted.reason:
        rows = rows.filter(detail__reason__icontains=wanted.reason)
    return rows


def _members(reach: Reach) -> QuerySet[User]:
    return User.objects.filter(sees_members(reach))


def _acts_within(reach: Reach) -> Q:
    """What was done in the branch, to its people, or by them."""
    people = _members(reach)
    text = people.annotate(text=Cast("pk", CharField())).values("text")
    return (
        Q(organisation_id__in=Organisation.objects.within(reach).order_by().values("pk"))
        | Q(object_type=User._meta.label, object_id__in=text)
        | Q(actor_id__in=people.values("pk"))
    )


def _pages_within(reach: Reach) -> Q:
    """What was done to the pages of the branch."""
    found = Q(pk__in=[])
    for path in pages_of(reach).values_list("path", flat=True):
        found |= Q(page__path__startswith=path)
    return found


def _models_within(reach: Reach) -> Q:
    return Q(user_id__in=_members(reach).values("pk"))


def _record_within(reach: Reach) -> Q:
    return Q(learner_id__in=_members(reach).values("pk"))


TABLES: Mapping[str, Source] = {
    ACT: Source(model=AuditEvent, time="occurred_at", actor="actor_id", restrict=_acts, within=_acts_within),
    PAGE: Source(model=PageLogEntry, time="timestamp", actor="user_id", restrict=_pages, within=_pages_within),
    MODEL: Source(model=ModelLogEntry, time="timestamp", actor="user_id", restrict=_models, within=_models_within),
    RECORD: Source(model=LearningEvent, time="occurred_at", actor="actor_id", restrict=_record, within=_record_within),
}


def is_within(*, source: str, key: int, reach: Reach) -> bool:
    """Whether a reader whose right goes as far as ``reach`` may know of this entry."""
    table = TABLES.get(source)
    return table is not None and (reach.everywhere or table.model.objects.filter(table.within(reach), pk=key).exists())


def stored(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], Any]:
    """Return the entries themselves by source and key: one query for each source that has any."""
    wanted: dict[str, list[int]] = {}
    for row in rows:
        wanted.setdefault(row["source"], []).append(row["key"])
    return {
        (name, key): entry
        for name, keys in wanted.items()
        for key, entry in TABLES[name].model.objects.in_bulk(keys).items()
    }
