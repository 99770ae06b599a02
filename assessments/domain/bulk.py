"""Storing many questions at once, in a fixed number of statements a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from academy.framework.models import Skill
from academy.people.models import User
from assessments.domain.items import WrongBank, label_of, pictures_of, says_the_same
from assessments.domain.questions import category_path, fields_of
from assessments.item_types.questions import Question
from assessments.models import Item, ItemBank, ItemPicture, ItemVersion

A_HUNDRED = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """What became of one question: its version, and whether that was made now."""

    version: ItemVersion
    made: bool


@transaction.atomic
def save_questions(
    *,
    bank: ItemBank,
    questions: Sequence[tuple[str, Question]],
    skill: Skill | None = None,
    proficiency: int | None = None,
    by: User | None,
    at: datetime,
) -> list[Saved]:
    """Store questions under their codes as drafts, in the order given, all or none.

    A question that says what it said before stays the version that it is, and keeps its skill when none is given.
    Raises WrongBank. A code given twice is a fault (ValueError).
    """
    if len({code for code, _question in questions}) < len(questions):
        raise ValueError("a code is given twice")
    saved: list[Saved] = []
    for start in range(0, len(questions), A_HUNDRED):
        part = questions[start : start + A_HUNDRED]
        saved += _save_some(bank, part, skill=skill, proficiency=proficiency, by=by, at=at)
    return saved


def _save_some(
    bank: ItemBank,
    questions: Sequence[tuple[str, Question]],
    *,
    skill: Skill | None,
    proficiency: int | None,
    by: User | None,
    at: datetime,
) -> list[Saved]:
    items = _items(bank, questions)
    latest = _latest_versions(items)
    versions, pictures, result = [], [], []
    for code, question in questions:
        before = latest.get(items[code].pk)
        asked = {
            **fields_of(question),
            "skill_id": skill.pk if skill else before.skill_id if before else None,
            "proficiency": proficiency if skill else before.proficiency if before else None,
        }
        if before and says_the_same(before, asked, question.pictures):
            result.append(Saved(version=before, made=False))
            continue
        number = before.number + 1 if before else 1
        version = ItemVersion(item=items[code], number=number, created_at=at, created_by=by, **asked)
        versions.append(version)
        pictures.append((version, question.pictures))
        result.append(Saved(version=version, made=True))
    ItemVersion.objects.bulk_create(versions)
    ItemPicture.objects.bulk_create(row for version, some in pictures for row in pictures_of(version, some))
    return result


def _items(bank: ItemBank, questions: Sequence[tuple[str, Question]]) -> dict[str, Item]:
    """Return the item of each code, made or filed anew. Raises WrongBank."""
    codes = [code for code, _question in questions]
    known = {item.code: item for item in Item.objects.select_for_update().filter(code__in=codes)}
    strangers = sorted(item.code for item in known.values() if item.bank_id != bank.pk)
    if strangers:
        raise WrongBank(", ".join(strangers))
    old = dict(known)
    for code, question in questions:
        item = known.setdefault(code, Item(bank=bank, code=code))
        item.label = label_of(question)
        item.category = category_path(question.category)
        item.tags = list(question.tags)
        item.language = question.language
    Item.objects.bulk_create(item for code, item in known.items() if code not in old)
    Item.objects.bulk_update(old.values(), ["label", "category", "tags", "language"])
    return known


def _latest_versions(items: dict[str, Item]) -> dict[int, ItemVersion]:
    """Return the latest version of each item, by item id."""
    found = (
        ItemVersion.objects.filter(item__in=items.values())
        .select_related("item")
        .prefetch_related("pictures")
        .order_by("number")
    )
    return {version.item_id: version for version in found}
