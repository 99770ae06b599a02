"""A text with gaps, each filled with a word of a list.

A response is ``{"gaps": [text or null, …]}`` in the order of the text. The form's fields are ``gap-1``, ``gap-2``… and
hold the text too: the author's numbers of the words often follow the gaps.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import bodies
from assessments.item_types.gap_fill.checks import gap_problems, stem_problems
from assessments.item_types.rich import Rich
from assessments.item_types.sent import alike, field_text, known_fields, text_of
from assessments.item_types.shape import (
    ONE,
    ZERO,
    InvalidResponse,
    ItemType,
    Part,
    Response,
    Sent,
    Verdict,
    seven_places,
)
from assessments.item_types.stems import GAP_FILL, cut, label

Body = bodies.GapFill
Gaps = list[str | None]


def field(number: int) -> str:
    """Return the name of the field of a gap."""
    return f"gap-{number}"


def right_words(body: Body) -> list[bodies.Word]:
    """Return the word of each gap."""
    return [body.words[number - 1] for number in body.gaps]


def words_of(body: Body, group: int) -> list[str]:
    """Return the words of a group in the author's order, each text once."""
    return list(dict.fromkeys(alike(word.text) for word in body.words if word.group == group))


class GapFill(ItemType[Body]):
    """Right gaps earn their share of all."""

    kind = "gap_fill"
    scheme = "gap-fill/1"
    body = Body
    of_parts = True

    def problems(self, body: Body) -> list[str]:
        return gap_problems(body)

    def stem_problems(self, body: Body, stem: Rich) -> list[str]:
        return stem_problems(body, stem)

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return ()

    def arrange(self, body: Body, chance: random.Random) -> dict[str, list[str]]:
        groups = {str(group): words_of(body, group) for group in sorted({word.group for word in body.words})}
        if body.shuffle:
            for words in groups.values():
                chance.shuffle(words)
        return groups

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        return {
            "pieces": cut(stem, GAP_FILL).pieces,
            "gaps": [
                {
                    "field": field(number),
                    "label": label(number),
                    "words": arrangement[str(word.group)] if arrangement else sorted(words_of(body, word.group)),
                    "chosen": given or "",
                }
                for number, (word, given) in enumerate(
                    zip(right_words(body), _given(body, response), strict=True), start=1
                )
            ],
        }

    def parse(self, body: Body, sent: Sent) -> dict[str, Gaps]:
        texts = [field_text(sent, field(number)) for number in range(1, len(body.gaps) + 1)]
        gaps = [
            _word(body, text, word.group) if text else None for text, word in zip(texts, right_words(body), strict=True)
        ]
        if not any(gaps):
            raise InvalidResponse(_("Fill at least one gap."))
        _refuse_too_often(body, gaps)
        return {"gaps": gaps}

    def mark(self, body: Body, response: Response) -> Decimal:
        right = sum(map(_is_right, right_words(body), _given(body, response)))
        if body.all_or_nothing:
            return seven_places(ONE if right == len(body.gaps) else ZERO)
        return seven_places(Fraction(right, len(body.gaps)))

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        return tuple(
            Part(
                label=label(number),
                chosen=bool(given),
                correct=_is_right(word, given),
                given=given or "",
                right=alike(word.text),
                verdict=Verdict.RIGHT if _is_right(word, given) else Verdict.WRONG,
            )
            for number, (word, given) in enumerate(zip(right_words(body), _given(body, response), strict=True), start=1)
        )

    def without_wrong(self, body: Body, response: Response) -> dict[str, Gaps]:
        pairs = zip(right_words(body), _given(body, response), strict=True)
        gaps = [given if _is_right(word, given) else None for word, given in pairs]
        return {"gaps": gaps} if any(gaps) else {}

    def outline(self, body: Body) -> dict[str, Any]:
        return {
            "gaps": [alike(word.text) for word in right_words(body)],
            "words": [alike(word.text) for word in body.words],
        }

    def from_outside(
        self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False
    ) -> dict[str, Gaps]:
        known_fields(response, "gaps")
        named = response.get("gaps", [])
        if not isinstance(named, list) or len(named) not in {0, len(body.gaps)}:
            raise InvalidResponse(_("This question is answered by a list: a text or null for each gap."))
        texts = [text_of(text) for text in named]
        gaps = [
            _word(body, text, word.group) if text else None
            for text, word in zip(texts, right_words(body), strict=False)
        ]
        return {"gaps": gaps} if any(gaps) else {}


def _given(body: Body, response: Response) -> Gaps:
    return list(response["gaps"]) if response else [None] * len(body.gaps)


def _is_right(word: bodies.Word, given: str | None) -> bool:
    return given is not None and alike(given) == alike(word.text)


def _word(body: Body, text: str, group: int) -> str:
    word = alike(text)
    if word not in words_of(body, group):
        raise InvalidResponse(_("“%(word)s” is not one of the words. Choose again.") % {"word": word[:100]})
    return word


def _refuse_too_often(body: Body, gaps: Gaps) -> None:
    """A word that is not to be used again fills as many gaps as it stands in the list."""
    used = Counter((alike(text), word.group) for text, word in zip(gaps, right_words(body), strict=True) if text)
    for (text, group), times in used.items():
        copies = [word for word in body.words if alike(word.text) == text and word.group == group]
        if times > len(copies) and not any(word.reuse for word in copies):
            raise InvalidResponse(_("“%(word)s” fills too many gaps: choose another for some.") % {"word": text[:100]})


TYPE = GapFill()
