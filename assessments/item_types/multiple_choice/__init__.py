"""Several options of several."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.item_types import bodies, choices
from assessments.item_types.bodies import MultipleRule, Option
from assessments.item_types.rich import Rich
from assessments.item_types.shape import (
    ONE,
    ZERO,
    InvalidResponse,
    ItemType,
    Part,
    Response,
    Sent,
    exact,
    fraction,
    seven_places,
)

Body = bodies.MultipleChoice
# 33.33333 % three times, or as other systems round it, is the full mark.
NEARLY = Decimal("0.005")


def weight(option: Option, right: int) -> Fraction:
    """Return what an option adds by its weight; without one, a right one has an equal share."""
    if option.fraction is not None:
        return exact(option.fraction)
    return Fraction(1, right) if option.correct else Fraction(0)


def weights(body: Body) -> list[Fraction]:
    """Return the weights in the author's order."""
    right = sum(option.correct for option in body.options) or 1
    return [weight(option, right) for option in body.options]


class MultipleChoice(ItemType[Body]):
    """What the chosen options earn together, by one of three rules."""

    kind = "multiple_choice"
    scheme = "multiple-choice/1"
    body = Body
    of_parts = True

    def problems(self, body: Body) -> list[str]:
        found = choices.option_problems(body.options)
        if found:
            return found
        right = sum(option.correct for option in body.options)
        if body.rule == MultipleRule.WEIGHTS:
            total = sum((share for share in weights(body) if share > 0), Fraction(0))
            if abs(total - 1) > Fraction(NEARLY):
                found.append(_("The options that earn something must earn 100 % together."))
            if any(option.correct != (share > 0) for option, share in zip(body.options, weights(body), strict=True)):
                found.append(_("An option is right if it earns something, and only then."))
        if body.most and (body.most < body.least or body.most < right):
            found.append(_("Let learners choose at least as many options as are right."))
        if not -9 <= body.lowest <= 0:
            found.append(_("The lowest mark is zero or below."))
        return found

    def advice(self, body: Body) -> list[str]:
        return choices.option_advice(body.options)

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return choices.option_texts(body.options)

    def arrange(self, body: Body, chance: random.Random) -> list[str]:
        return choices.arranged(body.options, chance, shuffle=body.shuffle)

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        return {
            **choices.shown(body.options, arrangement, response),
            "most": body.most,
            "least": body.least,
            "rule": body.rule.value,
        }

    def parse(self, body: Body, sent: Sent) -> list[str]:
        response = choices.sent_keys(body.options, sent)
        if not response:
            raise InvalidResponse(_("Choose at least one answer."))
        if len(response) < body.least:
            raise InvalidResponse(
                ngettext("Choose at least %(count)d answer.", "Choose at least %(count)d answers.", body.least)
                % {"count": body.least}
            )
        if body.most and len(response) > body.most:
            raise InvalidResponse(
                ngettext("Choose at most %(count)d answer.", "Choose at most %(count)d answers.", body.most)
                % {"count": body.most}
            )
        return response

    def mark(self, body: Body, response: Response) -> Decimal:
        right = {option.key for option in body.options if option.correct}
        chosen = set(response)
        if not chosen:
            return seven_places(ZERO)
        if body.rule == MultipleRule.ALL_OR_NOTHING:
            return seven_places(ONE if chosen == right else ZERO)
        if body.rule == MultipleRule.RIGHT_MINUS_WRONG:
            return fraction(len(chosen & right) - len(chosen - right), len(right))
        pairs = zip(body.options, weights(body), strict=True)
        total = sum((share for option, share in pairs if option.key in chosen), Fraction(0))
        if chosen == right and all(option.fraction is None or option.fraction >= 0 for option in body.options):
            return seven_places(ONE)
        return seven_places(min(Fraction(1), max(Fraction(body.lowest), total)))

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        return choices.option_parts(body.options, arrangement, response)

    def without_wrong(self, body: Body, response: Response) -> list[str]:
        return [option.key for option in body.options if option.correct and option.key in response]

    def outline(self, body: Body) -> dict[str, Any]:
        right = sum(option.correct for option in body.options) or 1
        if body.rule == MultipleRule.RIGHT_MINUS_WRONG:
            shares = [Fraction(1 if option.correct else -1, right) for option in body.options]
        else:
            shares = weights(body)
        return {
            **choices.outlined(body.options, [seven_places(share) for share in shares]),
            "rule": body.rule.value,
        }

    def from_outside(self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False) -> list[str]:
        if not response:
            return []
        if set(response) != {"choices"} or not isinstance(response["choices"], list):
            raise InvalidResponse(_("This question is answered by a list of choices."))
        return choices.known_keys(body.options, [choices.key_of(body.options, text) for text in response["choices"]])


TYPE = MultipleChoice()
