"""What the front matter of a framework's files has beside that of pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from academy.framework.api import FrameworkSource, Proficiency, RequirementSource
from academy.standards.content_pack.fields import SLUG, Fields
from academy.standards.content_pack.front_matter import FrontMatter
from academy.standards.content_pack.markdown import is_address


class FrameworkFields(Fields):
    """Reads the front matter of a framework, a role or one level of a role."""

    def framework(self) -> FrameworkSource | None:
        """Return the framework without families and skills; None when its code, version or date is wrong."""
        code, version = self.slug("code", longest=60), self.text("version", longest=40)
        published = self.date("published")
        source_url = self.text("source_url", longest=200, needed=False)
        if source_url and not is_address(source_url):
            self.report.add(self.line("source_url"), f"“{source_url}” is no whole address: start it with https://.")
        name, summary = self.text("title", longest=200), self.text("summary", longest=200)
        licence = self.text("licence", longest=200)
        position = self.number("position", least=1, most=1000)
        if not code or not version or published is None:
            return None
        return FrameworkSource(
            code=code,
            name=name,
            summary=summary,
            source_url=source_url,
            licence=licence,
            position=position,
            version=version,
            published=published,
            families=(),
            skills=(),
        )

    def slug(self, key: str, *, longest: int) -> str:
        """Return a code in small letters, digits and hyphens."""
        value = self.text(key, longest=longest)
        if value and not SLUG.match(value):
            self.report.add(self.line(key), f"“{value}” is no code: use small letters, digits and hyphens.")
            return ""
        return value

    def date(self, key: str) -> date | None:
        """Return a day written as 2026-05-04, with or without quotes."""
        value = self._value(key, needed=True)
        # A datetime is a date to Python; a day has no time.
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.report.add(self.line(key), f"“{value}” is no day: write it as 2026-05-04.")
            return None

    def parts(self, key: str) -> Iterator[FrameworkFields]:
        """Yield the fields of each entry of a list of mappings, with the lines of the file."""
        for index, (line, value) in enumerate(self._list(key, needed=True)):
            if not isinstance(value, dict):
                self.report.add(line, f"An entry of “{key}” has keys of its own: write each as “key: value”.")
                continue
            lines = {path[2:]: number for path, number in self.front.lines.items() if path[:2] == (key, index)}
            part = FrontMatter(values=value, lines=lines, body="", body_line=line)
            yield FrameworkFields(part, self.report)

    def needs(self, key: str) -> tuple[RequirementSource, ...]:
        """Return a mapping of skill to level as requirements."""
        return tuple(
            RequirementSource(skill=ref.code, proficiency=Proficiency.from_code(ref.level))
            for ref in self.skills(key, needed=True)
        )
