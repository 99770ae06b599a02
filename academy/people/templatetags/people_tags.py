"""Keys and codes as people copy them."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def in_fours(code: str) -> str:
    """Return a key or code in groups of four: one keeps the place while copying it, and blanks do no harm."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
