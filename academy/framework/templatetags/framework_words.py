"""Words of the framework on a page."""

from __future__ import annotations

from django import template

from academy.framework.enums import Proficiency

register = template.Library()


@register.filter
def level_name(value: int | str | None) -> str:
    """The name of a level, from its number or its code; empty for none."""
    if not value:
        return ""
    level = Proficiency.from_code(value) if isinstance(value, str) else Proficiency(value)
    return str(level.label)
