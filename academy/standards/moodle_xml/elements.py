"""From the small tree of a question to its dataclasses."""

from __future__ import annotations

import base64
import binascii

from academy.standards.moodle_xml.errors import FileFault
from academy.standards.moodle_xml.limits import Limits
from academy.standards.moodle_xml.model import (
    Answer,
    Category,
    Entry,
    File,
    Hint,
    Item,
    Subquestion,
    Text,
    Unit,
    Word,
)
from academy.standards.moodle_xml.nodes import Node

# The elements of a question that are more than one word.
STRUCTURES = frozenset({
    "name", "questiontext", "generalfeedback", "correctfeedback", "partiallycorrectfeedback", "incorrectfeedback",
    "graderinfo", "responsetemplate", "instructions", "answer", "subquestion", "units", "selectoption", "dragbox",
    "hint", "tags", "coursetags",
})  # fmt: skip
# What stands beside the text in an element that has one; any other element there is markup of the text.
BESIDE = frozenset({
    "text", "file", "feedback", "answer", "tolerance", "fraction", "shownumcorrect", "clearwrong", "options",
    "hintcontent", "statenumberofcorrectresponses", "clearincorrectresponses", "showfeedbacktoresponses",
    "tolerancetype", "correctanswerformat", "correctanswerlength",
})  # fmt: skip
NOTHING = Node("", {}, 0)


class Elements:
    """Reads entries one after the other, and counts what their files weigh together."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.weight = limits, 0

    def entry(self, node: Node) -> Entry:
        """Read a question, or a category, which is written as one."""
        kind = node.attributes.get("type", "").strip()
        return self._category(node) if kind == "category" else self._item(node, kind)

    def _category(self, node: Node) -> Category:
        return Category(
            path=_words(node.first("category")),
            info=self._text(node.first("info")),
            idnumber=_words(node.first("idnumber")),
            line=node.line,
        )

    def _item(self, node: Node, kind: str) -> Item:
        return Item(
            type=kind,
            line=node.line,
            name=_words(node.first("name")),
            text=self._text(node.first("questiontext")),
            general_feedback=self._text(node.first("generalfeedback")),
            correct=self._text(node.first("correctfeedback")),
            partly=self._text(node.first("partiallycorrectfeedback")),
            incorrect=self._text(node.first("incorrectfeedback")),
            grader_info=self._text(node.first("graderinfo")),
            response_template=self._text(node.first("responsetemplate")),
            instructions=self._text(node.first("instructions")),
            answers=tuple(self._answer(one) for one in node.all("answer")),
            subquestions=tuple(self._subquestion(one) for one in node.all("subquestion")),
            units=tuple(_unit(one) for one in (node.first("units") or NOTHING).all("unit")),
            words=tuple(_word(one) for one in (*node.all("selectoption"), *node.all("dragbox"))),
            hints=tuple(self._hint(one) for one in node.all("hint")),
            tags=_tags(node),
            settings=_settings(node),
            strange=tuple(
                dict.fromkeys(one.tag for one in node.children if one.tag not in STRUCTURES and one.children)
            ),
        )

    def _answer(self, node: Node) -> Answer:
        return Answer(
            text=self._text(node),
            fraction=node.attributes.get("fraction", "0"),
            feedback=self._text(node.first("feedback")),
            tolerance=_words(node.first("tolerance")),
        )

    def _subquestion(self, node: Node) -> Subquestion:
        return Subquestion(stem=self._text(node), answer=_words(node.first("answer")))

    def _hint(self, node: Node) -> Hint:
        old = node.first("hintcontent")
        if old is None:
            counts, clears = node.has("shownumcorrect"), node.has("clearwrong")
            return Hint(text=self._text(node), show_count=counts, clear_wrong=clears)
        return Hint(
            text=self._text(old),
            show_count=_words(node.first("statenumberofcorrectresponses")) == "1",
            clear_wrong=_words(node.first("clearincorrectresponses")) == "1",
        )

    def _text(self, node: Node | None) -> Text:
        if node is None:
            return Text()
        inner = node.first("text")
        return Text(
            text=_words(node),
            format=node.attributes.get("format", "").strip(),
            files=tuple(self._file(one) for one in node.all("file")),
            markup=bool(inner and inner.children) or any(child.tag not in BESIDE for child in node.children),
        )

    def _file(self, node: Node) -> File:
        name = node.attributes.get("name", "").strip()
        path = node.attributes.get("path", "/").strip() or "/"
        packed = "".join("".join(node.parts).split())
        fault: FileFault | None = None
        data = b""
        if len(packed) // 4 * 3 > self.limits.file_bytes + 2:
            fault = FileFault.TOO_BIG
        elif len(packed) // 4 * 3 + self.weight > self.limits.all_files_bytes:
            fault = FileFault.TOO_MUCH
        else:
            try:
                data = base64.b64decode(packed, validate=True)
            except (binascii.Error, ValueError):
                fault = FileFault.NOT_BASE64
        self.weight += len(data)
        return File(name=name, path=path, data=data, fault=fault)


def _words(node: Node | None) -> str:
    """Return the text inside ``text``, or directly in the element, as old exports have it."""
    if node is None:
        return ""
    inner = node.first("text")
    return node.content if inner is None else inner.content


def _unit(node: Node) -> Unit:
    multiplier = node.first("multiplier")
    return Unit(name=_words(node.first("unit_name")), multiplier="1" if multiplier is None else multiplier.content)


def _word(node: Node) -> Word:
    return Word(text=_words(node), group=_words(node.first("group")) or "1", infinite=node.has("infinite"))


def _tags(node: Node) -> tuple[str, ...]:
    groups = (*node.all("tags"), *node.all("coursetags"))
    words = (_words(tag) for group in groups for tag in group.all("tag"))
    return tuple(dict.fromkeys(word for word in words if word))


def _settings(node: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in node.children:
        if child.tag not in STRUCTURES and not child.children:
            found.setdefault(child.tag, child.content)
    return found
