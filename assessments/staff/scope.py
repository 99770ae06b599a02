"""Whose questions are whose: what is out of somebody's reach does not exist for them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from academy.people.api import person_of, reach_of
from assessments.models import Item, ItemBank, ItemVersion
from assessments.models.items import ItemQuerySet

SEE, ADD, CHANGE = "assessments.view_item", "assessments.add_item", "assessments.change_item"


def banks_of(request: HttpRequest, permission: str = SEE) -> QuerySet[ItemBank]:
    """Return the banks for whose questions somebody holds a permission."""
    return ItemBank.objects.within(reach_of(person_of(request), permission))


def items_of(request: HttpRequest, permission: str = SEE) -> ItemQuerySet:
    """Return the questions for which somebody holds a permission."""
    return Item.objects.filter(bank__in=banks_of(request, permission))


def item_or_404(request: HttpRequest, pk: int, permission: str = SEE) -> Item:
    """Return one of them. Raises Http404."""
    found = items_of(request, permission).select_related("bank__organisation", "ready_version", "retired_by")
    item: Item = get_object_or_404(found, pk=pk)
    return item


def version_or_404(item: Item, number: int) -> ItemVersion:
    """Return a version of a question with all that it needs to be shown. Raises Http404."""
    found = item.versions.select_related("skill", "readiness", "item__bank", "created_by").prefetch_related("pictures")
    version: ItemVersion = get_object_or_404(found, number=number)
    return version
