"""A kind of question is a folder, and nothing of it may be missing."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from assessments import item_types
from assessments.enums import ItemKind
from assessments.item_types import ItemType, editors
from assessments.item_types.editing import Editor

HOME = Path(item_types.__file__).parent
FOLDERS = sorted(path.name for path in HOME.iterdir() if path.is_dir() and path.name != "__pycache__")


@pytest.mark.parametrize("folder", FOLDERS)
def test_folder_holds_all_that_a_kind_needs(folder: str) -> None:
    kind = import_module(f"assessments.item_types.{folder}").TYPE
    editor = import_module(f"assessments.item_types.{folder}.editor").EDITOR

    assert isinstance(kind, ItemType)
    assert kind.kind == folder
    assert issubclass(editor, Editor)
    assert (editor.kind, editors.editor_of(folder)) == (folder, editor)
    assert str(editor.says).endswith(".")
    assert (HOME / folder / "learner.html").is_file()
    assert folder in ItemKind.values


def test_every_word_for_a_kind_has_a_folder() -> None:
    assert sorted(ItemKind.values) == FOLDERS
