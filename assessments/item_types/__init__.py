"""The kinds of question, one module each, all of one shape.

Adding a kind: a module here with the functions of :class:`ItemType`, a word in ``enums.ItemKind``,
and a template ``assessments/items/<kind>.html``.
"""

from __future__ import annotations

from assessments.enums import ItemKind
from assessments.item_types import multiple_choice, single_choice
from assessments.item_types.base import InvalidResponse, ItemType, Option, Response

__all__ = ["InvalidResponse", "ItemType", "Option", "Response", "item_type"]

_TYPES: dict[str, ItemType] = {
    ItemKind.SINGLE_CHOICE: single_choice.TYPE,
    ItemKind.MULTIPLE_CHOICE: multiple_choice.TYPE,
}


def item_type(kind: str) -> ItemType:
    """Return the functions of a kind; a kind without a module is a fault (KeyError)."""
    return _TYPES[kind]
