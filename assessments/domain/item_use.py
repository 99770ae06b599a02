"""Where questions are used, and how often they are got wrong: two columns of a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Avg, CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, ReferenceIndex

from assessments.domain.asked import first_finished
from assessments.domain.item_statistics import four_places
from assessments.domain.statistics import MINIMUM
from assessments.item_types import kinds_that_earn_nothing
from assessments.models import Item, Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemUse:
    """``pages`` show the question, ``assessments`` draw from its bank; each counts once, whatever its languages.

    ``fail_rate``: the mean share of the mark that was missed, 1 less the facility, in the newest version that was
    asked. None while fewer than ``MINIMUM`` first attempts (``answers``) had that version: an older one says nothing
    of what the author has mended since.
    """

    pages: int
    assessments: int
    answers: int
    fail_rate: Decimal | None

    @property
    def uses(self) -> int:
        """In how many places it is asked."""
        return self.pages + self.assessments


def usage_and_fail_rates(item_ids: Collection[int]) -> Mapping[int, ItemUse]:
    """Return the use of each of these questions that there is. Two queries, and one the first time for Wagtail's index."""
    answers = _answers(item_ids)
    return {
        item: ItemUse(pages=pages, assessments=assessments, answers=count, fail_rate=_fail_rate(count, mean))
        for item, pages, assessments in _uses(item_ids)
        for count, mean in [answers.get(item, (0, None))]
    }


def _uses(item_ids: Collection[int]) -> QuerySet[Item, tuple[int, int, int]]:
    """Return questions with their pages and assessments. A page in several languages is one."""
    # By Wagtail's index of references. Versions point at their question too, and are no pages.
    types = ContentType.objects.get_for_models(Item, Page)
    page = Page.objects.filter(pk=Cast(OuterRef("object_id"), IntegerField())).values("translation_key")
    pages = (
        ReferenceIndex.objects.filter(
            to_content_type=types[Item],
            to_object_id=Cast(OuterRef("pk"), CharField()),
            base_content_type=types[Page],
        )
        .annotate(key=Subquery(page[:1]))
        .order_by()
        .values("to_object_id")
        .annotate(count=Count("key", distinct=True))
        .values("count")
    )
    is_drawn = Q(retired_at__isnull=True, ready_version__isnull=False) & ~Q(
        ready_version__kind__in=kinds_that_earn_nothing()
    )
    drawn = Count("bank__assessments__translation_key", distinct=True, filter=is_drawn)
    return (
        Item.objects.filter(pk__in=item_ids)
        .annotate(pages=Coalesce(Subquery(pages), 0), assessments=drawn)
        .values_list("pk", "pages", "assessments")
    )


def _answers(item_ids: Collection[int]) -> dict[int, tuple[int, Decimal | None]]:
    """Return how many first attempts had the newest version that was asked, and the mean fraction that it earned."""
    later = Mark.objects.filter(attempt_item=OuterRef("attempt_item"), pk__gt=OuterRef("pk"))
    rows = (
        Mark.objects.filter(
            ~Exists(later),
            attempt_item__version__item__in=item_ids,
            attempt_item__attempt__in=first_finished(),
        )
        .order_by("attempt_item__version__number")
        .values_list("attempt_item__version__item", "attempt_item__version__number")
        .annotate(count=Count("pk"), mean=Avg("fraction"))
    )
    # The last of each question stays: the newest version.
    return {item: (count, mean) for item, _number, count, mean in rows}


def _fail_rate(answers: int, mean: Decimal | None) -> Decimal | None:
    return four_places(1 - mean) if mean is not None and answers >= MINIMUM else None
