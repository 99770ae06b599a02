"""From bytes to questions. A question that cannot be read leaves a finding in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from academy.standards.gift.answers import read_answers
from academy.standards.gift.escapes import mask, read_text, unmask
from academy.standards.gift.labels import CATEGORY, read_category, read_labels
from academy.standards.gift.model import (
    NO_TEXT,
    Answers,
    Broken,
    Description,
    Entry,
    Fault,
    Finding,
    GiftFile,
    GiftQuestion,
    Markup,
    Text,
)
from academy.standards.text_file import BLANKS, MEGABYTE, decode, lines, strange_character

MOST_MEGABYTES = 20
MOST_QUESTIONS = 20_000
MOST_LINES = 10_000
LONGEST_ASKED = 1_000
GENERAL = "####"
GAP = "_____"


def read_gift(data: bytes, *, most_bytes: int = MOST_MEGABYTES * MEGABYTE) -> GiftFile:
    """Read the contents of a file. Never raises for what it holds."""
    if len(data) > most_bytes:
        return GiftFile(finding=Finding(fault=Fault.TOO_BIG, values=(str(MOST_MEGABYTES),)))
    text = decode(data)
    if text is None:
        return GiftFile(finding=Finding(fault=Fault.NOT_TEXT))
    entries: list[Entry] = []
    category: tuple[str, ...] = ()
    for block in _blocks(text):
        if block.category is not None:
            category = read_category(block.category)
        if block.lines:
            if len(entries) == MOST_QUESTIONS:
                return GiftFile(finding=Finding(fault=Fault.TOO_MANY_QUESTIONS, values=(str(MOST_QUESTIONS),)))
            entries.append(_entry(block, category))
    return GiftFile(entries=tuple(entries))


@dataclass(kw_only=True, slots=True)
class _Block:
    """Lines up to a blank one; ``line`` is the number of the first that is no comment."""

    line: int = 0
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    category: str | None = None
    cut: bool = False

    def add(self, number: int, line: str) -> None:
        if line.startswith("//"):
            # Only labels are looked for, and a file of nothing but comments should fill no memory.
            if "[" in line and len(self.comments) < MOST_LINES:
                self.comments.append(line)
        elif line.startswith(CATEGORY) and not self.lines:
            self.category = line.removeprefix(CATEGORY)
        elif len(self.lines) == MOST_LINES:
            self.cut = True
        else:
            self.line = self.line or number
            self.lines.append(line)


def _blocks(text: str) -> Iterator[_Block]:
    block = _Block()
    for number, line in lines(text):
        if line:
            block.add(number, line)
        elif block != _Block():
            yield block
            block = _Block()
    yield block


def _entry(block: _Block, category: tuple[str, ...]) -> Entry:
    name, masked = _name(mask("\n".join(block.lines)))
    code, tags = read_labels(block.comments)
    try:
        _refuse_what_is_no_text(block)
        stem, answers, general = _question(masked)
    except Broken as broken:
        return Entry(line=block.line, name=name or code, said=broken.finding, asked=_asked(masked))
    question = GiftQuestion(
        stem=stem, answers=answers, name=name, code=code, tags=tags, category=category, general=general
    )
    return Entry(line=block.line, name=name or code, said=question, asked=question.stem)


def _asked(masked: str) -> Text:
    """Return what stands before the braces of a question that cannot be read."""
    before, brace, _after = masked.partition("{")
    return read_text(before[:LONGEST_ASKED], Markup.MOODLE) if brace else NO_TEXT


def _refuse_what_is_no_text(block: _Block) -> None:
    if block.cut:
        raise Broken(Fault.TOO_LONG, str(MOST_LINES))
    for line in (*block.lines, *block.comments):
        if character := strange_character(line):
            raise Broken(Fault.STRANGE_CHARACTER, f"U+{ord(character):04X}")


def _name(masked: str) -> tuple[str, str]:
    if not masked.startswith("::"):
        return "", masked
    end = masked.find("::", 2)
    # Without an end there is no name, and Moodle goes on with what follows.
    return ("", masked[2:]) if end == -1 else (unmask(masked[2:end]), masked[end + 2 :])


def _question(masked: str) -> tuple[Text, Answers, Text]:
    masked = masked.strip(BLANKS)
    start, end = masked.find("{"), masked.find("}")
    if start == end == -1:
        return _stem(masked), Description(), NO_TEXT
    if start == -1 or -1 < end < start:
        raise Broken(Fault.CLOSE_BRACE)
    if end == -1:
        raise Broken(Fault.OPEN_BRACE)
    before, inner, after = masked[:start], masked[start + 1 : end], masked[end + 1 :]
    if "{" in inner or "{" in after or "}" in after:
        raise Broken(Fault.MORE_BRACES)
    stem = _stem(before + GAP + after if after else before)
    inner, separator, general = inner.rpartition(GENERAL) if GENERAL in inner else (inner, "", "")
    return stem, read_answers(inner, stem.markup), read_text(general, stem.markup) if separator else NO_TEXT


def _stem(masked: str) -> Text:
    stem = read_text(masked, Markup.MOODLE)
    if not stem.text:
        raise Broken(Fault.NO_STEM)
    return stem
