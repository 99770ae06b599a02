"""The body of a page: Markdown, and blocks between fences of three colons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from academy.standards.content_pack.blocks import (
    Block,
    Callout,
    Check,
    Details,
    DosDonts,
    Outcomes,
    PlayLink,
    Prose,
    Quote,
    Recap,
    Ref,
    Reflection,
    Scenario,
    Steps,
    Table,
    WarningText,
    WorkedExample,
)
from academy.standards.content_pack.markdown import (
    INLINE,
    PROSE,
    QUOTE,
    STORY,
    RichText,
    grid,
    list_items,
    parse,
    parts,
    rich_text,
)
from academy.standards.content_pack.report import Report

OPEN = re.compile(r"^:::\s*(?P<name>[a-z_]+)(?:\s+(?P<title>\S.*?))?\s*$")
CLOSE = re.compile(r"^:::\s*$")
DONTS = {"don't", "don’t"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fence:
    """What stands between an opening line, which names it, and its end. ``name`` is empty for text outside."""

    name: str
    title: str
    line: int
    text: str
    text_line: int


def read_body(text: str, *, first_line: int, report: Report) -> tuple[Block, ...]:
    """Return the blocks of a body that starts on ``first_line`` of its file; what is wrong goes to the report."""
    blocks = (_read(fence, report) for fence in _split(text, first_line, report))
    return tuple(block for block in blocks if block is not None)


def _split(text: str, first_line: int, report: Report) -> Iterator[Fence]:
    """Yield fences and the texts between them."""
    name = title = ""
    start = first_line
    # A faulty line leaves a blank one behind, so that the numbers of those after it stay exact.
    lines: list[str] = []
    inner = 0

    def piece() -> Fence:
        first = start + 1 if name else start
        return Fence(name=name, title=title, line=start, text="\n".join(lines), text_line=first)

    for number, line in enumerate(text.split("\n"), start=first_line):
        opening, closing = OPEN.match(line), CLOSE.match(line)
        if opening and not name:
            yield piece()
            name, title, start, lines = opening["name"], opening["title"] or "", number, []
        elif closing and name and not inner:
            yield piece()
            name, title, start, lines = "", "", number + 1, []
        else:
            fault = _fault(line, opening=opening, name=name, start=start, inner=inner)
            inner += bool(opening) - bool(closing and inner)
            lines.append("" if opening or closing or fault else line)
            if fault:
                report.add(number, fault)
    if name:
        report.add(start, f"“::: {name}” is never closed: put ::: on a line of its own after it.")
    yield piece()


def _fault(line: str, *, opening: re.Match[str] | None, name: str, start: int, inner: int) -> str:
    """Say what is wrong with a line that neither opens nor closes a block; empty when nothing is."""
    if opening:
        return f"“::: {opening['name']}” starts inside “::: {name}” of line {start}: close that first."
    if CLOSE.match(line):
        return "" if inner else "This ::: closes nothing: remove it, or open a block before it."
    if line.lstrip().startswith(":::"):
        return "A block starts with three colons at the margin and a name: “::: callout Title”."
    return ""


def _read(fence: Fence, report: Report) -> Block | None:
    """Return the block that a fence makes; None for an empty stretch or after saying what is wrong."""
    if not fence.name:
        html = rich_text(fence.text, line=fence.text_line, allow=STORY, report=report)
        return Prose(line=_first_line(fence), html=html) if html else None
    kind = KINDS.get(fence.name)
    if kind is None:
        report.add(fence.line, f"There is no block “{fence.name}”: use one of {', '.join(sorted(KINDS))}.")
        return None
    if not _title_fits(fence, kind, report):
        return None
    if bool(fence.text.strip()) is not kind.filled:
        wrong = "is empty: write its text" if kind.filled else "holds no text: close it on the next line"
        report.add(fence.line, f"“::: {fence.name}” {wrong}.")
        return None
    return kind.read(fence, report)


def _title_fits(fence: Fence, kind: Kind, report: Report) -> bool:
    if kind.title == "none" and fence.title:
        report.add(fence.line, f"“::: {fence.name}” takes no title: put “{fence.title}” on the next line.")
        return False
    if kind.title == "needed" and not fence.title:
        report.add(fence.line, f"“::: {fence.name}” needs {kind.names} after its name.")
        return False
    if len(fence.title) > kind.longest:
        report.add(fence.line, f"This title has {len(fence.title)} characters: {kind.longest} is the most.")
        return False
    return True


def _first_line(fence: Fence) -> int:
    """The first line of a stretch that is not blank."""
    blank = len(fence.text) - len(fence.text.lstrip())
    return fence.text_line + fence.text.count("\n", 0, blank)


def _html(fence: Fence, allow: frozenset[str], report: Report) -> str:
    return rich_text(fence.text, line=fence.text_line, allow=allow, report=report)


def _callout(fence: Fence, report: Report) -> Block:
    return Callout(line=fence.line, title=fence.title, html=_html(fence, PROSE, report))


def _warning(fence: Fence, report: Report) -> Block:
    return WarningText(line=fence.line, html=_html(fence, INLINE, report))


def _details(fence: Fence, report: Report) -> Block:
    return Details(line=fence.line, title=fence.title, html=_html(fence, PROSE, report))


def _quote(fence: Fence, report: Report) -> Block:
    return Quote(line=fence.line, attribution=fence.title, html=_html(fence, QUOTE, report))


def _scenario(fence: Fence, report: Report) -> Block:
    return Scenario(line=fence.line, title=fence.title, html=_html(fence, PROSE, report))


def _reflection(fence: Fence, report: Report) -> Block:
    return Reflection(line=fence.line, html=_html(fence, INLINE, report))


def _worked_example(fence: Fence, report: Report) -> Block:
    return WorkedExample(
        line=fence.line, title=fence.title, parts=parts(fence.text, line=fence.text_line, report=report)
    )


def _play(fence: Fence, report: Report) -> Block:
    return PlayLink(line=fence.line, play=Ref(code=fence.title, line=fence.line))


def _check(fence: Fence, report: Report) -> Block:
    return Check(line=fence.line, item=Ref(code=fence.title, line=fence.line))


def _bullets(fence: Fence, report: Report) -> tuple[str, ...] | None:
    nodes = parse(fence.text).children
    items = list_items(nodes, kind="bullet_list", allow=INLINE, line=fence.text_line, report=report)
    if items is None:
        report.add(fence.line, f"“::: {fence.name}” holds one list: start each point with “- ”.")
    return items


def _outcomes(fence: Fence, report: Report) -> Block | None:
    items = _bullets(fence, report)
    return None if items is None else Outcomes(line=fence.line, items=items)


def _recap(fence: Fence, report: Report) -> Block | None:
    items = _bullets(fence, report)
    return None if items is None else Recap(line=fence.line, items=items)


def _steps(fence: Fence, report: Report) -> Block | None:
    nodes = parse(fence.text).children
    items = list_items(nodes, kind="ordered_list", allow=PROSE, line=fence.text_line, report=report)
    if items is None or len(items) < 2:
        report.add(fence.line, "“::: steps” holds one numbered list of two steps or more: “1. ”, “2. ”.")
        return None
    return Steps(line=fence.line, items=items)


def _dos_donts(fence: Fence, report: Report) -> Block | None:
    nodes = parse(fence.text).children
    writer = RichText(allow=INLINE, first_line=fence.text_line, report=report)
    headings = [writer.plain(node).lower() for node in nodes if node.type == "heading" and node.tag == "h3"]
    shape = [node.type for node in nodes]
    right = shape == ["heading", "bullet_list"] * 2 and headings[:1] == ["do"] and set(headings[1:]) <= DONTS
    if not right or len(headings) != 2:
        report.add(fence.line, "“::: dos_donts” holds “### Do” with a list, then “### Don’t” with a list.")
        return None
    lists = [
        list_items([node], kind="bullet_list", allow=INLINE, line=fence.text_line, report=report) or ()
        for node in nodes[1::2]
    ]
    return DosDonts(line=fence.line, dos=lists[0], donts=lists[1])


def _table(fence: Fence, report: Report) -> Block | None:
    nodes = parse(fence.text).children
    if [node.type for node in nodes] != ["table"]:
        report.add(fence.line, "“::: table” holds one table: a row of headings, a row of |---|, and rows.")
        return None
    writer = RichText(allow=INLINE, first_line=fence.text_line, report=report)
    rows = grid(nodes[0], writer)
    if len(rows.rows) < 2:
        report.add(fence.line, "The table has headings alone: add a row.")
        return None
    return Table(line=fence.line, caption=fence.title, grid=rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """How a fence is read. ``title``: needed, free or none; ``names`` says what the title is."""

    read: Callable[[Fence, Report], Block | None]
    title: str = "none"
    names: str = "a title"
    longest: int = 150
    filled: bool = True


KINDS = {
    "callout": Kind(read=_callout, title="free", longest=120),
    "warning": Kind(read=_warning),
    "details": Kind(read=_details, title="needed", names="the question that it answers"),
    "quote": Kind(read=_quote, title="free"),
    "steps": Kind(read=_steps),
    "dos_donts": Kind(read=_dos_donts),
    "table": Kind(read=_table, title="needed", names="a caption", longest=200),
    "outcomes": Kind(read=_outcomes),
    "worked_example": Kind(read=_worked_example, title="needed"),
    "scenario": Kind(read=_scenario, title="needed"),
    "reflection": Kind(read=_reflection),
    "recap": Kind(read=_recap),
    "play": Kind(read=_play, title="needed", names="the slug of a play", filled=False),
    "check": Kind(read=_check, title="needed", names="the code of a question", filled=False),
}
