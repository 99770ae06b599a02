"""The kinds of question, a folder each, all of one shape: see :class:`shape.ItemType` and docs/decisions/0019."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from assessments.item_types.shape import InvalidResponse, ItemType, Response, Sent, sent_of

__all__ = [
    "InvalidResponse",
    "ItemType",
    "Response",
    "Sent",
    "all_types",
    "item_type",
    "kinds_in_own_words",
    "kinds_that_earn_nothing",
    "sent_of",
]

_TYPES: Mapping[str, ItemType[Any]] = {
    folder.name: import_module(f"{__name__}.{folder.name}").TYPE
    for folder in pkgutil.iter_modules(__path__)
    if folder.ispkg
}


def item_type(kind: str) -> ItemType[Any]:
    """Return the functions of a kind; a kind without a folder is a fault (KeyError)."""
    return _TYPES[kind]


def all_types() -> Mapping[str, ItemType[Any]]:
    """Return every kind by its name."""
    return _TYPES


def kinds_in_own_words() -> tuple[str, ...]:
    """Return the kinds whose answers are words of the person who gave them."""
    return tuple(sorted(kind for kind, functions in _TYPES.items() if functions.own_words))


def kinds_that_earn_nothing() -> tuple[str, ...]:
    """Return the kinds whose answers are neither right nor wrong."""
    return tuple(sorted(kind for kind, functions in _TYPES.items() if not functions.counts))
