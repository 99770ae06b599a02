"""Lists of questions: what their latest versions say, where they stand, and what a search finds."""

from __future__ import annotations

import json

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf

from assessments.enums import ItemState
from assessments.models import Item, ItemVersion


def listed(items: QuerySet[Item]) -> QuerySet[Item]:
    """Annotate what the latest version says: ``latest_number``, ``_kind``, ``_level``, ``_skill``, ``_skill_name``;
    the ``state`` of the question, and the language that it is ``spoken_in``.
    """
    latest = ItemVersion.objects.filter(item=OuterRef("pk")).order_by("-number")
    return items.annotate(
        latest_number=Subquery(latest.values("number")[:1]),
        latest_kind=Subquery(latest.values("kind")[:1]),
        latest_level=Subquery(latest.values("proficiency")[:1]),
        latest_skill=Subquery(latest.values("skill")[:1]),
        latest_skill_name=Subquery(latest.values("skill__name")[:1]),
        spoken_in=Coalesce(NullIf("language", Value("")), "bank__language"),
        state=Case(
            When(retired_at__isnull=False, then=Value(ItemState.RETIRED.value)),
            When(ready_version__isnull=True, then=Value(ItemState.DRAFT.value)),
            When(latest_number__gt=F("ready_version__number"), then=Value(ItemState.NEWER_DRAFT.value)),
            default=Value(ItemState.READY.value),
            output_field=CharField(),
        ),
    )


def searched(items: QuerySet[Item], words: str) -> QuerySet[Item]:
    """Return those in whose code, label, name or tags the words stand."""
    named = ItemVersion.objects.filter(item=OuterRef("pk"), name__icontains=words)
    # SQLite keeps JSON in ASCII, PostgreSQL in letters.
    spelled = json.dumps(words)[1:-1]
    return items.annotate(tags_as_text=Cast("tags", TextField())).filter(
        Q(code__icontains=words)
        | Q(label__icontains=words)
        | Q(tags_as_text__icontains=words)
        | Q(tags_as_text__icontains=spelled)
        | Exists(named)
    )
