"""A word or a few, typed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import bodies
from assessments.item_types.amounts import fraction_problems, verdict
from assessments.item_types.bodies import Accepted
from assessments.item_types.rich import EMPTY, Rich
from assessments.item_types.sent import MOST_CHARACTERS, field_text, known_fields, text_of
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
from assessments.item_types.short_text.patterns import example, fits

Body = bodies.ShortText
FIELD = "text"
MOST_ANSWERS = 100
# What stands for the stars of a pattern when it is tried against the answers before it: nothing, and what nobody means.
FILLINGS = ("", "\ufffc")


def first_fit(body: Body, given: str) -> Accepted | None:
    """Return the first accepted answer that fits."""
    return next((one for one in body.answers if fits(one, given, case_sensitive=body.case_sensitive)), None)


def is_hidden(body: Body, accepted: Accepted) -> bool:
    """Does an earlier answer fit whatever this one would?"""
    return all(first_fit(body, example(accepted, filling)) is not accepted for filling in FILLINGS)


class ShortText(ItemType[Body]):
    """The first accepted answer that fits earns its fraction."""

    kind = "short_text"
    scheme = "short-text/1"
    body = Body
    own_words = True

    def problems(self, body: Body) -> list[str]:
        if not body.answers:
            return [_("Give at least one accepted answer.")]
        if len(body.answers) > MOST_ANSWERS:
            return [_("Give at most %(count)d accepted answers.") % {"count": MOST_ANSWERS}]
        if any(len(one.text) > MOST_CHARACTERS for one in body.answers):
            return [_("An accepted answer has at most %(count)d characters.") % {"count": MOST_CHARACTERS}]
        if not all(one.text.strip() for one in body.answers):
            return [_("Give each accepted answer a text.")]
        found = fraction_problems(one.fraction for one in body.answers)
        if not found and all(is_hidden(body, one) for one in body.answers if one.fraction == ONE):
            found.append(_("No answer can earn the full mark: an earlier accepted answer always fits first."))
        return found

    def advice(self, body: Body) -> list[str]:
        if self.problems(body):
            return []
        hidden = [one for one in body.answers if is_hidden(body, one)]
        return [
            _("“%(answer)s” is never used: an earlier accepted answer fits first.") % {"answer": one.text}
            for one in hidden
        ]

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return tuple(one.feedback for one in body.answers)

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        return {"field": FIELD, "text": said(response), "most_characters": MOST_CHARACTERS}

    def parse(self, body: Body, sent: Sent) -> dict[str, str]:
        text = field_text(sent, FIELD)
        if not text:
            raise InvalidResponse(_("Write your answer."))
        return {"text": text}

    def mark(self, body: Body, response: Response) -> Decimal:
        accepted = first_fit(body, said(response)) if response else None
        return seven_places(accepted.fraction if accepted else ZERO)

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        accepted = first_fit(body, said(response)) if response else None
        return (
            Part(
                label=EMPTY,
                chosen=bool(response),
                correct=accepted is not None and accepted.fraction == ONE,
                given=said(response),
                right=" / ".join(example(one, "…") for one in body.answers if one.fraction == ONE),
                verdict=verdict(accepted.fraction if accepted else ZERO) if response else Verdict.NONE,
                feedback=accepted.feedback if accepted else EMPTY,
            ),
        )

    def outline(self, body: Body) -> dict[str, Any]:
        return {"options": [{"text": one.text, "fraction": one.fraction} for one in body.answers]}

    def from_outside(
        self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False
    ) -> dict[str, str]:
        known_fields(response, "text")
        text = text_of(response.get("text"))
        return {"text": text} if text else {}


def said(response: Response) -> str:
    """Return the text of a stored response."""
    return str(response["text"]) if response else ""


TYPE = ShortText()
