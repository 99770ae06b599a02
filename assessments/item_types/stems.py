"""Gaps in a text: where they are, and the text between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.item_types.rich import Rich, to_html

GAP_FILL = re.compile(r"\[\[([0-9]{1,4})\]\]")
CLOZE = re.compile(r"\{#([0-9]{1,4})\}")
# A tag with its attributes, in which anything may stand between quotes.
_TAG = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>")


@dataclass(frozen=True, kw_only=True, slots=True)
class Stem:
    """A text cut at its gaps. ``pieces`` are safe HTML, one more than there are gaps, and only together well formed:
    show them one after the other with a field between each two, and clean them no more.
    """

    pieces: tuple[str, ...]
    gaps: tuple[int, ...]


def cut(stem: Rich, marker: re.Pattern[str]) -> Stem:
    """Cut a text at its gaps. What stands inside a tag is no gap."""
    pieces, gaps = [""], []
    for tag, text in _tags_and_text(to_html(stem)):
        pieces[-1] += tag
        first, *others = marker.split(text)
        pieces[-1] += first
        gaps += [int(number) for number in others[::2]]
        pieces += others[1::2]
    return Stem(pieces=tuple(pieces), gaps=tuple(gaps))


def _tags_and_text(markup: str) -> list[tuple[str, str]]:
    texts = _TAG.split(markup)
    return list(zip(["", *_TAG.findall(markup)], texts, strict=True))


def label(number: int) -> Rich:
    """Return the name of a gap."""
    return Rich(_("Gap %(number)d") % {"number": number})
