"""One right option: all or nothing."""

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


def validate(content: Content) -> list[str]:
    """Say what is wrong: as for all options, and exactly one is right."""
    problems = option_problems(content)
    if not problems and sum(option.correct for option in options_of(content)) > 1:
        problems.append(_("A single choice has one right option: mark one, or make it a multiple choice."))
    return problems


def parse(content: Content, sent: Sequence[str]) -> Response:
    """Return the one key that was chosen."""
    response = known_keys(content, sent)
    if len(response) != 1:
        raise InvalidResponse(_("Choose one answer."))
    return response


def mark(content: Content, response: Response) -> Decimal:
    """Return 1 for the right option, else 0."""
    right = [option.key for option in options_of(content) if option.correct]
    return fraction(int(response == right), 1)


TYPE = ItemType(scheme="single-choice/1", validate=validate, parse=parse, mark=mark)
