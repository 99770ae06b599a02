"""Who chose which option: what a distractor analysis counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.domain.statistics.sittings import Sitting, asked
from assessments.domain.statistics.sums import mean
from assessments.domain.statistics.thirds import Thirds, thirds


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionFigures:
    """How many chose an option, of all and of either third, and the mean total of those who did.

    ``key`` None: who left the question out. ``upper`` and ``lower`` are None where there are no thirds.
    """

    key: str | None
    chosen: int
    upper: int | None
    lower: int | None
    mean_total: Fraction | None


def option_figures(sittings: Sequence[Sitting], version: int, keys: Sequence[str]) -> tuple[OptionFigures, ...]:
    """Return the figures of each option in the order of ``keys``, and those of no answer at the end."""
    having = asked(sittings, version)
    groups = thirds(having)
    return tuple(_figures(having, groups, version, key) for key in (*keys, None))


def _figures(having: Sequence[Sitting], groups: Thirds | None, version: int, key: str | None) -> OptionFigures:
    chose = _who_chose(having, version, key)
    return OptionFigures(
        key=key,
        chosen=len(chose),
        upper=len(_who_chose(groups.upper, version, key)) if groups else None,
        lower=len(_who_chose(groups.lower, version, key)) if groups else None,
        mean_total=mean([one.total for one in chose]) if chose else None,
    )


def _who_chose(group: Sequence[Sitting], version: int, key: str | None) -> list[Sitting]:
    if key is None:
        return [one for one in group if not one.cells[version].answered]
    return [one for one in group if key in one.cells[version].chosen]
