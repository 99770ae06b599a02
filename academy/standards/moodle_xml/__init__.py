"""Questions as Moodle exports and imports them: one XML file of a question bank.

``read_moodle_xml(data)`` and ``write_moodle_xml(entries)`` are the whole of it: a file is a row of questions, and of
categories that hold for the questions after them. Values stay as the file words them; what they mean is not decided
here. ``cloze`` reads and writes the small questions that stand within the text of a cloze.
"""

from academy.standards.moodle_xml.errors import FileFault, Finding, Problem
from academy.standards.moodle_xml.limits import Limits
from academy.standards.moodle_xml.model import (
    Answer,
    Category,
    Document,
    Entry,
    File,
    Hint,
    Item,
    Subquestion,
    Text,
    Unit,
    Word,
)
from academy.standards.moodle_xml.reader import read_moodle_xml
from academy.standards.moodle_xml.writer import forbidden, write_moodle_xml

__all__ = [
    "Answer",
    "Category",
    "Document",
    "Entry",
    "File",
    "FileFault",
    "Finding",
    "Hint",
    "Item",
    "Limits",
    "Problem",
    "Subquestion",
    "Text",
    "Unit",
    "Word",
    "forbidden",
    "read_moodle_xml",
    "write_moodle_xml",
]
