"""Typed values out of front matter; each wrong one is a problem with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from academy.standards.content_pack.blocks import Ref
from academy.standards.content_pack.documents import SkillRef, Source
from academy.standards.content_pack.front_matter import FrontMatter
from academy.standards.content_pack.markdown import is_address
from academy.standards.content_pack.report import Report

LEVELS = ("awareness", "working", "practitioner", "expert")
SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


class Fields:
    """Reads one front matter. What is missing or wrong comes back as an empty value of its type."""

    def __init__(self, front: FrontMatter, report: Report) -> None:
        self.front = front
        self.report = report
        self._read = {"type"}

    def line(self, key: str) -> int:
        """Return the line of a key; 1 when it is not there."""
        return self.front.line(key)

    def text(self, key: str, *, longest: int, needed: bool = True) -> str:
        """Return one line of text."""
        value = self._value(key, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.report.add(self.line(key), f"“{key}” must be a text: put it between quotes.")
            return ""
        value = " ".join(value.split())
        if needed and not value:
            self.report.add(self.line(key), f"“{key}” is empty: write it.")
        if len(value) > longest:
            self.report.add(self.line(key), f"“{key}” has {len(value)} characters: {longest} is the most. Shorten it.")
        return value

    def number(self, key: str, *, least: int, most: int, needed: bool = True) -> int:
        """Return a whole number; ``least`` when it is wrong or not there."""
        value = self._value(key, needed=needed)
        if value is None:
            return least
        # YAML's true is an int to Python.
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.report.add(self.line(key), f"“{key}” must be a whole number from {least} to {most}.")
            return least
        return value

    def choice(self, key: str, options: Sequence[str]) -> str:
        """Return one of the words."""
        value = self._value(key, needed=True)
        if value is not None and value not in options:
            self.report.add(self.line(key), f"“{key}” is “{value}”: use one of {', '.join(options)}.")
        return str(value) if value in options else ""

    def code(self, key: str) -> Ref:
        """Return one slug or code."""
        return Ref(code=self.text(key, longest=120), line=self.line(key))

    def codes(self, key: str, *, needed: bool = False) -> tuple[Ref, ...]:
        """Return a list of slugs or codes, each once."""
        found: list[Ref] = []
        for line, value in self._list(key, needed=needed):
            if not isinstance(value, str) or not SLUG.match(value):
                self.report.add(line, f"“{value}” is no code: use small letters, digits and hyphens.")
            elif any(ref.code == value for ref in found):
                self.report.add(line, f"“{value}” stands twice in “{key}”: keep one.")
            else:
                found.append(Ref(code=value, line=line))
        return tuple(found)

    def sentences(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        found: list[str] = []
        for line, value in self._list(key, needed=True):
            if isinstance(value, str) and value.strip():
                found.append(" ".join(value.split()))
            else:
                self.report.add(line, f"Each line of “{key}” must be a text: put it between quotes.")
        return tuple(found)

    def skills(self, key: str, *, needed: bool = False) -> tuple[SkillRef, ...]:
        """Return a mapping of skill code to level."""
        value = self._value(key, needed=needed)
        if value is None:
            return ()
        if not isinstance(value, dict) or not value:
            self.report.add(self.line(key), f"“{key}” must be lines of “skill-code: level” below it.")
            return ()
        found = []
        for code, level in value.items():
            line = self.front.line(key, str(code))
            if level in LEVELS:
                found.append(SkillRef(code=str(code), level=level, line=line))
            else:
                self.report.add(line, f"“{level}” is no level: use one of {', '.join(LEVELS)}.")
        return tuple(found)

    def sources(self) -> tuple[Source, ...]:
        """Return the sources: each has a title and a whole address."""
        return tuple(
            source for line, value in self._list("sources", needed=False) if (source := self._source(line, value))
        )

    def finish(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self.front.values:
            if key not in self._read:
                known = ", ".join(sorted(self._read))
                self.report.add(self.line(str(key)), f"There is no key “{key}” here: use {known}.")

    def _source(self, line: int, value: object) -> Source | None:
        if not isinstance(value, dict) or set(value) != {"title", "url"}:
            self.report.add(line, "A source has a “title” and a “url”, and nothing else.")
            return None
        title, url = value["title"], value["url"]
        if not isinstance(title, str) or not 0 < len(title) <= 200:
            self.report.add(line, "A source’s title is a text of 200 characters at most.")
            return None
        if not isinstance(url, str) or len(url) > 500 or not is_address(url):
            self.report.add(line, f"“{url}” is no whole address: start it with https://.")
            return None
        return Source(title=title, url=url)

    def _value(self, key: str, *, needed: bool) -> object:
        self._read.add(key)
        value = self.front.values.get(key)
        if value is None and needed:
            self.report.add(self.line(key), f"The key “{key}” is missing: add it.")
        return value

    def _list(self, key: str, *, needed: bool) -> Iterator[tuple[int, object]]:
        """Yield line and value of each entry."""
        value = self._value(key, needed=needed)
        if value is None:
            return
        if not isinstance(value, list) or (needed and not value):
            self.report.add(self.line(key), f"“{key}” must be a list: one line a value, each after “- ”.")
            return
        for index, entry in enumerate(value):
            yield self.front.line(key, index), entry
