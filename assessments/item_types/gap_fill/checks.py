"""What keeps a text with gaps from being asked."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from assessments.item_types.bodies import GapFill, Word
from assessments.item_types.rich import Rich
from assessments.item_types.sent import MOST_CHARACTERS, alike
from assessments.item_types.stems import GAP_FILL, cut

MOST_WORDS = 200
MOST_GAPS = 50
MOST_GROUPS = 99


def gap_problems(body: GapFill) -> list[str]:
    """Say what is wrong with the words and the gaps."""
    if not body.words or not body.gaps:
        return [_("Give at least one word, and a gap for it in the text.")]
    if len(body.words) > MOST_WORDS or len(body.gaps) > MOST_GAPS:
        return [
            _("Give at most %(words)d words and %(gaps)d gaps.") % {"words": MOST_WORDS, "gaps": MOST_GAPS},
        ]
    found = []
    if not all(0 < len(alike(word.text)) <= MOST_CHARACTERS for word in body.words):
        found.append(_("Give each word a text of at most %(count)d characters.") % {"count": MOST_CHARACTERS})
    if not all(1 <= word.group <= MOST_GROUPS for word in body.words):
        found.append(_("A group has a number from 1 to %(count)d.") % {"count": MOST_GROUPS})
    found += [
        _("Gap [[%(number)d]] has no word: there are %(count)d.") % {"number": number, "count": len(body.words)}
        for number in sorted(set(body.gaps))
        if not 1 <= number <= len(body.words)
    ]
    return found or [*_twice(body), *_too_few(body)]


def _twice(body: GapFill) -> list[str]:
    """A word that may be used again need not be there again."""
    seen = Counter(_read(word) for word in body.words if word.reuse)
    return [
        _("“%(word)s” is in its group more than once: leave one.") % {"word": text[:100]}
        for (text, _group), times in seen.items()
        if times > 1
    ]


def _too_few(body: GapFill) -> list[str]:
    """The right words must not run out."""
    wanted = Counter(_read(body.words[number - 1]) for number in body.gaps)
    there = Counter(_read(word) for word in body.words)
    again = {_read(word) for word in body.words if word.reuse}
    return [
        _("“%(word)s” is right in more gaps than it may fill: let it be used again.") % {"word": read[0][:100]}
        for read, times in wanted.items()
        if times > there[read] and read not in again
    ]


def _read(word: Word) -> tuple[str, int]:
    return alike(word.text), word.group


def stem_problems(body: GapFill, stem: Rich) -> list[str]:
    """Say where the text and the gaps disagree."""
    marked = cut(stem, GAP_FILL).gaps
    if marked == body.gaps:
        return []
    beyond = sorted({number for number in marked if not 1 <= number <= len(body.words)})
    if beyond:
        return [
            _("The text has a gap [[%(number)d]] and there is no such word.") % {"number": number} for number in beyond
        ]
    return [_("The gaps of the text are not those of the question: save it again with its text.")]
