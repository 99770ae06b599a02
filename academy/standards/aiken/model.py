"""What an Aiken file says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True, slots=True)
class AikenQuestion:
    """A question: its options in the order of their letters, and which of them is right, counted from 0."""

    text: str
    options: tuple[str, ...]
    right: int


class Fault(StrEnum):
    """What can be wrong; the values of a finding are the words that a sentence needs."""

    # With the file as a whole.
    TOO_BIG = "too_big"
    NOT_TEXT = "not_text"
    TOO_MANY_QUESTIONS = "too_many_questions"
    # With one question.
    TOO_LONG = "too_long"
    STRANGE_CHARACTER = "strange_character"
    NO_TEXT = "no_text"
    NO_ANSWER = "no_answer"
    NOT_AN_ANSWER = "not_an_answer"
    SEVERAL_ANSWERS = "several_answers"
    UNKNOWN_ANSWER = "unknown_answer"
    TOO_FEW_OPTIONS = "too_few_options"
    OUT_OF_ORDER = "out_of_order"
    EMPTY_OPTION = "empty_option"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A fault with its values."""

    fault: Fault
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A question as it stands in the file, from ``line``, or what keeps it from being read."""

    line: int
    said: AikenQuestion | tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AikenFile:
    """A file: its questions, or what keeps it from being read at all."""

    entries: tuple[Entry, ...] = ()
    finding: Finding | None = None
