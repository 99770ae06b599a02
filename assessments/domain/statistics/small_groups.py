"""What is kept back, so that no figure tells of a handful of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assessments.domain.statistics.options import OptionFigures
from assessments.domain.statistics.thirds import Thirds

# Fewer attempts than this: no figures at all, for they would say more about these people than about the question.
MINIMUM = 10
# A part of the attempts is told of when there are so many in it, and so many or none outside it.
SMALLEST_GROUP = 5


def may_split(groups: Thirds | None) -> bool:
    """Whether counts of the thirds may be shown: those in between could be reckoned from them."""
    if groups is None:
        return False
    return all(_is_large(size) for size in (len(groups.upper), len(groups.lower), groups.between))


def without_small_groups(
    figures: Sequence[OptionFigures], *, attempts: int, groups: Thirds | None
) -> tuple[OptionFigures, ...]:
    """Return the figures without what tells of few: means of small groups, and counts of small thirds.

    The mean of a small group could be reckoned from those of the others and that of all. So as many means of larger
    groups are kept back, the smallest first, as it takes to hide it among ``SMALLEST_GROUP``.
    """
    hidden = _hidden(figures, attempts=attempts)
    split = may_split(groups)
    return tuple(
        replace(
            one,
            mean_total=None if place in hidden else one.mean_total,
            upper=one.upper if split else None,
            lower=one.lower if split else None,
        )
        for place, one in enumerate(figures)
    )


def _hidden(figures: Sequence[OptionFigures], *, attempts: int) -> set[int]:
    by_size = sorted((one.chosen, place) for place, one in enumerate(figures) if one.chosen)
    hidden = {place for chosen, place in by_size if not _is_large(chosen) or not _is_large(attempts - chosen)}
    for _chosen, place in by_size:
        if not hidden or sum(figures[one].chosen for one in hidden) >= SMALLEST_GROUP:
            break
        hidden.add(place)
    return hidden


def _is_large(size: int) -> bool:
    return size == 0 or size >= SMALLEST_GROUP
