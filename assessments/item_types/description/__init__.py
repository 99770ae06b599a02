"""A text between questions. Nothing is asked, so nothing can be answered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import bodies
from assessments.item_types.rich import Rich
from assessments.item_types.sent import known_fields
from assessments.item_types.shape import InvalidResponse, ItemType, Part, Response, Sent

Body = bodies.Description


class Description(ItemType[Body]):
    """Its stem is all there is."""

    kind = "description"
    scheme = "description/1"
    body = Body
    asks = False
    counts = False

    def problems(self, body: Body) -> list[str]:
        return []

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return ()

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        return {}

    def parse(self, body: Body, sent: Sent) -> Response:
        raise InvalidResponse(_("Nothing is asked here."))

    def mark(self, body: Body, response: Response) -> Decimal | None:
        return None

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        return ()

    def outline(self, body: Body) -> dict[str, Any]:
        return {}

    def from_outside(self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False) -> Response:
        known_fields(response)
        return {}


TYPE = Description()
