"""A question whole and a version of it: the same thing as a value and as a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assessments.item_types import item_type
from assessments.item_types.codec import dump, load
from assessments.item_types.questions import Hint, Picture, Question, Verdicts
from assessments.models import ItemVersion

# What a version says of a question; filing (category, tags) belongs to the item.
ASKED = (
    "kind",
    "name",
    "stem",
    "stem_format",
    "content",
    "explanation",
    "explanation_format",
    "verdicts",
    "hints",
    "penalty",
    "default_mark",
    "difficulty",
)


def category_path(category: Sequence[str]) -> str:
    """Return categories, the outermost first, as an item keeps them: "Law/Works". A slash of a name is doubled."""
    return "/".join(step.replace("/", "//") for step in category)


def category_of(path: str) -> tuple[str, ...]:
    """Return what ``category_path`` was given."""
    parts = path.replace("//", "\0").split("/")
    return tuple(part.replace("\0", "/") for part in parts if part)


def fields_of(question: Question) -> dict[str, Any]:
    """Return the columns of a version that asks this question."""
    return {
        "kind": question.kind,
        "name": question.name,
        "stem": question.stem.text,
        "stem_format": question.stem.format.value,
        "content": item_type(question.kind).dump(question.body),
        "explanation": question.explanation.text,
        "explanation_format": question.explanation.format.value,
        "verdicts": dump(question.verdicts),
        "hints": [dump(hint) for hint in question.hints],
        "penalty": question.penalty,
        "default_mark": question.mark,
        "difficulty": question.difficulty,
    }


def question_of(version: ItemVersion) -> Question:
    """Return what a version asks, with its pictures. No query when ``item`` and ``pictures`` are fetched."""
    item = version.item
    return Question(
        kind=version.kind,
        name=version.name,
        code=item.code,
        category=category_of(item.category),
        tags=tuple(item.tags),
        language=item.language,
        stem=version.rich_stem,
        body=item_type(version.kind).load(version.content),
        explanation=version.rich_explanation,
        verdicts=load(Verdicts, version.verdicts, "verdicts"),
        hints=tuple(load(Hint, hint, "hint") for hint in version.hints),
        penalty=version.penalty,
        mark=version.default_mark,
        difficulty=version.difficulty,
        pictures=tuple(Picture(name=row.name, data=_bytes(row)) for row in version.pictures.all()),
    )


def _bytes(row: Any) -> bytes:
    with row.file.open("rb") as file:
        data: bytes = file.read()
    return data
