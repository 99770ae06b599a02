"""What authors tied to a page."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Page

register = template.Library()


@register.simple_tag
def linked(page: Page, relation: str, to: str) -> list[Any]:
    """The rows of one of the page's panels, each with what it points to. One query; none in a preview's draft."""
    return list(getattr(page, relation).select_related(to))
