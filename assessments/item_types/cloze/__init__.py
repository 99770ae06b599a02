"""A text with gaps, each a small question.

A response is ``{"gaps": [response or null, …]}``, each as its own kind stores it. The form's fields are ``gap-1``,
``gap-2``… and ``gap-1-unit`` for the unit of a number.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import bodies
from assessments.item_types.amounts import verdict
from assessments.item_types.cloze.parts import LAYOUTS, about, bodies_in, said, smalls
from assessments.item_types.rich import EMPTY, Rich
from assessments.item_types.sent import known_fields
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
from assessments.item_types.stems import CLOZE, cut, label

Body = bodies.Cloze
MOST_GAPS = 50
HEAVIEST = 1000


class Cloze(ItemType[Body]):
    """The mean of what the gaps earn, by weight; a gap without an answer earns nothing."""

    kind = "cloze"
    scheme = "cloze/1"
    body = Body
    of_parts = True
    own_words = True

    def problems(self, body: Body) -> list[str]:
        if not body.gaps:
            return [_("Give at least one gap.")]
        if len(body.gaps) > MOST_GAPS:
            return [_("Give at most %(count)d gaps.") % {"count": MOST_GAPS}]
        found = []
        for number, gap in enumerate(body.gaps, start=1):
            if len(bodies_in(gap)) != 1:
                found.append(about(number, _("Give it one kind of question.")))
            if not 1 <= gap.weight <= HEAVIEST:
                found.append(about(number, _("A weight is from 1 to %(most)d.") % {"most": HEAVIEST}))
            if gap.layout not in LAYOUTS:
                found.append(about(number, _("Show its options in a list, below each other or side by side.")))
        if found:
            return found
        return [about(one.number, problem) for one in smalls(body) for problem in one.type.problems(one.body)]

    def stem_problems(self, body: Body, stem: Rich) -> list[str]:
        marked = cut(stem, CLOZE).gaps
        gaps = range(1, len(body.gaps) + 1)
        found = [
            _("The text has no place for gap %(number)d: write {#%(number)d} where it belongs.") % {"number": number}
            for number in gaps
            if number not in marked
        ]
        for number in sorted(set(marked)):
            if number not in gaps:
                found.append(_("The text has {#%(number)d} and there is no such gap.") % {"number": number})
            elif marked.count(number) > 1:
                found.append(_("The text has {#%(number)d} more than once: leave one.") % {"number": number})
        return found

    def advice(self, body: Body) -> list[str]:
        if self.problems(body):
            return []
        return [about(one.number, advice) for one in smalls(body) for advice in one.type.advice(one.body)]

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return tuple(text for one in smalls(body) for text in one.type.texts(one.body))

    def arrange(self, body: Body, chance: random.Random) -> list[Any]:
        return [one.type.arrange(one.body, chance) for one in smalls(body)]

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        """Gaps stand in the order of the text, which need not be that of their numbers."""
        shown = [
            one.present(arranged, given)
            for one, arranged, given in zip(
                smalls(body), _arranged(body, arrangement), _given(body, response), strict=True
            )
        ]
        where = cut(stem, CLOZE)
        return {"pieces": where.pieces, "gaps": [shown[number - 1] for number in where.gaps]}

    def parse(self, body: Body, sent: Sent) -> dict[str, list[Response]]:
        gaps = [one.parse(sent) for one in smalls(body)]
        if not any(gaps):
            raise InvalidResponse(_("Fill at least one gap."))
        return {"gaps": gaps}

    def mark(self, body: Body, response: Response) -> Decimal:
        earned = sum(
            (
                one.gap.weight * Fraction(one.type.mark(one.body, given) or ZERO)
                for one, given in zip(smalls(body), _given(body, response), strict=True)
                if given
            ),
            Fraction(0),
        )
        share = earned / sum(gap.weight for gap in body.gaps)
        if body.all_or_nothing:
            return seven_places(ONE if share == 1 else ZERO)
        return seven_places(share)

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        arranged = _arranged(body, arrangement)
        return tuple(
            part
            for one, order, given in zip(smalls(body), arranged, _given(body, response), strict=True)
            for part in _reviewed(
                one.number,
                one.type.review(one.body, EMPTY, order, given or []),
                (one.type.mark(one.body, given) or ZERO) if given else None,
            )
        )

    def spoken(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[str, ...]:
        return tuple(part.given for part in self.review(body, stem, arrangement, response) if part.given)

    def without_wrong(self, body: Body, response: Response) -> dict[str, list[Response]]:
        pairs = zip(smalls(body), _given(body, response), strict=True)
        gaps = [given if given and one.type.mark(one.body, given) == ONE else None for one, given in pairs]
        return {"gaps": gaps} if any(gaps) else {}

    def outline(self, body: Body) -> dict[str, Any]:
        return {
            "gaps": [{"type": one.kind, "weight": one.gap.weight, **one.type.outline(one.body)} for one in smalls(body)]
        }

    def from_outside(
        self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False
    ) -> dict[str, list[Response]]:
        known_fields(response, "gaps")
        named = response.get("gaps", [])
        if not isinstance(named, list) or len(named) not in {0, len(body.gaps)}:
            raise InvalidResponse(_("This question is answered by a list: a text, a list or null for each gap."))
        gaps = [one.from_outside(answer, comma=comma) for one, answer in zip(smalls(body), named, strict=False)]
        return {"gaps": gaps} if any(gaps) else {}


def _given(body: Body, response: Response) -> list[Response]:
    """Return the response to each gap, in each kind's form of not answered where there is none."""
    return [given or [] for given in response["gaps"]] if response else [[] for _gap in body.gaps]


def _arranged(body: Body, arrangement: Any) -> list[Any]:
    return list(arrangement) if arrangement else [[] for _gap in body.gaps]


def _reviewed(number: int, parts: tuple[Part, ...], earned: Decimal | None) -> list[Part]:
    """Return the gap, and a line for each further option that was chosen and has something to say."""
    chosen = [part for part in parts if part.chosen and part.feedback]
    gap = Part(
        label=label(number),
        chosen=earned is not None,
        correct=earned == ONE,
        given=said(parts, right=False),
        right=said(parts, right=True),
        verdict=Verdict.NONE if earned is None else verdict(earned),
        feedback=chosen[0].feedback if chosen else EMPTY,
    )
    return [gap, *(replace(part, verdict=Verdict.NONE) for part in chosen[1:])]


TYPE = Cloze()
