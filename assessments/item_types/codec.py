"""Bodies of questions as JSON and back: the form in which a version stores them, and our own interchange form.

A field at its default is left out, so that what was stored before a field existed still reads.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Hashable
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

from assessments.item_types.rich import Rich

B = TypeVar("B")
# A number beyond is a mistake or a trap: reckoning with it takes for ever.
MOST_DIGITS, FARTHEST = 100, 400


class InvalidContent(Exception):
    """The JSON is not of the shape that the kind of question has; the message names the place."""


def dump(value: Any) -> Any:
    """Return plain JSON of a frozen dataclass of ours."""
    if isinstance(value, Rich):
        return value.to_json()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: dump(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple):
        return [dump(one) for one in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, Enum) else value


def load(kind: type[B], value: Any, place: str = "content") -> B:
    """Return the dataclass that :func:`dump` wrote. Raises InvalidContent."""
    if not isinstance(value, dict):
        raise InvalidContent(f"{place} must be an object.")
    hints = _hints(cast("Hashable", kind))
    if strange := sorted(set(value) - set(hints)):
        raise InvalidContent(f"{place}.{strange[0]} is not known.")
    try:
        return kind(**{name: _read(hints[name], one, f"{place}.{name}") for name, one in value.items()})
    except TypeError as error:
        raise InvalidContent(f"{place}: {error}") from error


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(hint: Any, value: Any, place: str) -> Any:
    origin = typing.get_origin(hint)
    if origin is tuple:
        if not isinstance(value, list):
            raise InvalidContent(f"{place} must be a list.")
        return tuple(_read(typing.get_args(hint)[0], one, f"{place}[{number}]") for number, one in enumerate(value))
    if origin in {types.UnionType, typing.Union}:
        return _read_one_of(typing.get_args(hint), value, place)
    if dataclasses.is_dataclass(hint) and hint is not Rich:
        return load(cast("type[Any]", hint), value, place)
    try:
        return _read_plain(hint, value)
    except (TypeError, ValueError, InvalidOperation) as error:
        raise InvalidContent(f"{place}: {value!r:.60} does not fit.") from error


def _read_one_of(kinds: tuple[Any, ...], value: Any, place: str) -> Any:
    """``X | None``: no other union is used."""
    if value is None and types.NoneType in kinds:
        return None
    return _read(next(kind for kind in kinds if kind is not types.NoneType), value, place)


def _read_plain(hint: Any, value: Any) -> Any:
    if hint is Rich:
        return Rich.from_json(value)
    if hint is Decimal:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise TypeError
        number = Decimal(value)
        if not number.is_finite() or abs(number.adjusted()) > FARTHEST or len(number.as_tuple().digits) > MOST_DIGITS:
            raise ValueError
        return number
    if hint in {str, bool, int}:
        if type(value) is not hint:
            raise TypeError
        return value
    return hint(value)  # an enum
