"""The bodies of all kinds: what a question holds beside its text. Shapes and their meaning; no rules.

They stand in one place because files of other systems are read into them and written from them.
Fractions are shares of the full mark with seven places. Keys are made here or come from a file; they never change.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assessments.item_types.rich import EMPTY, Rich

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One option of a choice. ``fraction`` None: what its being right implies under the question's rule."""

    key: str
    text: Rich
    correct: bool
    feedback: Rich = EMPTY
    fraction: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SingleChoice:
    """One option is chosen and earns its fraction (1 or 0 when it has none of its own), which may be below zero."""

    options: tuple[Option, ...]
    shuffle: bool = True


class MultipleRule(StrEnum):
    """What several chosen options earn together."""

    # (right chosen - wrong chosen) / all right, not below zero.
    RIGHT_MINUS_WRONG = "right_minus_wrong"
    # The sum of their fractions, within ``lowest`` and 1.
    WEIGHTS = "weights"
    # 1 for exactly the right ones, else 0.
    ALL_OR_NOTHING = "all_or_nothing"


@dataclass(frozen=True, kw_only=True, slots=True)
class MultipleChoice:
    """Several options may be chosen. ``least`` and ``most`` limit how many; ``most`` 0: as many as there are."""

    options: tuple[Option, ...]
    rule: MultipleRule = MultipleRule.RIGHT_MINUS_WRONG
    lowest: Decimal = ZERO
    least: int = 0
    most: int = 0
    shuffle: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class TrueFalse:
    """A statement that is true or false."""

    answer: bool
    feedback_true: Rich = EMPTY
    feedback_false: Rich = EMPTY


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """An answer that is accepted. In a pattern ``*`` stands for any characters of one line, ``\\*`` for a star."""

    text: str
    fraction: Decimal = ONE
    feedback: Rich = EMPTY
    pattern: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortText:
    """A word or a few. The first accepted answer that fits counts, after trimming and Unicode NFC on both sides."""

    answers: tuple[Accepted, ...]
    case_sensitive: bool = False


class Tolerance(StrEnum):
    """How far a number may be off."""

    ABSOLUTE = "absolute"  # |given - value| <= tolerance
    RELATIVE = "relative"  # |given - value| <= tolerance * |value|
    GEOMETRIC = "geometric"  # value / (1 + tolerance) <= given <= value * (1 + tolerance), mirrored below zero


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptedNumber:
    """A number that is accepted: ``value`` with a tolerance, or from ``low`` to ``high`` inclusive, or any (neither)."""

    value: Decimal | None = None
    tolerance: Decimal = ZERO
    rule: Tolerance = Tolerance.ABSOLUTE
    low: Decimal | None = None
    high: Decimal | None = None
    fraction: Decimal = ONE
    feedback: Rich = EMPTY


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A unit; ``multiplier`` of it make one of the first: 100 for cm when the answers are in m."""

    name: str
    multiplier: Decimal = ONE


class UnitRule(StrEnum):
    """What a missing or unknown unit costs."""

    FREE = "free"  # nothing; a known unit converts
    OF_MARK = "of_mark"  # ``unit_penalty`` times what was earned
    OF_FULL = "of_full"  # ``unit_penalty`` of the full mark, not below zero


@dataclass(frozen=True, kw_only=True, slots=True)
class Numeric:
    """A number, perhaps with a unit. The first accepted number that fits counts."""

    answers: tuple[AcceptedNumber, ...]
    units: tuple[Unit, ...] = ()
    unit_rule: UnitRule = UnitRule.FREE
    unit_penalty: Decimal = ZERO
    # Chosen from a list instead of typed.
    unit_list: bool = False
    unit_before: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A stem and the match that belongs to it."""

    key: str
    stem: Rich
    match: str
    weight: Decimal = ONE


@dataclass(frozen=True, kw_only=True, slots=True)
class Matching:
    """Each stem gets a match from one list; ``distractors`` are matches of no stem. Equal texts are one match."""

    pairs: tuple[Pair, ...]
    distractors: tuple[str, ...] = ()
    all_or_nothing: bool = False
    shuffle: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing to put in its place."""

    key: str
    text: Rich


class OrderingRule(StrEnum):
    """What an order earns. Names and sums are those of Moodle's ordering question."""

    ALL_OR_NOTHING = "all_or_nothing"
    ABSOLUTE_POSITION = "absolute_position"
    RELATIVE_NEXT_EXCLUDE_LAST = "relative_next_exclude_last"
    RELATIVE_NEXT_INCLUDE_LAST = "relative_next_include_last"
    RELATIVE_ONE_PREVIOUS_AND_NEXT = "relative_one_previous_and_next"
    RELATIVE_ALL_PREVIOUS_AND_NEXT = "relative_all_previous_and_next"
    LONGEST_ORDERED_SUBSET = "longest_ordered_subset"
    LONGEST_CONTIGUOUS_SUBSET = "longest_contiguous_subset"
    RELATIVE_TO_CORRECT = "relative_to_correct"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ordering:
    """Things in their right order, shown in another."""

    steps: tuple[Step, ...]
    rule: OrderingRule = OrderingRule.ABSOLUTE_POSITION
    horizontal: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word of a list. Gaps offer the words of their own ``group``; ``reuse``: it may fill several gaps."""

    text: str
    group: int = 1
    reuse: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class GapFill:
    """A text with gaps ``[[1]]``, ``[[2]]`` in its stem; the number is that of the word that is right there."""

    words: tuple[Word, ...]
    # The number of the right word of each gap, from 1, in the order of the stem.
    gaps: tuple[int, ...] = ()
    all_or_nothing: bool = False
    shuffle: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A gap of a cloze: exactly one of the four bodies, and how much it weighs."""

    single_choice: SingleChoice | None = None
    multiple_choice: MultipleChoice | None = None
    short_text: ShortText | None = None
    numeric: Numeric | None = None
    weight: int = 1
    # How its options are shown: a list within the text, or buttons below each other or side by side.
    layout: str = "list"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cloze:
    """A text with gaps ``{#1}``, ``{#2}`` in its stem, each a small question: the weighted mean of what they earn."""

    gaps: tuple[Gap, ...]
    all_or_nothing: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """What a criterion looks like at so many points."""

    points: Decimal
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """One thing that a marker looks at."""

    key: str
    title: str
    levels: tuple[Level, ...]


class Editor(StrEnum):
    """What a long answer is written in."""

    PLAIN = "plain"
    MONOSPACED = "monospaced"
    RICH = "rich"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenText:
    """An answer in one's own words, marked by a person against a rubric. ``*_words`` 0: no limit."""

    rubric: tuple[Criterion, ...] = ()
    marker_notes: Rich = EMPTY
    template: Rich = EMPTY
    editor: Editor = Editor.PLAIN
    lines: int = 10
    least_words: int = 0
    most_words: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class FileUpload:
    """One file or several, marked by a person against a rubric. ``types`` are extensions with their dot."""

    rubric: tuple[Criterion, ...] = ()
    marker_notes: Rich = EMPTY
    least: int = 1
    most: int = 1
    types: tuple[str, ...] = (".pdf", ".docx", ".xlsx", ".odt", ".png", ".jpg")
    megabytes: int = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class SelfRating:
    """How sure somebody is: one of ``levels``, from least to most. Earns nothing."""

    levels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Description:
    """A text between questions."""
