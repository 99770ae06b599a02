"""From two files to a framework, or to a list of what is wrong, each with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from academy.standards.gdad.model import (
    LEVEL_WORDS,
    Finding,
    GdadFramework,
    GdadLevel,
    GdadRequirement,
    GdadRole,
    GdadSkill,
)
from academy.standards.gdad.ranks import order_levels
from academy.standards.gdad.table import Row, read_table
from academy.standards.gdad.text import PLACEHOLDER, ability_lines, clean_name, clean_text

ROLE_COLUMNS = (
    "Role Family",
    "Role",
    "Role Description",
    "Role Level",
    "Role Level Description",
    "Skill Name",
    "Skill Description",
    "Skill Level",
    "Skill Level Description",
)
SKILL_COLUMNS = ("Skill Name", "Skill Description", *LEVEL_WORDS)
NAMES = ("Role Family", "Role", "Role Level")
NAME_LENGTH = 200
_LEVELS = {word.casefold(): number for number, word in enumerate(LEVEL_WORDS, start=1)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """``framework`` is None when there are ``problems``. ``notes`` tell what was merged or let be."""

    framework: GdadFramework | None
    problems: tuple[Finding, ...]
    notes: tuple[Finding, ...]


def read_gdad(
    *, roles: bytes, skills: bytes, roles_name: str = "roles.csv", skills_name: str = "skills.csv"
) -> Reading:
    """Read the contents of both files. The names are what the findings call them. Never raises for what they hold."""
    skill_table = read_table(skills, file=skills_name, columns=SKILL_COLUMNS)
    role_table = read_table(roles, file=roles_name, columns=ROLE_COLUMNS)
    problems = [*role_table.problems, *skill_table.problems]
    if problems:
        return Reading(framework=None, problems=tuple(sorted(problems)), notes=())
    book = _SkillBook(file=skills_name)
    for row in skill_table.rows:
        book.add(row)
    sheet = _RoleSheet(file=roles_name, skills=book)
    for row in role_table.rows:
        sheet.add(row)
    problems = [*sheet.problems, *book.problems]
    notes = tuple(sorted([*sheet.notes, *book.notes]))
    if problems:
        return Reading(framework=None, problems=tuple(sorted(problems)), notes=notes)
    framework = GdadFramework(
        families=tuple(dict.fromkeys(role.family for role in sheet.roles.values())),
        roles=tuple(role.frozen() for role in sheet.roles.values()),
        skills=tuple(entry.skill for entry in book.entries.values()),
        rows=len(role_table.rows),
    )
    return Reading(framework=framework, problems=(), notes=notes)


@dataclass(kw_only=True, slots=True)
class _Findings:
    """Gathers what is seen in one file."""

    file: str
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def problem(self, row: Row, message: str) -> None:
        self.problems.append(Finding(file=self.file, line=row.line, message=message))

    def note(self, row: Row, message: str) -> None:
        self.notes.append(Finding(file=self.file, line=row.line, message=message))

    def lacks(self, row: Row, columns: Iterable[str]) -> bool:
        """Whether one of ``columns`` is empty in ``row``; each that is, is a problem."""
        empty = [name for name in columns if not clean_name(row.cells[name])]
        for name in empty:
            self.problem(row, f'"{name}" is empty. Fill it in, or remove the row.')
        return bool(empty)

    def exceeds(self, row: Row, columns: Iterable[str]) -> bool:
        """Whether a name in one of ``columns`` is too long to be one; each that is, is a problem."""
        lengths = {name: len(clean_name(row.cells[name])) for name in columns}
        for name, length in lengths.items():
            if length > NAME_LENGTH:
                self.problem(row, f'"{name}" has {length} characters: {NAME_LENGTH} is the most. Shorten it.')
        return max(lengths.values()) > NAME_LENGTH


@dataclass(kw_only=True, slots=True)
class _Entry:
    line: int
    skill: GdadSkill


@dataclass(kw_only=True, slots=True)
class _SkillBook(_Findings):
    """The file of skills: one row a skill."""

    entries: dict[str, _Entry] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        if self.lacks(row, ("Skill Name",)) or self.exceeds(row, ("Skill Name",)):
            return
        texts = ((number, ability_lines(row.cells[word])) for number, word in enumerate(LEVEL_WORDS, start=1))
        skill = GdadSkill(
            name=clean_name(row.cells["Skill Name"]),
            description=clean_text(row.cells["Skill Description"]),
            texts=tuple((number, text) for number, text in texts if text),
        )
        seen = self.entries.get(skill.name)
        if seen is None:
            self.entries[skill.name] = _Entry(line=row.line, skill=skill)
        elif seen.skill == skill:
            self.note(row, f'repeats the skill "{skill.name}" of line {seen.line}. Merged.')
        else:
            self.problem(row, f'"{skill.name}" is already on line {seen.line} with other texts. Keep one of them.')


@dataclass(kw_only=True, slots=True)
class _Level:
    name: str
    description: str
    needs: dict[str, GdadRequirement] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(kw_only=True, slots=True)
class _Role:
    name: str
    family: str
    description: str
    line: int
    levels: dict[str, _Level] = field(default_factory=dict)

    def frozen(self) -> GdadRole:
        totals = {name: sum(need.level or 0 for need in level.needs.values()) for name, level in self.levels.items()}
        return GdadRole(
            name=self.name,
            family=self.family,
            description=self.description,
            levels=tuple(
                GdadLevel(
                    name=name,
                    description=self.levels[name].description,
                    rank=rank,
                    requirements=tuple(self.levels[name].needs.values()),
                )
                for rank, name in enumerate(order_levels(totals), start=1)
            ),
        )


@dataclass(kw_only=True, slots=True)
class _RoleSheet(_Findings):
    """The file of roles: one row for each skill that a level of a role needs."""

    skills: _SkillBook
    roles: dict[str, _Role] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        if self.lacks(row, (*NAMES, "Skill Name", "Skill Level")) or self.exceeds(row, NAMES):
            return
        word = clean_name(row.cells["Skill Level"])
        number = _LEVELS.get(word.casefold())
        if number is None and word != PLACEHOLDER:
            self.problem(row, f'"{word}" is not a level of a skill. Use {", ".join(LEVEL_WORDS)} or {PLACEHOLDER}.')
            return
        need = GdadRequirement(skill=clean_name(row.cells["Skill Name"]), level=number)
        entry = self.skills.entries.get(need.skill)
        if entry is None:
            self.problem(row, f'needs the skill "{need.skill}", which {self.skills.file} does not have. Add it there.')
            return
        level = self._level_of(row)
        if level is not None:
            self._compare_text(row, entry, number)
            self._require(row, level, need)

    def _level_of(self, row: Row) -> _Level | None:
        name, family = clean_name(row.cells["Role"]), clean_name(row.cells["Role Family"])
        role = self.roles.setdefault(
            name,
            _Role(name=name, family=family, description=clean_text(row.cells["Role Description"]), line=row.line),
        )
        if role.family != family:
            message = f'"{name}" is in the family "{family}" here, and in "{role.family}" on line {role.line}.'
            self.problem(row, f"{message} Keep one of them.")
            return None
        level_name = clean_name(row.cells["Role Level"])
        level_name = "" if level_name == PLACEHOLDER else level_name
        if level_name not in role.levels:
            description = clean_text(row.cells["Role Level Description"])
            role.levels[level_name] = _Level(name=level_name, description=description)
            if not level_name:
                self.note(row, f'"{name}" has no level in use: its skills are kept, without a level of their own.')
        return role.levels[level_name]

    def _compare_text(self, row: Row, entry: _Entry, number: int | None) -> None:
        if number is None:
            return
        here, there = ability_lines(row.cells["Skill Level Description"]), dict(entry.skill.texts).get(number, "")
        if here != there:
            word = LEVEL_WORDS[number - 1]
            message = f'words "{entry.skill.name}" at {word} otherwise than line {entry.line} of {self.skills.file}.'
            self.note(row, f"{message} The text there is kept.")

    def _require(self, row: Row, level: _Level, need: GdadRequirement) -> None:
        seen = level.needs.get(need.skill)
        if seen is None:
            level.needs[need.skill] = need
            level.lines[need.skill] = row.line
        elif seen == need:
            self.note(row, f'repeats line {level.lines[need.skill]}: "{level.name}" needs "{need.skill}". Merged.')
        else:
            message = f'"{level.name}" needs "{need.skill}" at another level on line {level.lines[need.skill]}.'
            self.problem(row, f"{message} Keep one of them.")
