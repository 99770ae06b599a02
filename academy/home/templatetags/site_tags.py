"""The site's own navigation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context

from academy.home.domain.navigation import navigation_items, sign_in_url

register = template.Library()


@register.inclusion_tag("components/site_navigation.html", takes_context=True)
def site_navigation(context: Context, areas: Mapping[str, str]) -> dict[str, Any]:
    """The areas of the site, and how to sign in or out. ``areas`` is that of the page's frame."""
    request = context.get("request")
    if request is None:
        return {}
    return {
        "items": navigation_items(request=request, areas=areas),
        "user": context.get("user"),
        "sign_in_url": sign_in_url(request=request),
        "csrf_token": context.get("csrf_token"),
    }
