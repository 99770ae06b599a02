"""The framework's texts on a page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# Frameworks are written in one language, whatever the language of the page around them.
LANGUAGE, DIRECTION = "en", "ltr"
BULLET = "- "


@dataclass(frozen=True, kw_only=True, slots=True)
class TextBlock:
    """A paragraph, or the items of a list; one of the two is empty."""

    paragraph: str = ""
    items: tuple[str, ...] = ()


@register.simple_tag
def framework_lang() -> SafeString | str:
    """``lang`` and ``dir`` for an element that holds words of a framework; nothing where the page is in that language."""
    if (get_language() or LANGUAGE).split("-")[0] == LANGUAGE:
        return ""
    return format_html('lang="{}" dir="{}"', LANGUAGE, DIRECTION)


@register.filter
def text_blocks(text: str) -> tuple[TextBlock, ...]:
    """Plain text as paragraphs and lists: a line a paragraph, and ``- `` before each item of a list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    blocks: list[TextBlock] = []
    for is_list, members in groupby(lines, key=lambda line: line.startswith(BULLET)):
        if is_list:
            blocks.append(TextBlock(items=tuple(line.removeprefix(BULLET) for line in members)))
        else:
            blocks += [TextBlock(paragraph=line) for line in members]
    return tuple(blocks)
