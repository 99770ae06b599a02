"""The frameworks of the content pack: files of facts, and folders of Markdown with texts of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from academy.exchange.framework_facts import read_facts
from academy.exchange.framework_fields import FrameworkFields
from academy.exchange.slugs import slugs_for
from academy.framework.api import (
    FamilySource,
    FrameworkSource,
    LevelSource,
    Proficiency,
    RoleSource,
    SkillLevelSource,
    SkillSource,
)
from academy.lib.problems import Problem
from academy.standards.content_pack.fields import SLUG
from academy.standards.content_pack.files import read_text
from academy.standards.content_pack.front_matter import read_front_matter
from academy.standards.content_pack.report import Report

SOURCE_LANGUAGE = "en"
FOLDER = "framework"
HEADINGS = {level.name.capitalize(): level for level in Proficiency}
BULLET = re.compile(r"^[-*]\s+(?P<text>\S.*)$")
MOST_LINES = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class PackFrameworks:
    """``sources`` are whole only when there are no ``problems``."""

    sources: tuple[FrameworkSource, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _RoleFile:
    family: str
    order: int
    role: RoleSource
    # Where each level names each skill, for a message about one that does not exist.
    lines: tuple[tuple[str, int], ...]
    file: str


def read_frameworks(*, root: Path) -> PackFrameworks:
    """Read ``framework/*.csv`` and ``en/framework/*/`` below ``root``. File names in problems are relative to it."""
    sources: list[FrameworkSource] = []
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).glob("*.csv")):
        report = Report(path.relative_to(root).as_posix())
        facts = read_facts(path, report=report)
        sources += [facts] if facts else []
        problems += report.problems
    for folder in sorted((root / SOURCE_LANGUAGE / FOLDER).glob("*/")):
        source, found = _read_folder(folder, root)
        sources += [source] if source else []
        problems += found
    problems += _repeated(sources)
    return PackFrameworks(
        sources=tuple(sorted(sources, key=lambda source: (source.position, source.code))), problems=tuple(problems)
    )


def _repeated(sources: list[FrameworkSource]) -> Iterator[Problem]:
    codes = [source.code for source in sources]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        message = f"The framework “{code}” is in the pack twice: keep one."
        yield Problem(file=FOLDER, line=0, message=message)


def _read_folder(folder: Path, root: Path) -> tuple[FrameworkSource | None, list[Problem]]:
    """Read one framework: its index, its skills and its roles."""
    reports: list[Report] = []

    def opened(path: Path, kind: str) -> FrameworkFields | None:
        report = Report(path.relative_to(root).as_posix())
        reports.append(report)
        return _open(path, kind=kind, report=report)

    index = opened(folder / "index.md", "framework")
    head = _read_index(index) if index else None
    skills = [
        _read_skill(fields, slug=path.stem)
        for path in sorted((folder / "skills").glob("*.md"))
        if (fields := opened(path, "skill"))
    ]
    roles = [
        _read_role(fields, slug=path.stem)
        for path in sorted((folder / "roles").glob("*.md"))
        if (fields := opened(path, "role"))
    ]
    problems = [problem for report in reports for problem in report.problems]
    problems += _unknown_skills(roles, {skill.slug for skill in skills})
    if problems or head is None:
        return None, problems
    return replace(head, skills=tuple(skills), families=_families(roles)), []


def _open(path: Path, *, kind: str, report: Report) -> FrameworkFields | None:
    if not path.is_file():
        report.add(0, f"The file is missing: write it, with “type: {kind}”.")
        return None
    if not SLUG.match(path.stem):
        report.add(0, "The file’s name is its code: use small letters, digits and hyphens.")
    text = read_text(path, report)
    front = read_front_matter(text, report) if text is not None else None
    if front is None:
        return None
    if front.values.get("type") != kind:
        report.add(front.line("type"), f"Here stands a {kind}: write “type: {kind}”.")
        return None
    return FrameworkFields(front, report)


def _read_index(fields: FrameworkFields) -> FrameworkSource | None:
    head = fields.framework()
    fields.finish()
    if fields.front.body.strip():
        fields.report.add(fields.front.body_line, "No page shows a text here: say it in “summary”.")
    return head


def _read_skill(fields: FrameworkFields, *, slug: str) -> SkillSource:
    name, summary = fields.text("title", longest=200), fields.text("summary", longest=200)
    fields.finish()
    texts: dict[Proficiency, list[str]] = {}
    level: Proficiency | None = None
    for line, text in enumerate(fields.front.body.split("\n"), start=fields.front.body_line):
        if text.startswith("#"):
            level = _heading(text, line, fields, texts)
        elif text.strip():
            bullet = BULLET.match(text.strip())
            if level is None or bullet is None:
                fields.report.add(line, "Only lists stand here, below “## Awareness” and the like: start with “- ”.")
            else:
                texts[level].append(bullet["text"])
    for each in Proficiency:
        if not 1 <= len(texts.get(each, ())) <= MOST_LINES:
            heading = f"## {each.name.capitalize()}"
            fields.report.add(0, f"“{heading}” needs one to {MOST_LINES} lines that start with “- ”.")
    return SkillSource(
        slug=slug,
        name=name,
        summary=summary,
        levels=tuple(
            SkillLevelSource(proficiency=each, text="\n".join(texts[each])) for each in Proficiency if texts.get(each)
        ),
    )


def _heading(text: str, line: int, fields: FrameworkFields, texts: dict[Proficiency, list[str]]) -> Proficiency | None:
    title = text.removeprefix("## ").strip()
    level = HEADINGS.get(title) if text.startswith("## ") else None
    if level is None:
        fields.report.add(line, f"“{text}” is no heading of a skill: use ## with one of {', '.join(HEADINGS)}.")
    elif level in texts:
        fields.report.add(line, f"“## {title}” stands here twice: keep one.")
    else:
        texts[level] = []
    return level if level in texts else None


def _read_role(fields: FrameworkFields, *, slug: str) -> _RoleFile:
    name, summary = fields.text("title", longest=200), fields.text("summary", longest=200)
    family, order = fields.text("family", longest=200), fields.number("order", least=1, most=1000)
    levels: list[LevelSource] = []
    lines: list[tuple[str, int]] = []
    for rank, part in enumerate(fields.parts("levels"), start=1):
        level = LevelSource(
            slug=part.slug("code", longest=100),
            name=part.text("title", longest=200),
            summary=part.text("summary", longest=400),
            rank=rank,
            requirements=part.needs("needs"),
        )
        part.finish()
        if level.slug in {other.slug for other in levels}:
            part.report.add(part.line("code"), f"“{level.slug}” is the code of two levels: give each its own.")
        levels.append(level)
        lines += [(need.skill, part.front.line("needs", need.skill)) for need in level.requirements]
    fields.finish()
    role = RoleSource(
        slug=slug, name=name, summary=summary, description=_paragraphs(fields.front.body), levels=tuple(levels)
    )
    return _RoleFile(family=family, order=order, role=role, lines=tuple(lines), file=fields.report.file)


def _paragraphs(body: str) -> str:
    """Undo the wrapping of lines: one line a paragraph, an empty one between."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", body.strip()) if part.strip())


def _unknown_skills(roles: list[_RoleFile], known: set[str]) -> Iterator[Problem]:
    for role in roles:
        for skill, line in role.lines:
            if skill not in known:
                message = f"There is no skill “{skill}” in this framework: add skills/{skill}.md or mend the code."
                yield Problem(file=role.file, line=line, message=message)


def _families(roles: list[_RoleFile]) -> tuple[FamilySource, ...]:
    """Families in the order of their first role."""
    ordered = sorted(roles, key=lambda each: (each.order, each.role.slug))
    slugs = slugs_for((each.family for each in ordered), longest=100)
    return tuple(
        FamilySource(slug=slug, name=name, roles=tuple(each.role for each in ordered if each.family == name))
        for name, slug in slugs.items()
    )
