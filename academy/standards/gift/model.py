"""What a GIFT file says, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Markup(StrEnum):
    """How a text is written; the words of the format itself."""

    MOODLE = "moodle"
    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text without escapes; its markup is its own or, where the file says none, that of the question."""

    text: str = ""
    markup: Markup = Markup.MOODLE


NO_TEXT = Text()
FULL = Decimal(100)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """An option: ``right`` when it begins with ``=``; ``weight`` in per cent, None when the file says none."""

    text: Text
    right: bool = False
    weight: Decimal | None = None
    feedback: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """``{=right ~wrong}``: one is chosen; without any ``=`` several are."""

    options: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TrueFalse:
    """``{T#when wrong#when right}``."""

    answer: bool
    when_wrong: Text = NO_TEXT
    when_right: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortAnswer:
    """An accepted answer. ``*`` is any text, ``\\*`` a star."""

    text: str
    weight: Decimal = FULL
    feedback: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortAnswers:
    """``{=one =%50%another}``."""

    answers: tuple[ShortAnswer, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """``value:tolerance``, or ``low..high``, or any number: ``*``, or ``~`` for all that was not met before."""

    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    low: Decimal | None = None
    high: Decimal | None = None
    weight: Decimal = FULL
    feedback: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """``{#5:0.1}``."""

    answers: tuple[Number, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """``=stem -> match``; without a stem the match belongs to none."""

    stem: Text
    match: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Matches:
    """``{=a -> 1 =b -> 2}``."""

    pairs: tuple[Match, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Essay:
    """``{}``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """No braces: a text between questions."""


Answers = Choices | TrueFalse | ShortAnswers | Numbers | Matches | Essay | Description


@dataclass(frozen=True, kw_only=True, slots=True)
class GiftQuestion:
    """One question. ``general`` is the feedback that everybody gets."""

    stem: Text
    answers: Answers
    name: str = ""
    code: str = ""
    tags: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    general: Text = NO_TEXT


class Fault(StrEnum):
    """What can be wrong; the values of a finding are the words that a sentence needs."""

    # With the file as a whole.
    TOO_BIG = "too_big"
    NOT_TEXT = "not_text"
    TOO_MANY_QUESTIONS = "too_many_questions"
    # With one question.
    TOO_LONG = "too_long"
    STRANGE_CHARACTER = "strange_character"
    OPEN_BRACE = "open_brace"
    CLOSE_BRACE = "close_brace"
    MORE_BRACES = "more_braces"
    NO_STEM = "no_stem"
    EMPTY_OPTION = "empty_option"
    SPLIT_TAG = "split_tag"
    SPLIT_WORD = "split_word"
    ORDERING = "ordering"
    TOO_FEW_OPTIONS = "too_few_options"
    TOO_MANY_OPTIONS = "too_many_options"
    LOOSE_TEXT = "loose_text"
    WEIGHT_OF_RIGHT = "weight_of_right"
    BAD_WEIGHT = "bad_weight"
    NO_ARROW = "no_arrow"
    EMPTY_MATCH = "empty_match"
    MORE_IN_MATCH = "more_in_match"
    MORE_THAN_TRUE = "more_than_true"
    SMALL_TRUE = "small_true"
    NO_NUMBER = "no_number"
    NOT_A_NUMBER = "not_a_number"
    COMMA = "comma"
    AFTER_WRONG = "after_wrong"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A fault with its values."""

    fault: Fault
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A question as it stands in the file, from ``line``, or what keeps it from being read."""

    line: int
    name: str
    said: GiftQuestion | Finding
    asked: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class GiftFile:
    """A file: its questions, or what keeps it from being read at all."""

    entries: tuple[Entry, ...] = ()
    finding: Finding | None = None


class Broken(Exception):
    """A question cannot be read."""

    def __init__(self, fault: Fault, *values: str) -> None:
        """Say what is wrong, and the words that its sentence needs."""
        super().__init__(fault)
        self.finding = Finding(fault=fault, values=values)
