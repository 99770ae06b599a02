"""What QTI can't say of our own questions, in a file of ours within the package.

It counts for an item only while the item is, byte for byte, as we wrote it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.item_types import bodies, codec
from assessments.item_types.amounts import is_sane
from assessments.item_types.questions import ONE, PENALTY, Hint, Picture, Question, Verdicts
from assessments.item_types.rich import EMPTY, Rich

NAME = "academy.json"
LARGEST = 50 * 1024 * 1024
VERSION = 1
NO_VERDICTS = Verdicts()
BODIES: dict[str, type[Any]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", body.__name__).lower(): body
    for body in (
        bodies.SingleChoice, bodies.MultipleChoice, bodies.TrueFalse, bodies.ShortText, bodies.Numeric,
        bodies.Matching, bodies.Ordering, bodies.GapFill, bodies.Cloze, bodies.OpenText, bodies.FileUpload,
        bodies.SelfRating, bodies.Description,
    )
}  # fmt: skip


class NotKept(Exception):
    """The file of ours does not tell this question, or tells another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rest:
    """A question without its body and its pictures."""

    kind: str
    stem: Rich
    name: str = ""
    code: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    explanation: Rich = EMPTY
    verdicts: Verdicts = NO_VERDICTS
    hints: tuple[Hint, ...] = ()
    penalty: Decimal = PENALTY
    mark: Decimal = ONE
    difficulty: int = 0
    language: str = ""


def digest(data: bytes) -> str:
    """Return what tells one file from any other."""
    return hashlib.sha256(data).hexdigest()


def keep(question: Question, item: bytes, pictures: Mapping[str, str]) -> dict[str, Any]:
    """Return what our file says of a question; ``pictures`` are the files of those by name."""
    rest = _Rest(**{field.name: getattr(question, field.name) for field in dataclasses.fields(_Rest)})
    return {
        "sha256": digest(item),
        "question": codec.dump(rest),
        "body": codec.dump(question.body),
        "pictures": [
            {"name": one.name, "file": pictures[one.name], "sha256": digest(one.data)} for one in question.pictures
        ],
    }


def dump(items: Mapping[str, Any]) -> bytes:
    """Return our file."""
    return json.dumps({"academy": VERSION, "items": items}, ensure_ascii=True, indent=1).encode()


def load(data: bytes) -> Mapping[str, Any]:
    """Return what our file says of the item at each address. Raises NotKept."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotKept from error
    if not isinstance(content, dict) or content.get("academy") != VERSION or not isinstance(content.get("items"), dict):
        raise NotKept
    items: Mapping[str, Any] = content["items"]
    return items


def restore(kept: Any, item: bytes, fetch: Callable[[str, int], bytes], largest: int) -> Question:
    """Return the question as it was written. Raises NotKept, and BadQti when a picture is not there."""
    try:
        if kept["sha256"] != digest(item):
            raise NotKept
        rest = codec.load(_Rest, kept["question"])
        body = codec.load(BODIES[rest.kind], kept["body"])
        pictures = tuple(_picture(one, fetch, largest) for one in kept["pictures"])
    except (KeyError, TypeError, codec.InvalidContent) as error:
        raise NotKept from error
    if not all(is_sane(number) for number in (rest.mark, rest.penalty)):
        raise NotKept
    said = {field.name: getattr(rest, field.name) for field in dataclasses.fields(_Rest)}
    return Question(body=body, pictures=pictures, **said)


def _picture(kept: Any, fetch: Callable[[str, int], bytes], largest: int) -> Picture:
    name, data = kept["name"], fetch(kept["file"], largest)
    if not isinstance(name, str) or digest(data) != kept["sha256"]:
        raise NotKept
    return Picture(name=name, data=data)
