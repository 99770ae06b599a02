"""CommonMark to the rich text that pages store; what a place does not allow is a problem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from academy.standards.content_pack.blocks import Grid, Prose
from academy.standards.content_pack.report import Report

INLINE = frozenset({"bold", "italic", "code", "link"})
PROSE = INLINE | {"ul", "ol"}
STORY = PROSE | {"h2", "h3", "h4"}
EXAMPLE = PROSE | {"h3", "h4"}
QUOTE = frozenset({"italic"})

MARKS = {"strong": ("bold", "b"), "em": ("italic", "i")}
NAMES = {
    "bold": "Bold text",
    "italic": "Italic text",
    "code": "Code",
    "link": "A link",
    "ul": "A list",
    "ol": "A numbered list",
}
REMEDY = {
    "html_block": "Raw HTML is not allowed: write it as Markdown or a ::: block, or put &lt; for a plain <.",
    "html_inline": "Raw HTML is not allowed: write it as Markdown, or put &lt; for a plain <.",
    "image": "Images are not possible as yet: say it in words.",
    "table": "A table needs a caption: put it between “::: table Caption” and “:::”.",
    "blockquote": "A quotation stands in “::: quote Name”, not after >.",
    "fence": "A block of code is not possible here: put short code between `backticks`.",
    "code_block": "Four spaces make a block of code: remove them.",
    "hr": "A line across the page is not possible: use a heading.",
}
SPACES = re.compile(r"\s+")

_parser = MarkdownIt("commonmark", {"html": True}).enable("table")


def parse(text: str) -> SyntaxTreeNode:
    """Return the tree of a text."""
    return SyntaxTreeNode(_parser.parse(text))


class RichText:
    """Writes trees as rich text. ``first_line`` is the file's line of the text's first line."""

    def __init__(self, *, allow: frozenset[str], first_line: int, report: Report) -> None:
        self.allow = allow
        self.first_line = first_line
        self.report = report
        self._line = first_line

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> str:
        """Return paragraphs, headings and lists; report what is none of them or not allowed here."""
        return "".join(self._block(node) for node in nodes)

    def inline(self, node: SyntaxTreeNode) -> str:
        """Return the marked-up text of a paragraph, heading or cell."""
        self._start(node)
        return "".join(self._inline(child) for leaf in node.children for child in leaf.children).strip()

    def plain(self, node: SyntaxTreeNode) -> str:
        """Return the bare text of a cell, without its marks."""
        self._start(node)
        text = "".join(self._plain(child) for leaf in node.children for child in leaf.children)
        return SPACES.sub(" ", text).strip()

    def line(self, node: SyntaxTreeNode) -> int:
        """Return the file's line on which a node starts; that of the last known one for a node without."""
        return self.first_line + node.map[0] if node.map else self._line

    def _start(self, node: SyntaxTreeNode) -> None:
        # Cells know no line of their own: their row does.
        inner = node.children[0] if node.children else node
        self._line = self.line(inner if inner.map else node)

    def _block(self, node: SyntaxTreeNode) -> str:
        if node.type == "paragraph":
            text = self.inline(node)
            return f"<p>{text}</p>" if text else ""
        if node.type == "heading":
            return self._heading(node)
        if node.type in {"bullet_list", "ordered_list"}:
            tag = "ul" if node.type == "bullet_list" else "ol"
            self._check(tag, self.line(node))
            return f"<{tag}>{''.join(self._item(child) for child in node.children)}</{tag}>"
        self.report.add(self.line(node), REMEDY.get(node.type, f"“{node.type}” is not possible here."))
        return ""

    def _heading(self, node: SyntaxTreeNode) -> str:
        if node.tag not in self.allow:
            allowed = sorted(name for name in self.allow if name in {"h2", "h3", "h4"})
            use = " or ".join("#" * int(name[1]) for name in allowed)
            remedy = f"use {use}" if use else "write it as text"
            self.report.add(self.line(node), f"A heading of {'#' * int(node.tag[1])} can’t stand here: {remedy}.")
        return f"<{node.tag}>{self.inline(node)}</{node.tag}>"

    def _item(self, node: SyntaxTreeNode) -> str:
        """A list item: its paragraphs follow one another after a break, as rich text has no paragraphs in items."""
        html = ""
        for child in node.children:
            if child.type == "paragraph":
                html += ("<br/>" if html else "") + self.inline(child)
            elif child.type in {"bullet_list", "ordered_list"}:
                html += self._block(child)
            else:
                self.report.add(self.line(child), REMEDY.get(child.type, "A list item holds text and lists alone."))
        return f"<li>{html}</li>"

    def _inline(self, node: SyntaxTreeNode) -> str:
        if node.type == "text":
            return escape(node.content, quote=False)
        if node.type in {"softbreak", "hardbreak"}:
            self._line += 1
            return " " if node.type == "softbreak" else "<br/>"
        if node.type in MARKS:
            feature, tag = MARKS[node.type]
            self._check(feature, self._line)
            return f"<{tag}>{''.join(self._inline(child) for child in node.children)}</{tag}>"
        if node.type == "code_inline":
            self._check("code", self._line)
            return f"<code>{escape(node.content, quote=False)}</code>"
        if node.type == "link":
            return self._link(node)
        self.report.add(self._line, REMEDY.get(node.type, f"“{node.type}” is not possible here."))
        return ""

    def _link(self, node: SyntaxTreeNode) -> str:
        self._check("link", self._line)
        address = str(node.attrs.get("href", ""))
        if not is_address(address):
            self.report.add(
                self._line,
                f"The link to “{address}” leads nowhere: give the whole address with https://, or use “::: play”.",
            )
        text = "".join(self._inline(child) for child in node.children)
        return f'<a href="{escape(address)}">{text}</a>'

    def _plain(self, node: SyntaxTreeNode) -> str:
        if node.type in {"text", "code_inline"}:
            return node.content
        if node.type in {"softbreak", "hardbreak"}:
            return " "
        if node.type in MARKS or node.type == "link":
            return "".join(self._plain(child) for child in node.children)
        self.report.add(self._line, REMEDY.get(node.type, f"“{node.type}” is not possible here."))
        return ""

    def _check(self, feature: str, line: int) -> None:
        if feature not in self.allow:
            self.report.add(line, f"{NAMES[feature]} can’t stand here: write plain text.")


