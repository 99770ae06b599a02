"""Words of questions on a page."""

from __future__ import annotations

import re

from django import template

register = template.Library()


@register.filter
def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text: what blank lines part."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
