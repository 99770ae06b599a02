"""The second-level headings of a text: a name to link to for each, and the list of them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.text import slugify

# A heading of running text. One with a class is the title of a block, which no list of contents names.
HEADING = re.compile(r"<h2(?P<attributes>(?:\s+data-block-key=\"[^\"]*\")?)>(?P<inner>.*?)</h2>", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """``id`` is unique on its page; ``text`` is plain."""

    id: str
    text: str


def with_anchors(markup: str) -> tuple[str, tuple[Heading, ...]]:
    """Return ``markup`` with an id on every plain h2, and those headings in order.

    The id follows from the words, so that a link from outside lasts as long as they do; the second of two
    equal headings gets a number.
    """
    headings: list[Heading] = []
    taken: set[str] = set()

    def name(match: re.Match[str]) -> str:
        text = html.unescape(strip_tags(match["inner"])).strip()
        base = slugify(text, allow_unicode=True) or "section"
        anchor, number = base, 2
        while anchor in taken:
            anchor, number = f"{base}-{number}", number + 1
        taken.add(anchor)
        headings.append(Heading(id=anchor, text=text))
        return f'<h2 id="{anchor}"{match["attributes"]}>{match["inner"]}</h2>'

    marked = HEADING.sub(name, markup)
    return marked, tuple(headings)
