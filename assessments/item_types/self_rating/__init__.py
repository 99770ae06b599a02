"""How sure somebody is. Earns nothing. A response is ``{"rating": index of the level}``, as is the form's field."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import bodies
from assessments.item_types.rich import EMPTY, Rich
from assessments.item_types.sent import alike, field_text, known_fields
from assessments.item_types.shape import InvalidResponse, ItemType, Part, Response, Sent

Body = bodies.SelfRating
FIELD = "rating"
MOST_LEVELS = 11
LONGEST_LEVEL = 200


class SelfRating(ItemType[Body]):
    """One level of several, none of which is right."""

    kind = "self_rating"
    scheme = "self-rating/1"
    body = Body
    counts = False

    def problems(self, body: Body) -> list[str]:
        levels = [alike(level) for level in body.levels]
        found = []
        if not 2 <= len(levels) <= MOST_LEVELS:
            found.append(_("Give from 2 to %(count)d levels.") % {"count": MOST_LEVELS})
        if not all(0 < len(level) <= LONGEST_LEVEL for level in levels):
            found.append(_("Give each level a short text."))
        if len(set(levels)) < len(levels):
            found.append(_("Two levels have the same text: make them differ."))
        return found

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return ()

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        chosen = response["rating"] if response else None
        return {
            "field": FIELD,
            "levels": [
                {"value": str(place), "text": level, "chosen": place == chosen}
                for place, level in enumerate(body.levels)
            ],
        }

    def parse(self, body: Body, sent: Sent) -> dict[str, int]:
        text = field_text(sent, FIELD)
        if text not in {str(place) for place in range(len(body.levels))}:
            raise InvalidResponse(_("Choose one of the levels."))
        return {"rating": int(text)}

    def mark(self, body: Body, response: Response) -> Decimal | None:
        return None

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        given = body.levels[response["rating"]] if response else ""
        return (Part(label=EMPTY, chosen=bool(response), given=given),)

    def outline(self, body: Body) -> dict[str, Any]:
        return {"levels": list(body.levels)}

    def from_outside(
        self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False
    ) -> dict[str, int]:
        known_fields(response, "text")
        if not response:
            return {}
        levels = [alike(level) for level in body.levels]
        text = response["text"]
        if not isinstance(text, str) or alike(text) not in levels:
            raise InvalidResponse(_("This question is answered by the text of one of its levels."))
        return {"rating": levels.index(alike(text))}


TYPE = SelfRating()
