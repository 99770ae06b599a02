"""What the body of a page is made of: neutral blocks, each with the line on which it starts.

``html`` is rich text of ``p h2 h3 h4 ul ol li b i code a br`` alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Ref:
    """A code or slug that stands for something else, and the line that names it."""

    code: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Base of all blocks."""

    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Prose(Block):
    """Running text."""

    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Callout(Block):
    """Text that stands out; the title may be empty."""

    title: str
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningText(Block):
    """One sentence that prevents harm."""

    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Details(Block):
    """Text behind a heading that opens."""

    title: str
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote(Block):
    """Somebody's words; the attribution may be empty."""

    attribution: str
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps(Block):
    """Numbered steps, each rich text."""

    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DosDonts(Block):
    """What to do and what not to, each rich text."""

    dos: tuple[str, ...]
    donts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid(Block):
    """Rows of plain cells; the first holds the headings. All are equally long."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table(Block):
    """A grid with a caption."""

    caption: str
    grid: Grid


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcomes(Block):
    """What the reader will be able to do, each rich text."""

    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkedExample(Block):
    """A case worked through, in texts and tables."""

    title: str
    parts: tuple[Prose | Grid, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario(Block):
    """A situation to think into."""

    title: str
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reflection(Block):
    """A question to the reader."""

    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Recap(Block):
    """The few points worth keeping, each rich text."""

    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayLink(Block):
    """A link to a play, by its slug."""

    play: Ref


@dataclass(frozen=True, kw_only=True, slots=True)
class Check(Block):
    """A question of a bank, by its code."""

    item: Ref
