"""Words of questions on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.item_types.rich import Rich, TextFormat, to_html, visible

register = template.Library()

_SOURCE = re.compile(r'src="picture:([^"]*)"')
_LAST_PARAGRAPH = re.compile(r"^(.*?)<p>((?:(?!<p>).)*)</p>\s*$", re.DOTALL)
_BLOCK = re.compile(r"<(?:p|div|ul|ol|table|pre|blockquote|h[1-6]|dl|figure)\b", re.IGNORECASE)


@register.simple_tag
def rich(text: Rich, pictures: Mapping[str, str] | None = None) -> SafeString:
    """A text of a question as blocks; its pictures at their addresses."""
    markup = to_html(text)
    if text.format != TextFormat.PLAIN and not _BLOCK.search(markup):
        markup = f"<p>{markup}</p>"
    return _with_pictures(markup.replace("<p>", '<p class="govuk-body">'), pictures)


@register.simple_tag
def rich_inline(text: Rich, pictures: Mapping[str, str] | None = None) -> SafeString:
    """The same within a line, such as a label: a single paragraph loses its tag."""
    if text.format == TextFormat.PLAIN:
        return mark_safe(escape(text.text.strip()).replace("\n", "<br>"))  # noqa: S308 -- escaped
    markup = to_html(text).strip()
    found = _LAST_PARAGRAPH.match(markup)
    return _with_pictures(found.group(2) if found and not found.group(1).strip() else markup, pictures)


@register.simple_tag
def situation(stem: Rich, pictures: Mapping[str, str] | None = None) -> SafeString:
    """What comes before the question itself: all paragraphs but the last."""
    return _with_pictures(_parts(stem)[0].replace("<p>", '<p class="govuk-body">'), pictures)


@register.simple_tag
def the_question(stem: Rich, pictures: Mapping[str, str] | None = None) -> SafeString:
    """The question itself: the last paragraph, or nothing where a text ends in something else."""
    return _with_pictures(_parts(stem)[1], pictures)


@register.filter
def is_long(stem: Rich) -> bool:
    """Whether the question itself is too long to be shouted."""
    return len(visible(Rich(_parts(stem)[1], TextFormat.HTML))) > 120


@register.filter
def in_short(stem: Rich) -> str:
    """The question itself in plain words; where there is none, all of it."""
    return visible(Rich(_parts(stem)[1] or _parts(stem)[0], TextFormat.HTML))


def _parts(stem: Rich) -> tuple[str, str]:
    markup = to_html(stem).strip()
    if not _BLOCK.search(markup):
        return "", markup
    found = _LAST_PARAGRAPH.match(markup)
    return (found.group(1).strip(), found.group(2)) if found else (markup, "")


def _with_pictures(markup: str, pictures: Mapping[str, str] | None) -> SafeString:
    """Put addresses in the place of names; a name without one shows its words alone."""
    addresses = pictures or {}
    shown = _SOURCE.sub(lambda found: f'src="{escape(addresses.get(found.group(1), ""))}"', markup)
    return mark_safe(shown)  # noqa: S308 -- to_html cleans it
