"""A bank of questions: its front matter, then a section a question."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from academy.standards.content_pack.blocks import Ref
from academy.standards.content_pack.documents import Item, Option, SkillRef
from academy.standards.content_pack.fields import LEVELS
from academy.standards.content_pack.report import Report

KINDS = ("single_choice", "multiple_choice")
KEYS = ("kind", "skill", "play", "lesson")
NEEDED = ("kind", "skill")
# More than a reader can weigh; far fewer are better.
MOST_OPTIONS = 12

HEADING = re.compile(r"^##\s+(?P<code>\S.*?)\s*$")
CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")
KEY = re.compile(r"^(?P<key>[A-Za-z_]+):\s*(?P<value>.*?)\s*$")
OPTION = re.compile(r"^- \[(?P<mark>.?)\]\s*(?P<text>.*?)\s*$")
FEEDBACK = re.compile(r"^\s+>\s?(?P<text>.*?)\s*$")
WHY = re.compile(r"^Why:\s*(?P<text>.*?)\s*$")
TAG = re.compile(r"</?[A-Za-z!][^>]*>?")


@dataclass(kw_only=True, slots=True)
class _Option:
    """An option while its lines are read."""

    line: int
    correct: bool
    text: list[str]
    feedback: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class _Section:
    """A question while its lines are read. ``part`` is the part that the next line belongs to."""

    code: str
    line: int
    part: str = "keys"
    keys: dict[str, Ref] = field(default_factory=dict)
    stem: list[str] = field(default_factory=list)
    options: list[_Option] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def read_items(text: str, *, first_line: int, report: Report) -> tuple[tuple[Item, ...], tuple[Ref, ...]]:
    """Return the questions that could be read and the codes of all."""
    sections: list[_Section] = []
    for number, line in enumerate(text.split("\n"), start=first_line):
        if TAG.search(line):
            report.add(number, "HTML is not allowed in a question: write plain text.")
        heading = HEADING.match(line)
        if heading:
            sections.append(_Section(code=heading["code"], line=number))
        elif sections:
            _take(line, number, sections[-1], report)
        elif line.strip():
            report.add(number, "A bank holds questions alone: start each with “## CODE”.")
    if not sections:
        report.add(first_line, "The bank is empty: write a question, starting with “## CODE”.")
    items = [item for section in sections if (item := _item(section, report))]
    return tuple(items), tuple(Ref(code=section.code, line=section.line) for section in sections)


def _take(line: str, number: int, section: _Section, report: Report) -> None:
    """Put one line where it belongs."""
    option, feedback, why = OPTION.match(line), FEEDBACK.match(line), WHY.match(line)
    if why:
        section.part = "why"
        section.why.append(why["text"])
    elif option:
        section.part = "options"
        if option["mark"] not in {"x", " "}:
            report.add(number, "An option starts with “- [x]” when it is right and “- [ ]” when it is wrong.")
        section.options.append(_Option(line=number, correct=option["mark"] == "x", text=[option["text"]]))
    elif section.part == "options" and line.strip():
        _take_below_option(line, number, section.options[-1], feedback, report)
    elif section.part == "keys":
        _take_key(line, number, section, report)
    elif section.part == "stem":
        section.stem.append(line.strip())
    elif section.part == "why" and line.strip():
        section.why.append(line.strip())


def _take_below_option(line: str, number: int, option: _Option, feedback: re.Match[str] | None, report: Report) -> None:
    if feedback:
        option.feedback.append(feedback["text"])
    elif line.startswith("  ") and not option.feedback:
        option.text.append(line.strip())
    else:
        report.add(number, "After the options comes “Why: …”; feedback stands below its option after “  > ”.")


def _take_key(line: str, number: int, section: _Section, report: Report) -> None:
    key = KEY.match(line)
    if not line.strip():
        section.part = "stem" if section.keys else "keys"
    elif not key:
        section.part = "stem"
        section.stem.append(line.strip())
    elif key["key"] not in KEYS:
        report.add(number, f"A question has no key “{key['key']}”: use {', '.join(KEYS)}, then an empty line.")
    elif key["key"] in section.keys:
        report.add(number, f"“{key['key']}” is written twice: keep one.")
    else:
        section.keys[key["key"]] = Ref(code=key["value"], line=number)


def _item(section: _Section, report: Report) -> Item | None:
    """Return the question, or None after saying what is wrong with it."""
    before = len(report.problems)
    if not CODE.match(section.code):
        report.add(section.line, f"“{section.code}” is no code: use letters, digits and hyphens, 60 at most.")
    for key in NEEDED:
        if not section.keys.get(key, Ref(code="", line=0)).code:
            report.add(section.line, f"{section.code} has no “{key}”: write it on a line below the code.")
    kind = section.keys.get("kind")
    if kind and kind.code not in KINDS:
        report.add(kind.line, f"“{kind.code}” is no kind of question: use {' or '.join(KINDS)}.")
    skill = _skill(section, report)
    stem = "\n".join(section.stem).strip()
    if not stem:
        report.add(section.line, f"{section.code} asks nothing: write the question above its options.")
    if not " ".join(section.why).strip():
        report.add(section.line, f"{section.code} has no explanation: end it with “Why: …”.")
    options = _options(section, report)
    if len(report.problems) > before or not kind or not skill:
        return None
    return Item(
        code=section.code,
        line=section.line,
        kind=kind.code,
        skill=skill,
        play=section.keys.get("play"),
        lesson=section.keys.get("lesson"),
        stem=_paragraphs(stem),
        options=options,
        explanation=" ".join(section.why).strip(),
    )


def _skill(section: _Section, report: Report) -> SkillRef | None:
    ref = section.keys.get("skill")
    if not ref or not ref.code:
        return None
    code, _, level = ref.code.partition(" ")
    if level.strip() not in LEVELS:
        report.add(ref.line, f"Write the skill’s code and a level, one of {', '.join(LEVELS)}: “skill: code level”.")
        return None
    return SkillRef(code=code, level=level.strip(), line=ref.line)


def _options(section: _Section, report: Report) -> tuple[Option, ...]:
    """Return the options; report what would make them no question."""
    code = section.code
    if len(section.options) < 2:
        report.add(section.line, f"{code} has too few options: give two or more, each after “- [x]” or “- [ ]”.")
    if len(section.options) > MOST_OPTIONS:
        report.add(section.line, f"{code} has {len(section.options)} options: {MOST_OPTIONS} is the most.")
    texts = Counter(" ".join(option.text).strip() for option in section.options)
    for option in section.options:
        text = " ".join(option.text).strip()
        if not text:
            report.add(option.line, f"This option of {code} has no text: write it.")
        elif texts[text] > 1:
            report.add(option.line, f"Another option of {code} says the same: make them differ.")
        if not " ".join(option.feedback).strip():
            report.add(option.line, f"This option of {code} has no feedback: say why, below it, after “  > ”.")
    right = sum(option.correct for option in section.options)
    if section.options and not right:
        report.add(section.line, f"{code} has no right option: mark it with “- [x]”.")
    kind = section.keys.get("kind")
    if kind and kind.code == "single_choice" and right > 1:
        report.add(section.line, f"{code} has {right} right options: mark one, or make it a multiple_choice.")
    return tuple(
        Option(
            text=" ".join(option.text).strip(),
            correct=option.correct,
            feedback=" ".join(option.feedback).strip(),
        )
        for option in section.options
    )


def _paragraphs(text: str) -> str:
    """Join the lines of each paragraph; an empty line parts them."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
