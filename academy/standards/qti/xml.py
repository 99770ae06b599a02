"""XML of strangers in, and ours out. No document types, no entities, no depth without end."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from academy.standards.qti.faults import BadQti, Fault
from academy.standards.qti.tree import Element

MEGABYTE = 1024 * 1024
LARGEST = 2 * MEGABYTE
DEEPEST = 200
_XML_SPACE = "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 has no way to say.
UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Builder:
    """Takes what the parser meets. Its methods are named as the parser calls them."""

    def __init__(self) -> None:
        self.open: list[tuple[str, dict[str, str], list[Element | str]]] = []
        self.root: Element | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) >= DEEPEST:
            raise BadQti(Fault.TOO_DEEP, str(DEEPEST))
        self.open.append((tag, dict(attributes), []))

    def data(self, text: str) -> None:
        if not self.open:
            return
        content = self.open[-1][2]
        if content and isinstance(content[-1], str):
            content[-1] += text
        else:
            content.append(text)

    def end(self, tag: str) -> None:
        _, attributes, content = self.open.pop()
        space, name = _split(tag)
        named = tuple((_attribute(key), value) for key, value in attributes.items())
        element = Element(name, named, tuple(content), space)
        if self.open:
            self.open[-1][2].append(element)
        else:
            self.root = element

    def close(self) -> Element | None:
        return self.root


def _split(tag: str) -> tuple[str, str]:
    if tag.startswith("{"):
        space, _, name = tag[1:].partition("}")
        return space, name
    return "", tag


def _attribute(key: str) -> str:
    space, name = _split(key)
    if space == _XML_SPACE:
        return f"xml:{name}"
    return key


def parse(data: bytes, *, at_most: int = LARGEST) -> Element:
    """Return the root of a document. Raises BadQti."""
    if len(data) > at_most:
        raise BadQti(Fault.TOO_LARGE, str(at_most // MEGABYTE))
    parser: Any = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element | None = parser.close()
    except DefusedXmlException as error:
        raise BadQti(Fault.DECLARATIONS) from error
    except ParseError as error:
        raise BadQti(Fault.NOT_XML, str(error.position[0])) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise BadQti(Fault.NOT_XML, "1") from error
    if root is None:
        raise BadQti(Fault.NOT_XML, "1")
    return root


def sayable(text: str) -> str:
    """Return a text without what XML can't say."""
    return UNSAYABLE.sub("", text)


def serialize(root: Element) -> bytes:
    """Return a document. Names and prefixes are written as they are."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _serialize(root, parts)
    parts.append("\n")
    return "".join(parts).encode()


def _serialize(element: Element, parts: list[str]) -> None:
    named = "".join(f" {key}={_quoted(value)}" for key, value in element.attributes)
    if not element.content:
        parts.append(f"<{element.name}{named}/>")
        return
    parts.append(f"<{element.name}{named}>")
    for one in element.content:
        if isinstance(one, str):
            # A bare return would be read as a line feed.
            parts.append(escape(sayable(one), {"\r": "&#13;"}))
        else:
            _serialize(one, parts)
    parts.append(f"</{element.name}>")


def _quoted(value: str) -> str:
    return quoteattr(sayable(value), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
