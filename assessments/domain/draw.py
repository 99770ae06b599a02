"""Choosing the questions of an attempt."""

from __future__ import annotations

import random
from collections import defaultdict

from django.db.models import F, OuterRef, Subquery

from assessments.models import ItemBank, ItemVersion


class NotEnoughQuestions(Exception):
    """The bank holds fewer questions than the assessment draws."""


def ready_versions(bank: ItemBank) -> list[ItemVersion]:
    """Return the latest version of each question of the bank that is not retired, by code. One query."""
    latest = ItemVersion.objects.filter(item=OuterRef("item")).order_by("-number").values("number")[:1]
    return list(
        ItemVersion.objects.filter(item__bank=bank, item__retired_at__isnull=True)
        .annotate(latest=Subquery(latest))
        .filter(number=F("latest"))
        .select_related("item", "skill")
        .order_by("item__code")
    )


def draw_versions(*, bank: ItemBank, count: int, seed: int) -> list[ItemVersion]:
    """Draw ``count`` questions without repeating one, in turn from each skill, so that every skill is covered
    as evenly as the bank allows. The same seed and bank give the same draw. Raises NotEnoughQuestions.
    """
    chance = random.Random(seed)  # noqa: S311 -- a draw that can be repeated, not a secret
    by_skill: dict[int, list[ItemVersion]] = defaultdict(list)
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
