"""From bytes to questions. A question that cannot be read leaves its findings in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from string import ascii_uppercase

from academy.standards.aiken.model import AikenFile, AikenQuestion, Entry, Fault, Finding
from academy.standards.text_file import MEGABYTE, decode, lines, strange_character

MOST_MEGABYTES = 20
MOST_QUESTIONS = 20_000
MOST_LINES = 10_000
_OPTION = re.compile(r"([A-Z])[.)](.*)", re.DOTALL)
_ANSWER = re.compile(r"ANSWER:(.*)", re.DOTALL)
_ANSWER_IN_ANY_CASE = re.compile(r"ANSWER:(\s*[A-Z][.)]?)", re.IGNORECASE)
_ONE_LETTER = re.compile(r"[A-Za-z][.)]?")
_SEVERAL = re.compile(r"[A-Z]{2,26}|[A-Z]\b.{0,40}\b[A-Z]")


def read_aiken(data: bytes, *, most_bytes: int = MOST_MEGABYTES * MEGABYTE) -> AikenFile:
    """Read the contents of a file. Never raises for what it holds."""
    if len(data) > most_bytes:
        return AikenFile(finding=Finding(fault=Fault.TOO_BIG, values=(str(MOST_MEGABYTES),)))
    text = decode(data)
    if text is None:
        return AikenFile(finding=Finding(fault=Fault.NOT_TEXT))
    entries: list[Entry] = []
    draft = _Draft()
    for number, line in lines(text):
        if draft.is_over(line):
            entries.append(draft.entry())
            draft = _Draft()
        if len(entries) == MOST_QUESTIONS and (line or draft.line):
            return AikenFile(finding=Finding(fault=Fault.TOO_MANY_QUESTIONS, values=(str(MOST_QUESTIONS),)))
        draft.add(number, line)
    if draft.line:
        entries.append(draft.entry())
    return AikenFile(entries=tuple(entries))


@dataclass(kw_only=True, slots=True)
class _Draft:
    """A question while its lines come in."""

    line: int = 0
    text: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    answer: str | None = None
    # The last line was blank: what is no option and no answer then begins another question.
    apart: bool = False
    count: int = 0
    findings: list[Finding] = field(default_factory=list)

    def is_over(self, line: str) -> bool:
        """Whether ``line`` belongs to the next question."""
        if self.answer is not None:
            return bool(line)
        return bool(line) and self.apart and not _OPTION.match(line) and _answer_in(line, self.options) is None

    def add(self, number: int, line: str) -> None:
        if not line:
            self.apart = bool(self.line)
            return
        self.apart = False
        self.line = self.line or number
        self.count += 1
        if character := strange_character(line):
            self._find(Fault.STRANGE_CHARACTER, f"U+{ord(character):04X}")
        answer = _answer_in(line, self.options)
        option = _OPTION.match(line)
        if answer is not None:
            self.answer = answer
        elif option:
            self._add_option(option.group(1), option.group(2).strip())
        elif self.count > MOST_LINES:
            self._find(Fault.TOO_LONG, str(MOST_LINES))
        else:
            (self.options[-1] if self.options else self.text).append(line)

    def _add_option(self, letter: str, text: str) -> None:
        expected = ascii_uppercase[len(self.options) : len(self.options) + 1]
        if letter != expected:
            self._find(Fault.OUT_OF_ORDER, letter, expected or ascii_uppercase[-1])
        if len(self.options) < len(ascii_uppercase):
            self.options.append([text] if text else [])

    def _find(self, fault: Fault, *values: str) -> None:
        # The first of each kind says enough.
        if all(finding.fault != fault for finding in self.findings):
            self.findings.append(Finding(fault=fault, values=values))

    def entry(self) -> Entry:
        options = tuple("\n".join(option) for option in self.options)
        if not self.text:
            self._find(Fault.NO_TEXT)
        if len(options) < 2:
            self._find(Fault.TOO_FEW_OPTIONS)
        for letter, option in zip(ascii_uppercase, options, strict=False):
            if not option:
                self._find(Fault.EMPTY_OPTION, letter)
        right = self._right(len(options))
        if self.findings or right is None:
            return Entry(line=self.line, said=tuple(self.findings))
        return Entry(line=self.line, said=AikenQuestion(text="\n".join(self.text), options=options, right=right))

    def _right(self, options: int) -> int | None:
        answer = (self.answer or "").strip()
        if not answer:
            self._find(Fault.NO_ANSWER)
        elif not _ONE_LETTER.fullmatch(answer):
            self._find(Fault.SEVERAL_ANSWERS if _SEVERAL.fullmatch(answer) else Fault.NOT_AN_ANSWER, answer[:60])
        elif (place := ascii_uppercase.index(answer[0].upper())) >= options:
            self._find(Fault.UNKNOWN_ANSWER, answer[0])
        else:
            return place
        return None


def _answer_in(line: str, options: list[list[str]]) -> str | None:
    """Return what stands after ``ANSWER:``. In small letters the word counts only where an answer is due."""
    found = _ANSWER.fullmatch(line) or (_ANSWER_IN_ANY_CASE.fullmatch(line) if options else None)
    return found.group(1) if found else None
