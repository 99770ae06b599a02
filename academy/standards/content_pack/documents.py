"""What a content pack holds: one frozen document a file."""

from __future__ import annotations

from dataclasses import dataclass

from academy.lib.problems import Problem
from academy.standards.content_pack.blocks import Block, Ref


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillRef:
    """A skill by its code, at a level by its word."""

    code: str
    level: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Something that a page rests on."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A page. ``path`` holds the slugs from below the home page down to it; ``order`` places it among its siblings."""

    file: str
    path: tuple[str, ...]
    title: str
    summary: str
    order: int
    # The line of the key that orders it, for a message about two with the same.
    order_line: int
    blocks: tuple[Block, ...]

    @property
    def slug(self) -> str:
        """The last part of its address; empty for the home page."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Home(Document):
    """The home page."""

    lead: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Playbook(Document):
    """The playbook's front page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage(Document):
    """A stage; its number is its order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Play(Document):
    """A play."""

    audience: tuple[Ref, ...]
    skills: tuple[SkillRef, ...]
    principles: tuple[Ref, ...]
    case_studies: tuple[Ref, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Principles(Document):
    """The list of principles."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Principle(Document):
    """A principle; its number is its order."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStudies(Document):
    """The list of case studies."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStudy(Document):
    """A case study. The folder it stands in is its country's slug."""

    country: str
    country_line: int
    organisation: str
    level: str
    stages: tuple[Ref, ...]
    period: str
    value_band: str
    result: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Courses(Document):
    """The list of courses."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Course(Document):
    """A course; each outcome is one sentence of plain text."""

    audience: tuple[Ref, ...]
    skills: tuple[SkillRef, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Module(Document):
    """A module."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson(Document):
    """A lesson."""

    minutes: int
    skills: tuple[SkillRef, ...]
    plays: tuple[Ref, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment(Document):
    """An assessment. Marks and shares are per cent."""

    bank: Ref
    draw: int
    draw_line: int
    pass_mark: int
    attempts: int
    retake_hours: int
    skill_share: int
    proves: tuple[SkillRef, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One option of a question, in plain text."""

    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One question, in plain text; paragraphs of the stem are parted by an empty line."""

    code: str
    line: int
    kind: str
    skill: SkillRef
    play: Ref | None
    lesson: Ref | None
    stem: str
    options: tuple[Option, ...]
    explanation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bank:
    """A bank of questions. ``codes`` holds those that could not be read too, so that links to them are not called broken."""

    file: str
    code: str
    title: str
    summary: str
    items: tuple[Item, ...]
    codes: tuple[Ref, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One text and its translation, both as HTML with inline tags alone."""

    source: str
    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """The home page in another language."""

    file: str
    language: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """A content pack, as far as it could be read, and what is wrong with it.

    ``source`` is the folder of the language that it is written in; ``unread`` holds type and path of what stands
    in its place but could not be read.
    """

    source: str
    documents: tuple[Document, ...]
    banks: tuple[Bank, ...]
    catalogues: tuple[Catalogue, ...]
    unread: tuple[tuple[str, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]
