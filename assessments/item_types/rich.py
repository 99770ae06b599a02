"""Texts of questions: plain, Markdown, HTML, or what Moodle writes when it says nothing."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt

# What a question may use. No scripts, no styles, no frames, no forms; links open nothing by themselves.
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption",
    "figure", "h3", "h4", "h5", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# A picture of a question is named in its texts by this scheme, and shown by an address of ours.
PICTURE = "picture:"
SCHEMES = {"http", "https", "mailto", "picture"}

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_BLOCK_ENDS = re.compile(r"</(?:p|div|li|tr|h[1-6]|dd|dt|caption|blockquote|td|th)>|<(?:br|hr)\b[^>]*>", re.IGNORECASE)
_IMAGES = re.compile(r"<img\b[^>]*?\balt=\"([^\"]*)\"[^>]*>", re.IGNORECASE)


class TextFormat(StrEnum):
    """How a text is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    # HTML in which a line break breaks the line.
    MOODLE = "moodle"


@dataclass(frozen=True, slots=True)
class Rich:
    """A text with its format, as its author wrote it: cleaned when it is shown, never before."""

    text: str = ""
    format: TextFormat = TextFormat.PLAIN

    def __bool__(self) -> bool:
        """A text of blanks is none."""
        return bool(self.text.strip())

    def __str__(self) -> str:
        """Return the visible text: see :func:`visible`."""
        return visible(self)

    def to_json(self) -> str | dict[str, str]:
        """Return a plain text as itself, any other with its format."""
        return self.text if self.format == TextFormat.PLAIN else {"text": self.text, "format": self.format.value}

    @classmethod
    def from_json(cls, value: Any) -> Rich:
        """Read what :meth:`to_json` wrote. Raises ValueError or TypeError."""
        if isinstance(value, str):
            return cls(value)
        if not isinstance(value, dict) or set(value) != {"text", "format"} or not isinstance(value["text"], str):
            raise TypeError("a text is a string, or has a text and a format")
        return cls(value["text"], TextFormat(value["format"]))


EMPTY = Rich()


def to_html(rich: Rich) -> str:
    """Return safe HTML, whatever the format. Pictures keep their ``picture:`` names."""
    if rich.format == TextFormat.PLAIN:
        paragraphs = re.split(r"\n\s*\n", rich.text.strip())
        return "".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part)
    if rich.format == TextFormat.MARKDOWN:
        return clean(_markdown.render(rich.text))
    if rich.format == TextFormat.MOODLE:
        return clean(rich.text.strip().replace("\n", "<br>"))
    return clean(rich.text)


def picture_name(source: str) -> str:
    """Return the name of the picture that the source of an image names; empty for one that lies elsewhere.

    Other systems write an address there, in which a blank is ``%20``.
    """
    return unquote(html.unescape(source.removeprefix(PICTURE))) if source.startswith(PICTURE) else ""


def clean(markup: str) -> str:
    """Return the markup without what a question may not use."""
    # Half a pair of surrogates, as JSON may hold it, is no character.
    markup = markup.encode("utf-8", "replace").decode("utf-8")
    return nh3.clean(markup, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")


def visible(rich: Rich) -> str:
    """Return what a reader reads, in one line: no markup, blanks run together, a picture's words in its place."""
    if rich.format == TextFormat.PLAIN:
        return " ".join(rich.text.split())
    shown = _IMAGES.sub(r" \1 ", _BLOCK_ENDS.sub(" ", to_html(rich)))
    return " ".join(html.unescape(nh3.clean(shown, tags=set())).split())
