"""From the bytes of a file to its entries, or to why it could not be read."""

from __future__ import annotations

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from academy.standards.moodle_xml.elements import Elements
from academy.standards.moodle_xml.errors import Finding, Problem
from academy.standards.moodle_xml.limits import MEGABYTE, Limits
from academy.standards.moodle_xml.model import Document, Entry
from academy.standards.moodle_xml.nodes import EntryBuilder, Node, TooMuch

OURS = Limits()


def read_moodle_xml(data: bytes, *, limits: Limits = OURS) -> Document:
    """Read a file. Whatever it holds, nothing is raised."""
    if len(data) > limits.bytes:
        return _refused(0, Problem.TOO_BIG, str(limits.bytes // MEGABYTE))
    entries: list[Entry] = []
    elements = Elements(limits)

    def take(node: Node) -> None:
        entries.append(elements.entry(node))

    builder = EntryBuilder(limits, take)
    try:
        _parse(data, builder)
    except TooMuch as error:
        return _refused(error.line, error.problem, error.value)
    except DefusedXmlException:
        return _refused(0, Problem.HAS_DTD)
    except ParseError as error:
        return _refused(error.position[0], Problem.NOT_XML, str(error))
    except (LookupError, ValueError) as error:
        # An encoding that Python does not know, or one that is no encoding of text.
        return _refused(1, Problem.UNKNOWN_ENCODING, str(error))
    return Document(entries=tuple(entries)) if entries else _refused(0, Problem.NO_ENTRIES)


def _parse(data: bytes, builder: EntryBuilder) -> None:
    parser = XMLParser(target=builder, forbid_dtd=True)
    builder.line = lambda: int(parser.parser.CurrentLineNumber)
    parser.feed(data)
    parser.close()


def _refused(line: int, problem: Problem, value: str = "") -> Document:
    return Document(finding=Finding(line=line, problem=problem, value=value))
