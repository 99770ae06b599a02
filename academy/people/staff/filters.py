"""Filters by person in Wagtail's lists and reports: they offer the people whom the reader sees, and themselves.

Wagtail offers whoever ever owned, edited, locked or handed in a page, anywhere. It builds the filters of each list
by itself, so they are narrowed where all of them ask for their choices.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django_filters.filters import QuerySetRequestMixin

from academy.people.domain.grants import reach_of
from academy.people.domain.rights import SEE_PEOPLE
from academy.people.models import User, sees_members


def narrow_filters_by_person() -> None:
    """Narrow the choices of every filter whose choices are people. Called once, when the program starts."""
    wagtails = QuerySetRequestMixin.get_queryset

    def get_queryset(self: Any, request: HttpRequest | None) -> Any:
        choices = wagtails(self, request)
        if request is None or not isinstance(choices, QuerySet) or choices.model is not User:
            return choices
        return within_reach(choices, reader=request.user)

    QuerySetRequestMixin.get_queryset = get_queryset


def within_reach(people: QuerySet[User], *, reader: Any) -> QuerySet[User]:
    """Leave those whom ``reader`` sees, and the reader."""
    reach = reach_of(reader, SEE_PEOPLE)
    seen = User.objects.filter(sees_members(reach)).values("pk")
    return people if reach.everywhere else people.filter(Q(pk__in=seen) | Q(pk=reader.pk))
