"""Figures of questions on a page."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from assessments.staff.statistics_words import as_figure, as_percent

register = template.Library()

WIDTH = 96


register.filter(as_percent)
register.filter(as_figure)


@register.simple_tag
def share_bar(share: Decimal) -> SafeString:
    """Draw a share as a bar, from where lines begin. The number stands beside it: to a screen reader it is nothing."""
    length = round(WIDTH * share)
    return format_html(
        '<svg width="{width}" height="10" aria-hidden="true" focusable="false" class="w-text-secondary">'
        '<rect width="{width}" height="10" fill="currentColor" fill-opacity="0.18"/>'
        '<rect x="{start}" width="{length}" height="10" fill="currentColor"/></svg>',
        width=WIDTH,
        length=length,
        start=WIDTH - length if get_language_bidi() else 0,
    )
