"""XML as a tree of plain values: no parser's objects leave this package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Content = tuple["Element | str", ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its local name and its namespace; ``attributes`` in their order, ``xml:lang`` spelt so."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    content: Content = ()
    space: str = ""

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return next((value for key, value in self.attributes if key == name), default)

    @property
    def children(self) -> tuple[Element, ...]:
        """The elements within, without the text between them."""
        return tuple(one for one in self.content if isinstance(one, Element))

    def all(self, name: str) -> tuple[Element, ...]:
        """Return the elements within that have this name."""
        return tuple(one for one in self.children if one.name == name)

    def find(self, name: str) -> Element | None:
        """Return the first element within that has this name."""
        return next((one for one in self.children if one.name == name), None)

    def walk(self) -> Iterator[Element]:
        """Return this and every element below, in the order of the file."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))

    @property
    def text(self) -> str:
        """All text within, as it stands."""
        return "".join(_texts(self))


def _texts(element: Element) -> Iterator[str]:
    waiting: list[Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        else:
            waiting.extend(reversed(one.content))


def make(name: str, *content: Element | str, **attributes: str) -> Element:
    """Return an element; an attribute that is named like a word of Python ends with a line below."""
    return Element(name, tuple((key.rstrip("_"), value) for key, value in attributes.items()), tuple(content))
