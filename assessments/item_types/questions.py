"""A question whole, as files of other systems hold it: what an importer reads and an exporter writes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.item_types.rich import EMPTY, Rich

ONE = Decimal(1)
# Moodle's own: a third of the mark for each wrong try.
PENALTY = Decimal("0.3333333")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """What is said after a wrong try."""

    text: Rich
    # After it, wrong parts are emptied; and how many parts are right is told.
    clear_wrong: bool = False
    show_count: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdicts:
    """Feedback on the answer as a whole, by how good it was."""

    right: Rich = EMPTY
    partly: Rich = EMPTY
    wrong: Rich = EMPTY


NO_VERDICTS = Verdicts()


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """An image that the texts name as ``picture:<name>``; the bytes as they came."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """``body`` is that of ``kind``. ``name`` is for authors; ``code`` is the name for ever, empty when the file has none.
    ``difficulty`` is 1 to 5, 0 when nobody said. Two questions are equal when they ask and mark the same.
    """

    kind: str
    stem: Rich
    body: Any
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
    pictures: tuple[Picture, ...] = ()
