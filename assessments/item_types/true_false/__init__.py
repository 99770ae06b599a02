"""True or false."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.item_types import bodies, choices
from assessments.item_types.bodies import Option
from assessments.item_types.rich import Rich
from assessments.item_types.shape import ONE, ZERO, InvalidResponse, ItemType, Part, Response, Sent, seven_places

Body = bodies.TrueFalse


def options_of(body: Body) -> tuple[Option, Option]:
    """Return the two answers, true first."""
    return (
        Option(key="true", text=Rich(pgettext("answer", "True")), correct=body.answer, feedback=body.feedback_true),
        Option(
            key="false",
            text=Rich(pgettext("answer", "False")),
            correct=not body.answer,
            feedback=body.feedback_false,
        ),
    )


class TrueFalse(ItemType[Body]):
    """A statement: all or nothing."""

    kind = "true_false"
    scheme = "true-false/1"
    body = Body

    def problems(self, body: Body) -> list[str]:
        return []

    def advice(self, body: Body) -> list[str]:
        return choices.option_advice(options_of(body))

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return (body.feedback_true, body.feedback_false)

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        return choices.shown(options_of(body), (), response)

    def parse(self, body: Body, sent: Sent) -> list[str]:
        response = choices.sent_keys(options_of(body), sent)
        if len(response) != 1:
            raise InvalidResponse(_("Choose one answer."))
        return response

    def mark(self, body: Body, response: Response) -> Decimal:
        right = "true" if body.answer else "false"
        return seven_places(ONE if list(response) == [right] else ZERO)

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        return choices.option_parts(options_of(body), (), response)

    def outline(self, body: Body) -> dict[str, Any]:
        return {
            "options": [
                {"text": "True", "fraction": ONE if body.answer else ZERO},
                {"text": "False", "fraction": ZERO if body.answer else ONE},
            ]
        }

    def from_outside(self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False) -> list[str]:
        if not response:
            return []
        if set(response) != {"boolean"} or not isinstance(response["boolean"], bool):
            raise InvalidResponse(_("This question is answered by true or false."))
        return ["true" if response["boolean"] else "false"]


TYPE = TrueFalse()
