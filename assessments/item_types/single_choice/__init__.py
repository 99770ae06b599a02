"""One option of several."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import bodies, choices
from assessments.item_types.bodies import Option
from assessments.item_types.rich import Rich
from assessments.item_types.shape import ONE, ZERO, InvalidResponse, ItemType, Part, Response, Sent, seven_places


def earned(option: Option) -> Decimal:
    """Return what choosing it earns."""
    implied = ONE if option.correct else ZERO
    return implied if option.fraction is None else option.fraction


class SingleChoice(ItemType[bodies.SingleChoice]):
    """The chosen option earns its fraction."""

    kind = "single_choice"
    scheme = "single-choice/1"
    body = bodies.SingleChoice

    def problems(self, body: bodies.SingleChoice) -> list[str]:
        found = choices.option_problems(body.options)
        if found:
            return found
        best = max(earned(option) for option in body.options)
        if best != ONE or any(option.correct != (earned(option) == ONE) for option in body.options):
            found.append(_("The right option earns the full mark, and no other does."))
        return found

    def advice(self, body: bodies.SingleChoice) -> list[str]:
        found = choices.option_advice(body.options)
        # Other systems take it: whoever chooses one of them has the full mark.
        if sum(option.correct for option in body.options) > 1:
            found.append(_("A single choice has one right option: mark one, or make it a multiple choice."))
        return found

    def texts(self, body: bodies.SingleChoice) -> tuple[Rich, ...]:
        return choices.option_texts(body.options)

    def arrange(self, body: bodies.SingleChoice, chance: random.Random) -> list[str]:
        return choices.arranged(body.options, chance, shuffle=body.shuffle)

    def present(self, body: bodies.SingleChoice, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        return choices.shown(body.options, arrangement, response)

    def parse(self, body: bodies.SingleChoice, sent: Sent) -> list[str]:
        response = choices.sent_keys(body.options, sent)
        if len(response) != 1:
            raise InvalidResponse(_("Choose one answer."))
        return response

    def mark(self, body: bodies.SingleChoice, response: Response) -> Decimal:
        chosen = [option for option in body.options if option.key in response]
        return seven_places(earned(chosen[0]) if len(chosen) == 1 else ZERO)

    def review(self, body: bodies.SingleChoice, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        return choices.option_parts(body.options, arrangement, response)

    def outline(self, body: bodies.SingleChoice) -> dict[str, Any]:
        return choices.outlined(body.options, [earned(option) for option in body.options])

    def from_outside(
        self, body: bodies.SingleChoice, stem: Rich, response: Mapping[str, Any], *, comma: bool = False
    ) -> list[str]:
        if not response:
            return []
        if set(response) != {"choice"}:
            raise InvalidResponse(_("This question is answered by one choice."))
        return [choices.key_of(body.options, response["choice"])]


TYPE = SingleChoice()
