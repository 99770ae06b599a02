"""Questions out of the banks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import F, Max, Q

from assessments.api import category_path, question_of
from assessments.item_types.questions import Question
from assessments.models import ItemBank, ItemVersion

A_HUNDRED = 100


def stored_questions(
    banks: Sequence[ItemBank] | None, *, under: Sequence[str] = (), drafts: bool = False
) -> Iterator[Question]:
    """Give what is asked today in some banks, or in all; with ``drafts`` what was written last. No retired ones.

    A fixed number of queries a hundred, so that the pictures are not all in memory at once.
    """
    found = ItemVersion.objects.filter(item__retired_at=None)
    if banks is not None:
        found = found.filter(item__bank__in=banks)
    if under:
        path = category_path(under)
        found = found.filter(Q(item__category=path) | Q(item__category__startswith=f"{path}/"))
    if drafts:
        found = found.annotate(latest=Max("item__versions__number")).filter(number=F("latest"))
    else:
        found = found.filter(item__ready_version=F("pk"))
    ids = list(found.order_by("item__bank__code", "item__category", "item__code").values_list("pk", flat=True))
    for start in range(0, len(ids), A_HUNDRED):
        some = ids[start : start + A_HUNDRED]
        versions = ItemVersion.objects.select_related("item__bank").prefetch_related("pictures").in_bulk(some)
        yield from (question_of(versions[one]) for one in some)
