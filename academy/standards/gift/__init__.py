"""GIFT, the format of Moodle in which people type questions: ``read_gift(data)`` and ``write_gift(questions)``.

Facts of the format, as Moodle reads it: a blank line ends a question; a line that begins with ``//`` is a comment;
``$CATEGORY:`` holds for what follows. Grammar alone: faults have names and values, and whoever reads a file says them.
"""

from academy.standards.gift.answers import MOST_OPTIONS
from academy.standards.gift.grades import nearest_percent, percent_of, share_of
from academy.standards.gift.labels import read_category, write_category, write_label
from academy.standards.gift.model import (
    NO_TEXT,
    Answers,
    Choice,
    Choices,
    Description,
    Entry,
    Essay,
    Fault,
    Finding,
    GiftFile,
    GiftQuestion,
    Markup,
    Match,
    Matches,
    Number,
    Numbers,
    ShortAnswer,
    ShortAnswers,
    Text,
    TrueFalse,
)
from academy.standards.gift.reader import MOST_QUESTIONS, read_gift
from academy.standards.gift.writer import Unsayable, cannot_say, write_gift

__all__ = [
    "MOST_OPTIONS",
    "MOST_QUESTIONS",
    "NO_TEXT",
    "Answers",
    "Choice",
    "Choices",
    "Description",
    "Entry",
    "Essay",
    "Fault",
    "Finding",
    "GiftFile",
    "GiftQuestion",
    "Markup",
    "Match",
    "Matches",
    "Number",
    "Numbers",
    "ShortAnswer",
    "ShortAnswers",
    "Text",
    "TrueFalse",
    "Unsayable",
    "cannot_say",
    "nearest_percent",
    "percent_of",
    "read_category",
    "read_gift",
    "share_of",
    "write_category",
    "write_gift",
    "write_label",
]
