"""The facts of a framework in one CSV file: who needs which skill, and how well. Not one sentence of its texts.

The file starts with comments that are YAML and name the framework; then a row a requirement::

    # code: digital-and-data
    # title: Government Digital and Data
    family,role,level,rank,skill,proficiency
    Data,Data analyst,Senior data analyst,3,Data modelling,practitioner

``level`` and ``proficiency`` are empty where the source has no levels in use and names the skill alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from academy.exchange.framework_fields import FrameworkFields
from academy.exchange.slugs import slugs_for
from academy.framework.api import (
    FamilySource,
    FrameworkSource,
    LevelSource,
    Proficiency,
    RequirementSource,
    RoleSource,
    SkillSource,
)
from academy.standards.content_pack.files import read_text
from academy.standards.content_pack.front_matter import FENCE, FrontMatter, read_front_matter
from academy.standards.content_pack.report import Report

COLUMNS = ("family", "role", "level", "rank", "skill", "proficiency")
COMMENT = "#"
NAME_LENGTH, SKILL_NAME_LENGTH = 100, 120


@dataclass(kw_only=True, slots=True)
class _Level:
    rank: int
    line: int
    needs: dict[str, Proficiency | None] = field(default_factory=dict)


@dataclass(kw_only=True, slots=True)
class _Role:
    family: str
    line: int
    levels: dict[str, _Level] = field(default_factory=dict)


def read_facts(path: Path, *, report: Report) -> FrameworkSource | None:
    """Read a file of facts; None when there was anything to report."""
    text = read_text(path, report)
    front = _front_matter(text, report) if text is not None else None
    if front is None:
        return None
    fields = FrameworkFields(front, report)
    head = fields.framework()
    fields.finish()
    roles: dict[str, _Role] = {}
    for line, row in _rows(front, report):
        _add(roles, line, row, report)
    for role in roles.values():
        _check_ranks(role, report)
    if report.problems or head is None:
        return None
    if not roles:
        report.add(0, "The file has no rows: make it again from the official files.")
        return None
    return _source(head, roles)


def write_facts(source: FrameworkSource) -> str:
    """Return the file of facts of a framework. ``read_facts`` reads it back, texts apart."""
    header = {
        "code": source.code,
        "title": source.name,
        "summary": source.summary,
        "version": source.version,
        "published": source.published,
        "source_url": source.source_url,
        "licence": source.licence,
        "position": source.position,
    }
    lines = yaml.safe_dump(header, allow_unicode=True, sort_keys=False, width=1000).splitlines()
    stream = io.StringIO()
    stream.writelines(f"{COMMENT} {line}\n" for line in lines)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    names = {skill.slug: skill.name for skill in source.skills}
    for family in source.families:
        for role in family.roles:
            for level in role.levels:
                name = level.name if level.usable else ""
                for need in level.requirements:
                    word = need.proficiency.code if need.proficiency else ""
                    writer.writerow((family.name, role.name, name, level.rank, names[need.skill], word))
    return stream.getvalue()


def _front_matter(text: str, report: Report) -> FrontMatter | None:
    """Read the comments at the top as front matter, so that line numbers are those of the file."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if not line.startswith(COMMENT)), len(lines))
    # Front matter counts from the line after its fence: the first comment stands where that fence would be.
    shifted = Report(report.file)
    comments = [line.removeprefix(COMMENT).removeprefix(" ") for line in lines[:end]]
    front = read_front_matter("\n".join([FENCE, *comments, FENCE]), shifted)
    for problem in shifted.problems:
        report.add(max(problem.line - 1, 1), problem.message)
    if front is None:
        return None
    return FrontMatter(
        values=front.values,
        lines={path: max(line - 1, 1) for path, line in front.lines.items()},
        body="\n".join(lines[end:]),
        body_line=end + 1,
    )


