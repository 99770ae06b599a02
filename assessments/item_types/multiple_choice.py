"""One or more right options: each right one earns its share, each wrong one loses as much, never below zero."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.item_types.base import (
    Content,
    InvalidResponse,
    ItemType,
    Response,
    fraction,
    known_keys,
    option_problems,
    options_of,
)


def parse(content: Content, sent: Sequence[str]) -> Response:
    """Return the keys that were chosen, in the author's order."""
    response = known_keys(content, sent)
    if not response:
        raise InvalidResponse(_("Choose at least one answer."))
    return response


def mark(content: Content, response: Response) -> Decimal:
    """Return (right chosen - wrong chosen) / all right, not below zero."""
    right = {option.key for option in options_of(content) if option.correct}
    chosen = set(response)
    return fraction(len(chosen & right) - len(chosen - right), len(right))


TYPE = ItemType(scheme="multiple-choice/1", validate=option_problems, parse=parse, mark=mark)
