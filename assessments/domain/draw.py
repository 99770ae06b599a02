"""Choosing the questions of an attempt."""

from __future__ import annotations

import random
from collections import defaultdict

from django.db.models import F

from assessments.item_types import kinds_that_earn_nothing
from assessments.models import ItemBank, ItemVersion


class NotEnoughQuestions(Exception):
    """The bank holds fewer questions than the assessment draws."""


def ready_versions(bank: ItemBank) -> list[ItemVersion]:
    """Return the ready version of each question of the bank that is not retired, by code. One query.

    What only describes, or asks how sure somebody is, earns nothing and is not drawn.
    """
    return list(
        ItemVersion.objects.filter(item__bank=bank, item__retired_at__isnull=True, item__ready_version=F("pk"))
        .exclude(kind__in=kinds_that_earn_nothing())
        .select_related("item", "skill")
        .order_by("item__code")
    )


def draw_versions(*, bank: ItemBank, count: int, seed: int) -> list[ItemVersion]:
    """Draw ``count`` questions without repeating one, in turn from each skill, so that every skill is covered
    as evenly as the bank allows. The same seed and bank give the same draw. Raises NotEnoughQuestions.
    """
    chance = random.Random(seed)  # noqa: S311 -- a draw that can be repeated, not a secret
    by_skill: dict[int | None, list[ItemVersion]] = defaultdict(list)
    versions = ready_versions(bank)
    if len(versions) < count:
        raise NotEnoughQuestions(f"{bank.code}: {count} drawn of {len(versions)}")
    for version in versions:
        by_skill[version.skill_id].append(version)
    piles = list(by_skill.values())
    for pile in piles:
        chance.shuffle(pile)
    chance.shuffle(piles)
    drawn: list[ItemVersion] = []
    while len(drawn) < count:
        drawn += [pile.pop() for pile in piles if pile][: count - len(drawn)]
    chance.shuffle(drawn)
    return drawn
