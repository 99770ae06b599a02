"""Paths of Moodle's categories: ``$course$/top/Buying/Terms``, with ``//`` for a slash within a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

TOP = "$course$/top"
SEPARATOR = re.compile(r"(?<!/)/(?!/)")
CONTEXT = re.compile(r"\$[A-Za-z0-9]+\$")


def names_of(path: str) -> tuple[str, ...]:
    """Return the names from the top down, without the place of the bank and Moodle's own ``top``."""
    names = [name.replace("//", "/").strip() for name in SEPARATOR.split(path)]
    if names and CONTEXT.fullmatch(names[0]):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return tuple(name for name in names if name)


def path_of(names: Sequence[str]) -> str:
    """Return the path of names."""
    return "/".join([TOP, *(_escaped(name) for name in names)])


def _escaped(name: str) -> str:
    escaped = name.replace("/", "//")
    before = " " if escaped.startswith("/") else ""
    after = " " if escaped.endswith("/") else ""
    return f"{before}{escaped}{after}"
