"""Stems, each with one match of a list.

A response is ``{"pairs": {pair key: text of the match}}``. The form's field ``match-<pair key>`` holds the text too, as
an index would need the arrangement to be read; texts are compared with blanks run together, so that no browser's way
with them matters. Equal texts are one match.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import bodies
from assessments.item_types.amounts import is_sane
from assessments.item_types.rich import Rich
from assessments.item_types.sent import MOST_CHARACTERS, alike, field_text, known_fields, reads, text_of
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

Body = bodies.Matching
MOST_PAIRS = 50
MOST_MATCHES = 100
HEAVIEST = 1000


def field(pair: bodies.Pair) -> str:
    """Return the name of the field in which the match of a stem is chosen."""
    return f"match-{pair.key}"


def matches_of(body: Body) -> list[str]:
    """Return the matches that can be chosen, each once, in an order that tells nothing."""
    return sorted({alike(text) for text in (*(pair.match for pair in body.pairs), *body.distractors)})


def is_right(pair: bodies.Pair, response: Response) -> bool:
    """Was the right match chosen?"""
    return bool(response) and alike(response["pairs"].get(pair.key, "")) == alike(pair.match)


class Matching(ItemType[Body]):
    """Right stems earn their share of all, by weight."""

    kind = "matching"
    scheme = "matching/1"
    body = Body
    of_parts = True

    def problems(self, body: Body) -> list[str]:
        if not body.pairs:
            return [_("Give at least one pair.")]
        if len(body.pairs) > MOST_PAIRS or len(body.pairs) + len(body.distractors) > MOST_MATCHES:
            return [
                _("Give at most %(pairs)d pairs, and %(matches)d matches with those that belong to none.")
                % {"pairs": MOST_PAIRS, "matches": MOST_MATCHES}
            ]
        stems = [reads(pair.stem) for pair in body.pairs]
        keys = [pair.key for pair in body.pairs]
        matches = [alike(text) for text in (*(pair.match for pair in body.pairs), *body.distractors)]
        found = []
        if not all(stems) or not all(matches):
            found.append(_("Give each stem and each match a text."))
        if any(len(match) > MOST_CHARACTERS for match in matches):
            found.append(_("A match has at most %(count)d characters.") % {"count": MOST_CHARACTERS})
        if len(set(stems)) < len(stems):
            found.append(_("Two stems have the same text: make them differ."))
        if len(set(matches)) < 2:
            found.append(_("Give at least two different matches."))
        if len(set(keys)) < len(keys) or not all(keys):
            found.append(_("Each pair needs a key of its own."))
        if not all(is_sane(pair.weight) and ZERO < pair.weight <= HEAVIEST for pair in body.pairs):
            found.append(_("A weight is above zero and at most %(most)d.") % {"most": HEAVIEST})
        return found

    def advice(self, body: Body) -> list[str]:
        right = {alike(pair.match) for pair in body.pairs}
        if len(right) == len(matches_of(body)) == len(body.pairs) > 1:
            return [_("Add a match that belongs to no stem: else the last one is found without knowing.")]
        return []

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return tuple(pair.stem for pair in body.pairs)

    def arrange(self, body: Body, chance: random.Random) -> dict[str, list[str]]:
        """Matches are always mixed, as their order would tell the pairs; stems only where the author wishes."""
        keys = [pair.key for pair in body.pairs]
        matches = matches_of(body)
        if body.shuffle:
            chance.shuffle(keys)
        chance.shuffle(matches)
        return {"pairs": keys, "matches": matches}

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        given = response["pairs"] if response else {}
        return {
            "pairs": [
                {"field": field(pair), "stem": pair.stem, "chosen": given.get(pair.key, "")}
                for pair in _in_order(body, arrangement)
            ],
            "matches": arrangement["matches"] if arrangement else matches_of(body),
        }

    def parse(self, body: Body, sent: Sent) -> dict[str, dict[str, str]]:
        given = {pair.key: field_text(sent, field(pair)) for pair in body.pairs}
        pairs = {key: _match(body, text) for key, text in given.items() if text}
        if not pairs:
            raise InvalidResponse(_("Choose a match for at least one stem."))
        return {"pairs": pairs}

    def mark(self, body: Body, response: Response) -> Decimal:
        all_weights = sum((Fraction(pair.weight) for pair in body.pairs), Fraction(0))
        right = sum((Fraction(pair.weight) for pair in body.pairs if is_right(pair, response)), Fraction(0))
        if body.all_or_nothing:
            return seven_places(ONE if right == all_weights else ZERO)
        return seven_places(right / all_weights)

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        given = response["pairs"] if response else {}
        return tuple(
            Part(
                label=pair.stem,
                chosen=pair.key in given,
                correct=is_right(pair, response),
                given=given.get(pair.key, ""),
                right=alike(pair.match),
                verdict=Verdict.RIGHT if is_right(pair, response) else Verdict.WRONG,
            )
            for pair in _in_order(body, arrangement)
        )

    def without_wrong(self, body: Body, response: Response) -> dict[str, dict[str, str]]:
        pairs = {pair.key: response["pairs"][pair.key] for pair in body.pairs if is_right(pair, response)}
        return {"pairs": pairs} if pairs else {}

    def spoken(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[str, ...]:
        given = response["pairs"] if response else {}
        return tuple(
            f"{reads(pair.stem)} → {given[pair.key]}" for pair in _in_order(body, arrangement) if pair.key in given
        )

    def outline(self, body: Body) -> dict[str, Any]:
        return {
            "pairs": {reads(pair.stem): alike(pair.match) for pair in body.pairs},
            "distractors": [alike(text) for text in body.distractors],
        }

    def from_outside(
        self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False
    ) -> dict[str, dict[str, str]]:
        known_fields(response, "pairs")
        named = response.get("pairs", {})
        if not isinstance(named, dict):
            raise InvalidResponse(_("This question is answered by pairs: a match for each stem."))
        given = {_key(body, text): text_of(match) for text, match in named.items()}
        pairs = {key: _match(body, text) for key, text in given.items() if text}
        return {"pairs": pairs} if pairs else {}


def _in_order(body: Body, arrangement: Any) -> list[bodies.Pair]:
    if not arrangement:
        return list(body.pairs)
    by_key = {pair.key: pair for pair in body.pairs}
    return [by_key[key] for key in arrangement["pairs"]]


def _match(body: Body, text: str) -> str:
    match = alike(text)
    if match not in matches_of(body):
        raise InvalidResponse(_("“%(text)s” is not one of the matches. Choose again.") % {"text": match[:100]})
    return match


def _key(body: Body, text: str) -> str:
    found = [pair.key for pair in body.pairs if reads(pair.stem) == alike(text)]
    if len(found) != 1:
        raise InvalidResponse(_("No stem reads “%(text)s”.") % {"text": text[:100]})
    return found[0]


TYPE = Matching()
