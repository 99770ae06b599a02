"""Where a question is used: what an author looks at before it is retired."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Page, ReferenceIndex

from assessments.models import AssessmentPage, Attempt, Item


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """``pages`` show it, ``assessments`` draw from its bank, so many ``attempts`` hold it."""

    pages: tuple[Page, ...]
    assessments: tuple[AssessmentPage, ...]
    attempts: int


def places_of(item: Item, *, seen: QuerySet[Page]) -> Places:
    """Return where a question is used, of the pages that somebody has ``seen``. Four queries."""
    keys = [
        reference.object_id
        for reference in ReferenceIndex.get_references_to(item).select_related("content_type")
        if issubclass(reference.content_type.model_class() or object, Page)
    ]
    pages = seen.filter(pk__in=keys).select_related("locale").order_by("title", "pk")
    drawing = (
        AssessmentPage.objects.filter(bank=item.bank_id, pk__in=seen.values("pk"))
        .select_related("locale")
        .order_by("title", "pk")
    )
    return Places(
        pages=tuple(pages),
        assessments=tuple(drawing),
        attempts=Attempt.objects.filter(items__version__item=item).distinct().count(),
    )