def rich_text(text: str, *, line: int, allow: frozenset[str], report: Report) -> str:
    """Return a Markdown text, which starts on ``line``, as rich text."""
    return RichText(allow=allow, first_line=line, report=report).blocks(parse(text).children)


def list_items(
    nodes: Sequence[SyntaxTreeNode], *, kind: str, allow: frozenset[str], line: int, report: Report
) -> tuple[str, ...] | None:
    """Return each item of the one list of ``kind`` (bullet_list, ordered_list) that ``nodes`` hold; else None."""
    if [node.type for node in nodes] != [kind]:
        return None
    writer = RichText(allow=allow, first_line=line, report=report)
    return tuple(writer.blocks(item.children) for item in nodes[0].children)


def parts(text: str, *, line: int, report: Report) -> tuple[Prose | Grid, ...]:
    """Return the texts and tables of a worked example, in order."""
    writer = RichText(allow=EXAMPLE, first_line=line, report=report)
    found: list[Prose | Grid] = []
    run: list[SyntaxTreeNode] = []

    def close() -> None:
        if run:
            found.append(Prose(line=writer.line(run[0]), html=writer.blocks(run)))
            run.clear()

    for node in parse(text).children:
        if node.type == "table":
            close()
            found.append(grid(node, writer))
        else:
            run.append(node)
    close()
    return tuple(found)


def grid(table: SyntaxTreeNode, writer: RichText) -> Grid:
    """Return the rows of a Markdown table as plain text."""
    rows = tuple(
        tuple(writer.plain(cell) for cell in row.children) for section in table.children for row in section.children
    )
    return Grid(line=writer.line(table), rows=rows)


def is_address(text: str) -> bool:
    """Say whether ``text`` is a whole address that a browser can open from anywhere."""
    try:
        address = urlsplit(text)
    except ValueError:
        return False
    if address.scheme == "mailto":
        return "@" in address.path
    return address.scheme in {"http", "https"} and bool(address.hostname) and not SPACES.search(text)
