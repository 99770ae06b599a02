"""What a format's reader returns and its writer gives back."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.item_types.questions import Question


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Note:
    """Something to tell of a file: what is wrong or was left behind, and how to mend it.

    ``line`` counts from 1 and is 0 where the format has none; ``item`` is the question's name or identifier in the
    file, empty for the file as a whole.
    """

    line: int = 0
    item: str = ""
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One question of a file. ``question`` is None when it was refused, and ``problems`` say why.

    ``lost`` says what it has in the file and cannot have here; it is taken all the same. ``code`` is its identifier,
    where the format has one beside the name: a question that was refused is found by it too.
    """

    line: int
    name: str
    question: Question | None
    problems: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A file as it was read. ``problems`` are of the file as a whole: with any, ``found`` is empty.

    ``lost`` is what the file holds beside its questions and what is left behind.
    """

    found: tuple[Found, ...] = ()
    problems: tuple[Note, ...] = ()
    lost: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """A file as it was written, and what the format could not hold: whole questions or parts of them."""

    data: bytes
    lost: tuple[Note, ...] = ()
