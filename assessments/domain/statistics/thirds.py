"""The strong and the weak: the upper and the lower third of the attempts, by their totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.domain.statistics.sittings import Sitting
from assessments.domain.statistics.sums import in_whole_numbers, mean


@dataclass(frozen=True, kw_only=True, slots=True)
class Thirds:
    """Who is strong and who is weak. ``between`` counts those who are neither."""

    upper: tuple[Sitting, ...]
    lower: tuple[Sitting, ...]
    between: int


def thirds(sittings: Sequence[Sitting]) -> Thirds | None:
    """Return the groups: a third each, rounded down, and whoever has the same total as the last of a group.

    So a group may be larger than a third, but never depends on the order of equals. None when that puts the same
    total into both groups, or for fewer than three attempts: then nobody is stronger than anybody.
    """
    size = len(sittings) // 3
    if not size:
        return None
    totals, _scale = in_whole_numbers([one.total for one in sittings])
    ordered = sorted(totals)
    high, low = ordered[-size], ordered[size - 1]
    if high <= low:
        return None
    upper = tuple(one for one, total in zip(sittings, totals, strict=True) if total >= high)
    lower = tuple(one for one, total in zip(sittings, totals, strict=True) if total <= low)
    return Thirds(upper=upper, lower=lower, between=len(sittings) - len(upper) - len(lower))


def share(group: Sequence[Sitting], version: int) -> Fraction:
    """Return the mean fraction that a group earned with a question."""
    return mean([one.cells[version].fraction for one in group])
