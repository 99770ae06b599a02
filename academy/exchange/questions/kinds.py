"""The kinds of question, as files speak of them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import all_types, codec, item_type
from assessments.item_types.questions import Question

NOT_STORABLE = "\x00"
# Powers of ten, and digits.
FARTHEST, MOST_DIGITS = 100, 100


def all_kinds() -> frozenset[str]:
    """Return the names of all kinds."""
    return frozenset(all_types())


class BadBody(ValueError):
    """The JSON is not that of a body; the message says why."""


def load_body(kind: str, text: str) -> Any:
    """Return a body from its JSON. Raises BadBody."""
    try:
        content = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise BadBody(_("It is nested too deeply.")) from None
    except ValueError:
        raise BadBody(_("It is not JSON. Copy it from an export, whole.")) from None
    try:
        return item_type(kind).load(content)
    except codec.InvalidContent as error:
        raise BadBody(str(error)) from error


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def dump_body(question: Question) -> str:
    """Return the JSON of a body."""
    return json.dumps(item_type(question.kind).dump(question.body), ensure_ascii=False)


def strange_character(question: Question) -> bool:
    """Whether a text of a question holds what no database and no file of text can: zeros, halves of characters."""
    said = [question.body, question.stem, question.explanation, question.verdicts, *question.hints]
    texts = _strings([codec.dump(one) for one in said])
    texts += [question.name, question.code, question.language, *question.category, *question.tags]
    texts += [picture.name for picture in question.pictures]
    return any(NOT_STORABLE in text or not _is_whole(text) for text in texts)


def strange_number(question: Question) -> bool:
    """Whether a number of a question is too long, too large or too small to reckon with."""
    return any(
        not number.is_finite() or abs(number.adjusted()) > FARTHEST or len(number.as_tuple().digits) > MOST_DIGITS
        for number in _numbers(question)
    )


def _numbers(value: Any) -> Iterator[Decimal]:
    if isinstance(value, Decimal):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _numbers(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _numbers(getattr(value, field.name))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return []


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
