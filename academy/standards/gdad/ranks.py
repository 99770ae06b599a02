"""Putting the levels of a role in order, which the files do not: they list them by the alphabet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

# From the first step to the last. A name without one of these words stands where the empty one is.
_LADDER = (
    {"trainee", "apprentice"},
    {"associate"},
    {"junior"},
    {""},
    {"senior"},
    {"lead"},
    {"principal"},
    {"head", "chief"},
)
_STEP = {word: step for step, words in enumerate(_LADDER) for word in words}
_TOP = len(_LADDER) - 1


def order_levels(totals: Mapping[str, int]) -> tuple[str, ...]:
    """Return the names of ``totals`` from the first level to the last.

    ``totals`` maps a level's name to the sum of the levels (1 to 4) of all skills that it needs.

    1. The sum decides: who needs more, stands higher.
    2. Names that differ only by a word of the ladder (trainee or apprentice, associate, junior, none, senior, lead,
       principal, head or chief) keep the places that their sums won, but fill them in the order of the ladder: a
       principal data scientist stands above a lead data scientist, though needing less of some skills.
    3. A head or chief stands above everybody else.

    Ties fall to the ladder, then to the alphabet, so that the same file always gives the same order.
    """
    names = sorted(totals, key=lambda name: (totals[name], _step(name), name))
    return tuple(sorted(_by_ladder(names), key=lambda name: _step(name) == _TOP))


def _by_ladder(names: Sequence[str]) -> list[str]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        places[_stem(name)].append(place)
    ordered = list(names)
    for taken in places.values():
        # sorted() is stable: on the same step, the sum still decides.
        for place, name in zip(taken, sorted((names[place] for place in taken), key=_step), strict=True):
            ordered[place] = name
    return ordered


def _step(name: str) -> int:
    return next((_STEP[word] for word in name.casefold().split() if word in _STEP), _STEP[""])


def _stem(name: str) -> str:
    return " ".join(word for word in name.casefold().split() if word not in _STEP)
