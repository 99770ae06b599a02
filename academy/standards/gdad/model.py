"""What the two files say, once their repetitions are folded together."""

from __future__ import annotations

from dataclasses import dataclass

# The words of the files, in ascending order; a level is counted from 1.
LEVEL_WORDS = ("Awareness", "Working", "Practitioner", "Expert")


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Finding:
    """Something seen in a file. ``line`` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GdadSkill:
    """A skill; ``texts`` maps a level (1 to 4) to what one can do, a line each. A level without a text is absent."""

    name: str
    description: str
    texts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GdadRequirement:
    """A skill by its name, and its level from 1 to 4; None where the file says NOT IN USE."""

    skill: str
    level: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GdadLevel:
    """A step of a role; ``rank`` counts from 1 and is inferred. ``name`` is empty where the file says NOT IN USE."""

    name: str
    description: str
    rank: int
    requirements: tuple[GdadRequirement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GdadRole:
    """A role with its levels in ascending order of rank."""

    name: str
    family: str
    description: str
    levels: tuple[GdadLevel, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GdadFramework:
    """Both files. ``families`` and ``roles`` keep the order of the file; ``rows`` counts requirement rows as written."""

    families: tuple[str, ...]
    roles: tuple[GdadRole, ...]
    skills: tuple[GdadSkill, ...]
    rows: int
