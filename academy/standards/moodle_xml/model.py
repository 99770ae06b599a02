"""The elements of a file, as they stand in it. A text that is a number or a word of the format stays text."""

from __future__ import annotations

from dataclasses import dataclass, field

from academy.standards.moodle_xml.errors import FileFault, Finding


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file that a text shows. With a ``fault`` it has no data."""

    name: str
    path: str = "/"
    data: bytes = b""
    fault: FileFault | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text with its format: html, markdown, plain_text or moodle_auto_format; empty where the file names none.

    ``markup`` tells of elements inside the text, which should have been in a CDATA section.
    """

    text: str = ""
    format: str = ""
    files: tuple[File, ...] = ()
    markup: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer with what it earns, in per cent."""

    text: Text
    fraction: str = "0"
    feedback: Text = Text()
    tolerance: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subquestion:
    """A stem of a matching question, and what belongs to it."""

    stem: Text
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A unit of a numerical question."""

    name: str
    multiplier: str = "1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word for the gaps of a text."""

    text: str
    group: str = "1"
    infinite: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """What is said after a wrong try."""

    text: Text
    show_count: bool = False
    clear_wrong: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """Where the questions after it belong."""

    path: str
    info: Text = Text()
    idnumber: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A question. ``settings`` are its elements of one word each, ``strange`` the names of those nobody knows."""

    type: str
    line: int = 0
    name: str = ""
    text: Text = Text()
    general_feedback: Text = Text()
    correct: Text = Text()
    partly: Text = Text()
    incorrect: Text = Text()
    grader_info: Text = Text()
    response_template: Text = Text()
    instructions: Text = Text()
    answers: tuple[Answer, ...] = ()
    subquestions: tuple[Subquestion, ...] = ()
    units: tuple[Unit, ...] = ()
    words: tuple[Word, ...] = ()
    hints: tuple[Hint, ...] = ()
    tags: tuple[str, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    strange: tuple[str, ...] = ()

    def setting(self, name: str, default: str = "") -> str:
        """Return a setting without blanks around it; the default where the file does not have it."""
        return self.settings.get(name, default).strip()


Entry = Category | Item


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A file in its order. With a ``finding`` it could not be read and has no entries."""

    entries: tuple[Entry, ...] = ()
    finding: Finding | None = None
