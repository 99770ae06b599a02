"""The forms of all kinds, by kind: each folder has one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from assessments.item_types import all_types
from assessments.item_types.editing import Editor

_EDITORS: Mapping[str, type[Editor[Any]]] = {
    kind: import_module(f"assessments.item_types.{kind}.editor").EDITOR for kind in all_types()
}


def editor_of(kind: str) -> type[Editor[Any]]:
    """Return the form of a kind."""
    return _EDITORS[kind]
