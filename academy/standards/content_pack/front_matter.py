"""The YAML between two lines of ``---``, with the line of each value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from academy.standards.content_pack.report import Report

FENCE = "---"
# The YAML starts on the file's second line; its marks count from 0.
FIRST_LINE = 2

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontMatter:
    """Plain values, the line where each was written (by its path of keys and indexes), and what follows.

    ``body_line`` is the file's line on which ``body`` starts.
    """

    values: dict[str, object]
    lines: dict[Path, int]
    body: str
    body_line: int

    def line(self, *path: str | int) -> int:
        """Return the line of a value; that of the nearest value around it when it has none."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_front_matter(text: str, report: Report) -> FrontMatter | None:
    """Split front matter from body; None when there is no front matter that can be read."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        report.add(
            1, "The front matter is missing: start the file with a line of --- and the keys type, title, summary."
        )
        return None
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE), None)
    if end is None:
        report.add(1, "The front matter has no end: close it with a line of ---.")
        return None
    loader = yaml.SafeLoader("\n".join(lines[1:end]))
    try:
        node = loader.get_single_node()
        values = loader.construct_document(node) if isinstance(node, yaml.MappingNode) else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        report.add(line + FIRST_LINE, f"This is no YAML ({error.problem}): put a text with a colon between quotes.")
        return None
    except ValueError as error:
        # PyYAML reads 2024-13-45 as a date before anybody can ask it not to.
        report.add(1, f"A value of the front matter can’t be read ({error}): put it between quotes.")
        return None
    if not isinstance(node, yaml.MappingNode) or values is None:
        report.add(1, "The front matter holds no keys: write type, title and summary, each as “key: value”.")
        return None
    positions: dict[Path, int] = {(): 1}
    positions.update(_lines(node, (), report))
    return FrontMatter(values=values, lines=positions, body="\n".join(lines[end + 1 :]), body_line=end + 2)


def _lines(node: yaml.Node, path: Path, report: Report) -> Iterator[tuple[Path, int]]:
    """Yield path and line of each value below ``node``; report keys that are written twice."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + FIRST_LINE
            name = str(key.value)
            if name in seen:
                report.add(line, f"“{name}” is written twice: keep one.")
            seen.add(name)
            yield (*path, name), line
            yield from _lines(value, (*path, name), report)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield (*path, index), value.start_mark.line + FIRST_LINE
            yield from _lines(value, (*path, index), report)
