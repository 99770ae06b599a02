"""Rubrics: what a person marks by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types.amounts import is_sane
from assessments.item_types.bodies import Criterion
from assessments.item_types.sent import alike
from assessments.item_types.shape import ZERO

MOST_CRITERIA = 30
MOST_LEVELS = 10
MOST_POINTS = 1000


def rubric_problems(rubric: Sequence[Criterion]) -> list[str]:
    """Say what is wrong with a rubric; none at all is none."""
    if len(rubric) > MOST_CRITERIA:
        return [_("Give at most %(count)d criteria.") % {"count": MOST_CRITERIA}]
    found = []
    titles = [alike(criterion.title) for criterion in rubric]
    keys = [criterion.key for criterion in rubric]
    if not all(titles):
        found.append(_("Give each criterion a title."))
    if len(set(titles)) < len(titles):
        found.append(_("Two criteria have the same title: make them differ."))
    if len(set(keys)) < len(keys) or not all(keys):
        found.append(_("Each criterion needs a key of its own."))
    found += [
        _("Criterion “%(title)s”: %(sentence)s") % {"title": criterion.title[:100], "sentence": sentence}
        for criterion in rubric
        if (sentence := _level_problem(criterion))
    ]
    return found


def _level_problem(criterion: Criterion) -> str:
    points = [level.points for level in criterion.levels]
    if not 2 <= len(points) <= MOST_LEVELS:
        return _("Give it from 2 to %(count)d levels.") % {"count": MOST_LEVELS}
    if not all(is_sane(one) and ZERO <= one <= MOST_POINTS for one in points):
        return _("Points are from 0 to %(most)d.") % {"most": MOST_POINTS}
    if len(set(points)) < len(points):
        return _("Two levels have the same points: make them differ.")
    if not all(alike(level.text) for level in criterion.levels):
        return _("Give each level a text.")
    return ""


def rubric_advice(rubric: Sequence[Criterion]) -> list[str]:
    """Say what would help those who mark."""
    return [] if rubric else [_("Give a rubric: two people then mark alike.")]


def outlined(rubric: Sequence[Criterion]) -> list[dict[str, Any]]:
    """Return the criteria with their levels."""
    return [
        {
            "title": criterion.title,
            "levels": [{"points": level.points, "text": level.text} for level in criterion.levels],
        }
        for criterion in rubric
    ]
