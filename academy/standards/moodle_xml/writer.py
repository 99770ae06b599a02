"""From entries to the bytes of a file, laid out as Moodle does it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from academy.standards.moodle_xml.model import Answer, Category, Entry, File, Hint, Item, Text, Word

# What XML 1.0 cannot hold, not even escaped.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WORDS_OF = {"gapselect": "selectoption", "ddwtos": "dragbox"}


def forbidden(text: str) -> bool:
    """Say whether a text has a character that XML has no way to hold."""
    return FORBIDDEN.search(text) is not None


def write_moodle_xml(entries: Sequence[Entry]) -> bytes:
    """Return a file. Characters that XML cannot hold are left out: ask :func:`forbidden` before."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for entry in entries:
        lines.extend(_category(entry) if isinstance(entry, Category) else _item(entry))
    return "\n".join([*lines, "</quiz>", ""]).encode()


def _category(entry: Category) -> Iterator[str]:
    yield '  <question type="category">'
    yield f"    <category><text>{_escaped(entry.path)}</text></category>"
    yield from _text("info", entry.info, 2)
    yield f"    <idnumber>{_escaped(entry.idnumber)}</idnumber>"
    yield "  </question>"


def _item(item: Item) -> Iterator[str]:
    yield f"  <question type={_attribute(item.type)}>"
    yield f"    <name><text>{_escaped(item.name)}</text></name>"
    yield from _text("questiontext", item.text, 2)
    yield from _text("generalfeedback", item.general_feedback, 2)
    for name, value in item.settings.items():
        yield f"    <{name}>{_escaped(value)}</{name}>"
    yield from _feedback_of_all(item)
    yield from _given(("graderinfo", item.grader_info), ("responsetemplate", item.response_template))
    for answer in item.answers:
        yield from _answer(answer)
    for subquestion in item.subquestions:
        yield from _opened("subquestion", subquestion.stem, 2)
        yield f"      <answer><text>{_escaped(subquestion.answer)}</text></answer>"
        yield "    </subquestion>"
    yield from _words(item.words, WORDS_OF.get(item.type, "selectoption"))
    yield from _units(item)
    for hint in item.hints:
        yield from _hint(hint)
    if item.tags:
        yield "    <tags>"
        yield from (f"      <tag><text>{_escaped(tag)}</text></tag>" for tag in item.tags)
        yield "    </tags>"
    yield "  </question>"


def _feedback_of_all(item: Item) -> Iterator[str]:
    yield from _given(
        ("correctfeedback", item.correct),
        ("partiallycorrectfeedback", item.partly),
        ("incorrectfeedback", item.incorrect),
    )


def _given(*texts: tuple[str, Text]) -> Iterator[str]:
    for name, text in texts:
        if text != Text():
            yield from _text(name, text, 2)


def _answer(answer: Answer) -> Iterator[str]:
    yield from _opened("answer", answer.text, 2, fraction=answer.fraction)
    yield from _text("feedback", answer.feedback, 3)
    if answer.tolerance:
        yield f"      <tolerance>{_escaped(answer.tolerance)}</tolerance>"
    yield "    </answer>"


def _words(words: Iterable[Word], tag: str) -> Iterator[str]:
    for word in words:
        yield f"    <{tag}>"
        yield f"      <text>{_escaped(word.text)}</text>"
        yield f"      <group>{_escaped(word.group)}</group>"
        if word.infinite:
            yield "      <infinite/>"
        yield f"    </{tag}>"


def _units(item: Item) -> Iterator[str]:
    if item.units:
        yield "    <units>"
        for unit in item.units:
            multiplier, name = _escaped(unit.multiplier), _escaped(unit.name)
            yield f"      <unit><multiplier>{multiplier}</multiplier><unit_name>{name}</unit_name></unit>"
        yield "    </units>"


def _hint(hint: Hint) -> Iterator[str]:
    yield from _opened("hint", hint.text, 2)
    if hint.show_count:
        yield "      <shownumcorrect/>"
    if hint.clear_wrong:
        yield "      <clearwrong/>"
    yield "    </hint>"


def _text(tag: str, text: Text, depth: int) -> Iterator[str]:
    yield from _opened(tag, text, depth)
    yield f"{'  ' * depth}</{tag}>"


def _opened(tag: str, text: Text, depth: int, **attributes: str) -> Iterator[str]:
    """Yield the start of an element that holds a text; its end is left to the caller."""
    named = {**attributes, **({"format": text.format} if text.format else {})}
    written = "".join(f" {name}={_attribute(value)}" for name, value in named.items())
    indent = "  " * depth
    yield f"{indent}<{tag}{written}>"
    yield f"{indent}  <text>{_escaped(text.text)}</text>"
    yield from (_file(file) for file in text.files)


def _file(file: File) -> str:
    named = f"name={_attribute(file.name)} path={_attribute(file.path)}"
    return f'<file {named} encoding="base64">{base64.b64encode(file.data).decode()}</file>'


def _attribute(value: str) -> str:
    return quoteattr(FORBIDDEN.sub("", value), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})


def _escaped(text: str) -> str:
    """Return markup in a section of its own, as Moodle does, so that people can read it; all else escaped."""
    text = FORBIDDEN.sub("", text)
    if "<" not in text:
        # A carriage return would become a line feed on reading.
        return escape(text, {"\r": "&#13;"})
    whole = text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
    return f"<![CDATA[{whole}]]>"
