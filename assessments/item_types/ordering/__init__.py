"""Steps to put in their right order.

A response is ``{"order": [key of the first, …]}``, as long as there are steps; a place that was left empty is null. Each
step has a form field ``place-<n>`` with its place from 1, which works without a script. The ``n`` is its place among the
steps by their texts: the keys of a step may tell the right order, and so would the author's.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import bodies
from assessments.item_types.bodies import Step
from assessments.item_types.ordering.rules import earned
from assessments.item_types.rich import Rich
from assessments.item_types.sent import alike, field_text, known_fields, reads, text_of
from assessments.item_types.shape import (
    InvalidResponse,
    ItemType,
    Part,
    Response,
    Sent,
    Verdict,
    seven_places,
)

Body = bodies.Ordering
MOST_STEPS = 50
LONGEST_PLACE = 10

Order = list[str | None]


def by_text(body: Body) -> list[Step]:
    """Return the steps in an order that tells nothing."""
    return sorted(body.steps, key=lambda step: (reads(step.text), step.key))


def fields(body: Body) -> dict[str, str]:
    """Return the name of the field of each step, by key."""
    return {step.key: f"place-{number}" for number, step in enumerate(by_text(body), start=1)}


class Ordering(ItemType[Body]):
    """An order earns what the rule of the question says."""

    kind = "ordering"
    scheme = "ordering/1"
    body = Body
    of_parts = True

    def problems(self, body: Body) -> list[str]:
        if len(body.steps) < 2:
            return [_("Give at least two steps.")]
        if len(body.steps) > MOST_STEPS:
            return [_("Give at most %(count)d steps.") % {"count": MOST_STEPS}]
        texts = [reads(step.text) for step in body.steps]
        keys = [step.key for step in body.steps]
        found = []
        if not all(texts):
            found.append(_("Give each step a text."))
        if len(set(texts)) < len(texts):
            found.append(_("Two steps have the same text: make them differ."))
        if len(set(keys)) < len(keys) or not all(keys):
            found.append(_("Each step needs a key of its own."))
        return found

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return tuple(step.text for step in body.steps)

    def arrange(self, body: Body, chance: random.Random) -> list[str]:
        """Never the right order: what stands there is not an answer yet."""
        right = [step.key for step in body.steps]
        keys = list(right)
        chance.shuffle(keys)
        return keys if keys != right else [*right[1:], right[0]]

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        names = fields(body)
        places = {key: place for place, key in enumerate(_order(response), start=1) if key is not None}
        return {
            "steps": [
                {"field": names[step.key], "text": step.text, "place": places.get(step.key, "")}
                for step in _shown(body, arrangement)
            ],
            "count": len(body.steps),
            "horizontal": body.horizontal,
        }

    def parse(self, body: Body, sent: Sent) -> dict[str, Order]:
        order: Order = [None] * len(body.steps)
        for key, name in fields(body).items():
            text = field_text(sent, name)
            if not text:
                continue
            place = _place(text, len(order))
            if order[place - 1] is not None:
                raise InvalidResponse(_("Two steps have place %(place)d. Give each its own.") % {"place": place})
            order[place - 1] = key
        if not any(order):
            raise InvalidResponse(_("Give at least one step its place."))
        return {"order": order}

    def mark(self, body: Body, response: Response) -> Decimal:
        if not response:
            return seven_places(Decimal(0))
        return seven_places(earned(body.rule, [step.key for step in body.steps], _order(response)))

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        places = {key: place for place, key in enumerate(_order(response), start=1) if key is not None}
        return tuple(
            Part(
                label=step.text,
                chosen=step.key in places,
                correct=places.get(step.key) == right,
                given=str(places.get(step.key, "")),
                right=str(right),
                verdict=Verdict.RIGHT if places.get(step.key) == right else Verdict.WRONG,
            )
            for right, step in enumerate(body.steps, start=1)
        )

    def without_wrong(self, body: Body, response: Response) -> dict[str, Order]:
        keys = zip(body.steps, _order(response), strict=False)
        order = [given if given == step.key else None for step, given in keys]
        return {"order": order} if any(order) else {}

    def spoken(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[str, ...]:
        texts = {step.key: reads(step.text) for step in body.steps}
        return tuple(f"{place}. {texts[key]}" for place, key in enumerate(_order(response), start=1) if key is not None)

    def outline(self, body: Body) -> dict[str, Any]:
        return {"order": [reads(step.text) for step in body.steps], "rule": body.rule.value}

    def from_outside(
        self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False
    ) -> dict[str, Order]:
        known_fields(response, "order")
        named = response.get("order", [])
        if not isinstance(named, list) or len(named) > len(body.steps):
            raise InvalidResponse(_("This question is answered by a list of its steps, each once."))
        order: Order = [_key(body, text_of(text)) for text in named]
        given = [key for key in order if key is not None]
        if len(set(given)) < len(given):
            raise InvalidResponse(_("This question is answered by a list of its steps, each once."))
        return {"order": [*order, *[None] * (len(body.steps) - len(order))]} if given else {}


def _order(response: Response) -> Sequence[str | None]:
    return response["order"] if response else ()


def _shown(body: Body, arrangement: Any) -> list[Step]:
    if not arrangement:
        return by_text(body)
    by_key = {step.key: step for step in body.steps}
    return [by_key[key] for key in arrangement]


def _place(text: str, count: int) -> int:
    if text.isascii() and text.isdigit() and len(text) <= LONGEST_PLACE and 1 <= int(text) <= count:
        return int(text)
    raise InvalidResponse(_("A place is a number from 1 to %(count)d.") % {"count": count})


def _key(body: Body, text: str) -> str | None:
    if not text:
        return None
    found = [step.key for step in body.steps if reads(step.text) == alike(text)]
    if len(found) != 1:
        raise InvalidResponse(_("No step reads “%(text)s”.") % {"text": text[:100]})
    return found[0]


TYPE = Ordering()
