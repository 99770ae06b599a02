"""How far a right goes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """The places where a person holds a right; adding a place never takes one away.

    ``paths`` are those of organisations in their tree: all below them is meant too. ``courses`` and ``cohorts``
    hold the identities of pages (translation keys) and cohorts.
    """

    everywhere: bool = False
    paths: tuple[str, ...] = ()
    courses: frozenset[UUID] = frozenset()
    cohorts: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        """Whether the right is held anywhere."""
        return self.everywhere or bool(self.paths or self.courses or self.cohorts)

    def covers(self, path: str) -> bool:
        """Whether it holds for the organisation at ``path``."""
        return self.everywhere or any(path.startswith(own) for own in self.paths)

    def contains(self, other: Reach) -> bool:
        """Whether everything that ``other`` reaches is reached too."""
        if self.everywhere:
            return True
        return (
            not other.everywhere
            and all(self.covers(path) for path in other.paths)
            and other.courses <= self.courses
            and other.cohorts <= self.cohorts
        )
