"""What the home page shows beside its own text."""

from __future__ import annotations

from django import template
from django.template.context import Context

from academy.home.domain.ways_in import WaysIn, ways_in
from academy.home.models import HomePage

register = template.Library()


@register.simple_tag(takes_context=True, name="ways_in")
def ways_in_tag(context: Context, home: HomePage) -> WaysIn:
    """The roles, stages and courses to start from."""
    return ways_in(home=home, request=context.get("request"))