def _rows(front: FrontMatter, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line and cells of each row. No cell of such a file runs over a line."""
    reader = csv.reader(front.body.split("\n"), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            report.add(front.body_line, f"The columns are not {', '.join(COLUMNS)}: name them so, in this order.")
            return
        for row in reader:
            line = front.body_line + reader.line_num - 1
            if row and len(row) != len(COLUMNS):
                report.add(line, f"The row has {len(row)} columns instead of {len(COLUMNS)}: look for a stray comma.")
            elif row:
                yield line, {name: cell.strip() for name, cell in zip(COLUMNS, row, strict=True)}
    except csv.Error as error:
        report.add(front.body_line + reader.line_num - 1, f"This is no CSV ({error}): look for a stray quotation mark.")


def _add(roles: dict[str, _Role], line: int, row: dict[str, str], report: Report) -> None:
    empty = [name for name in ("family", "role", "rank", "skill") if not row[name]]
    if empty or not row["rank"].isdecimal() or int(row["rank"]) < 1:
        missing = f"Fill in {', '.join(empty)}." if empty else f"“{row['rank']}” is no rank: count levels from 1."
        report.add(line, missing)
        return
    try:
        proficiency = Proficiency.from_code(row["proficiency"]) if row["proficiency"] else None
    except ValueError as error:
        report.add(line, f"{error}.")
        return
    role = roles.setdefault(row["role"], _Role(family=row["family"], line=line))
    level = role.levels.setdefault(row["level"] or row["role"], _Level(rank=int(row["rank"]), line=line))
    if role.family != row["family"]:
        report.add(line, f"“{row['role']}” is in the family “{role.family}” on line {role.line}: keep one of them.")
    if level.rank != int(row["rank"]):
        report.add(line, f"“{row['level']}” has rank {level.rank} on line {level.line}: keep one of them.")
    if row["skill"] in level.needs:
        report.add(line, f"“{row['level']}” needs “{row['skill']}” twice: remove this row.")
    level.needs[row["skill"]] = proficiency


def _check_ranks(role: _Role, report: Report) -> None:
    ranks = sorted(level.rank for level in role.levels.values())
    if ranks != list(range(1, len(ranks) + 1)):
        found = ", ".join(str(rank) for rank in ranks)
        report.add(role.line, f"The ranks of this role’s levels are {found}: count them from 1, each once.")


def _source(head: FrameworkSource, roles: dict[str, _Role]) -> FrameworkSource:
    families = list(dict.fromkeys(role.family for role in roles.values()))
    names = [name for role in roles.values() for level in role.levels.values() for name in level.needs]
    skill_slugs = slugs_for(sorted(set(names)), longest=SKILL_NAME_LENGTH)
    role_slugs = slugs_for(roles, longest=NAME_LENGTH)
    family_slugs = slugs_for(families, longest=NAME_LENGTH)
    return FrameworkSource(
        code=head.code,
        name=head.name,
        summary=head.summary,
        source_url=head.source_url,
        licence=head.licence,
        position=head.position,
        version=head.version,
        published=head.published,
        skills=tuple(SkillSource(slug=slug, name=name) for name, slug in skill_slugs.items()),
        families=tuple(
            FamilySource(
                slug=family_slugs[family],
                name=family,
                roles=tuple(
                    RoleSource(slug=role_slugs[name], name=name, levels=_levels(role, skill_slugs))
                    for name, role in roles.items()
                    if role.family == family
                ),
            )
            for family in families
        ),
    )


def _levels(role: _Role, skill_slugs: dict[str, str]) -> tuple[LevelSource, ...]:
    slugs = slugs_for(role.levels, longest=NAME_LENGTH)
    return tuple(
        LevelSource(
            slug=slugs[name],
            name=name,
            rank=level.rank,
            requirements=tuple(
                RequirementSource(skill=skill_slugs[skill], proficiency=proficiency)
                for skill, proficiency in level.needs.items()
            ),
        )
        for name, level in sorted(role.levels.items(), key=lambda pair: pair[1].rank)
    )
