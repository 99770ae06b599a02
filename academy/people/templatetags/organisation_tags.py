"""What templates ask about organisations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.translation import gettext as _

from academy.people.domain.my_work import Work, work_of
from academy.people.models import User

register = template.Library()

# What a form calls the fields of an organisation.
LABELS = {
    "name": lambda: _("Name"),
    "language": lambda: _("Language"),
    "time_zone": lambda: _("Time zone"),
    "takes_requests": lambda: _("Takes requests"),
    "names": lambda: _("Names in other languages"),
    "domains": lambda: _("E-mail domains"),
}


@register.simple_tag
def work(person: User) -> Work:
    """Return where a person works."""
    return work_of(person)


@register.simple_tag
def field_labels(fields: Iterable[str]) -> str:
    """Return the labels of fields of an organisation, in a row."""
    return ", ".join(LABELS[field]() for field in fields if field in LABELS)


@register.inclusion_tag("people/staff/page_links.html", takes_context=True)
def page_links(context: dict[str, Any], listing: Page[Any], parameter: str) -> dict[str, Any]:
    """Show the way to the other pages of one of several lists; the others stay where they are."""

    def address(number: int) -> str:
        query = context["request"].GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "listing": listing,
        "previous": address(listing.previous_page_number()) if listing.has_previous() else "",
        "next": address(listing.next_page_number()) if listing.has_next() else "",
    }
