"""XML as it comes: one question at a time as a small tree, and no more of it than the limits allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from academy.standards.moodle_xml.errors import Problem
from academy.standards.moodle_xml.limits import Limits

BLANKS = " \t\r\n"


class TooMuch(Exception):
    """The file is larger, deeper or other than a file of questions."""

    def __init__(self, line: int, problem: Problem, value: str = "") -> None:
        super().__init__(problem)
        self.line, self.problem, self.value = line, problem, value


@dataclass(slots=True)
class Node:
    """An element of XML."""

    tag: str
    attributes: dict[str, str]
    line: int
    parts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def all(self, tag: str) -> list[Node]:
        """Return the children of a name."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> Node | None:
        """Return the first child of a name: Moodle looks at no other."""
        return next((child for child in self.children if child.tag == tag), None)

    def has(self, tag: str) -> bool:
        """Say whether there is a child of a name."""
        return self.first(tag) is not None

    @property
    def content(self) -> str:
        """The text, without blanks around it, as Moodle reads it."""
        return "".join(self.parts).strip(BLANKS)


class EntryBuilder:
    """What the parser tells of a file; hands on each question when it ends, and forgets it."""

    def __init__(self, limits: Limits, done: Callable[[Node], None]) -> None:
        self.limits, self.done = limits, done
        # The parser knows on which line it is, and is made after this.
        self.line: Callable[[], int] = lambda: 0
        self.stack: list[Node] = []
        self.depth = self.elements = self.of_entry = self.entries = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self.depth += 1
        self.elements += 1
        self.of_entry += 1
        self._check(tag)
        if self.depth == 2:
            self.of_entry = 0
            self.entries += tag == "question"
        if self.depth >= 2:
            node = Node(tag, attributes, self.line())
            if self.stack:
                self.stack[-1].children.append(node)
            self.stack.append(node)

    def _check(self, tag: str) -> None:
        problem: Problem | None = None
        if self.depth == 1 and tag != "quiz":
            problem = Problem.NOT_MOODLE
        elif self.depth > self.limits.depth:
            problem = Problem.TOO_DEEP
        elif self.elements > self.limits.elements or self.of_entry > self.limits.elements_of_an_entry:
            problem = Problem.TOO_MANY_ELEMENTS
        elif self.depth == 2 and self.entries >= self.limits.entries:
            problem = Problem.TOO_MANY_ENTRIES
        if problem:
            raise TooMuch(self.line(), problem, tag)

    def data(self, text: str) -> None:
        """Take text; that between questions says nothing."""
        if self.stack:
            self.stack[-1].parts.append(text)

    def end(self, tag: str) -> None:
        """Close an element."""
        self.depth -= 1
        if self.stack:
            node = self.stack.pop()
            if not self.stack and tag == "question":
                self.done(node)

    def close(self) -> None:
        """Nothing is left to do at the end."""
