"""Words of questions on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from typing import Any

from django import template
from django.template.defaultfilters import floatformat
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.item_types.rich import Rich, TextFormat, picture_name, to_html, visible
from assessments.item_types.stems import CLOZE, GAP_FILL

register = template.Library()

_SOURCE = re.compile(r'src="(picture:[^"]*)"')
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
    stem = without_gaps(stem)
    return visible(Rich(_parts(stem)[1] or _parts(stem)[0], TextFormat.HTML))


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A piece of a text, and the gap that follows it."""

    piece: SafeString
    gap: Mapping[str, Any] | None
    number: int


@register.simple_tag
def gapped(fields: Mapping[str, Any], pictures: Mapping[str, str] | None = None) -> list[Row]:
    """A text and its gaps in turn. Pieces are safe already, and only together well formed: see item_types.stems."""
    pieces = [_with_pictures(piece.replace("<p>", '<p class="govuk-body">'), pictures) for piece in fields["pieces"]]
    gaps = [*fields["gaps"], None]
    return [
        Row(piece=piece, gap=gap, number=number)
        for number, (piece, gap) in enumerate(zip(pieces, gaps, strict=True), start=1)
    ]


@register.filter
def without_gaps(stem: Rich) -> Rich:
    """The text of a question with its gaps as numbered blanks, as the parts of an answer name them."""
    numbers = count(1)
    text = CLOZE.sub(lambda found: f"({found.group(1)}) ……", stem.text)
    return replace(stem, text=GAP_FILL.sub(lambda _found: f"({next(numbers)}) ……", text))


@register.filter
def points(number: Decimal) -> str:
    """Points with the decimals that they have."""
    exponent = number.normalize().as_tuple().exponent
    return str(floatformat(number, max(0, -exponent) if isinstance(exponent, int) else 0))


@register.filter
def percent(share: Decimal) -> str:
    """A share of one in per cent, without decimals."""
    return f"{share * 100:.0f}"


@register.filter
def ids(number: int, prefix: str) -> str:
    """The id of a field by its number."""
    return f"{prefix}-{number}"


@register.filter
def places(last: int) -> list[str]:
    """The places from the first to the last."""
    return [str(place) for place in range(1, last + 1)]


def _parts(stem: Rich) -> tuple[str, str]:
    markup = to_html(stem).strip()
    if not _BLOCK.search(markup):
        return "", markup
    found = _LAST_PARAGRAPH.match(markup)
    return (found.group(1).strip(), found.group(2)) if found else (markup, "")


def _with_pictures(markup: str, pictures: Mapping[str, str] | None) -> SafeString:
    """Put addresses in the place of names; a name without one shows its words alone."""
    addresses = pictures or {}
    shown = _SOURCE.sub(lambda found: f'src="{escape(addresses.get(picture_name(found.group(1)), ""))}"', markup)
    return mark_safe(shown)  # noqa: S308 -- to_html cleans it
