"""Questions of a pack: what becomes of each, and the writing of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from wagtail.models import Page

from academy.exchange.content_pack.refs import Refs
from academy.framework.api import Proficiency, find_skill
from academy.lib.problems import Problem
from academy.standards.content_pack.blocks import Ref
from academy.standards.content_pack.documents import Item, Pack
from assessments.api import check_item, save_bank, save_item
from assessments.models import Item as StoredItem
from assessments.models import ItemBank, ItemVersion

KEYS = "abcdefghijklmnopqrstuvwxyz"


class ItemAction(StrEnum):
    """What becomes of a question."""

    NEW = "new"
    VERSION = "new version"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemStep:
    """What becomes of one question; ``number`` is the version that it then has."""

    code: str
    action: ItemAction
    number: int


def check_items(pack: Pack) -> tuple[Problem, ...]:
    """Ask the assessments themselves what they think of each question."""
    return tuple(
        Problem(file=bank.file, line=item.line, message=f"{item.code}: {sentence}")
        for bank in pack.banks
        for item in bank.items
        for sentence in check_item(
            kind=item.kind, stem=item.stem, content=content_of(item), explanation=item.explanation
        )
    )


def content_of(item: Item) -> dict[str, Any]:
    """Return a question's options as they are stored, with keys in the order of the file."""
    return {
        "options": [
            {"key": key, "text": option.text, "correct": option.correct, "feedback": option.feedback}
            for key, option in zip(KEYS, item.options, strict=False)
        ]
    }


def plan_items(pack: Pack, refs: Refs) -> tuple[tuple[ItemStep, ...], tuple[str, ...]]:
    """Return a step for each question, and the codes that the pack's banks hold and the pack does not."""
    codes = {item.code for bank in pack.banks for item in bank.items}
    latest: dict[str, ItemVersion] = {
        version.item.code: version
        for version in ItemVersion.objects.filter(item__code__in=codes).select_related("item").order_by("number")
    }
    steps = [_plan_item(item, latest.get(item.code), refs) for bank in pack.banks for item in bank.items]
    banks = [bank.code for bank in pack.banks]
    left = StoredItem.objects.filter(bank__code__in=banks, retired_at__isnull=True).exclude(code__in=codes)
    return tuple(steps), tuple(left.order_by("code").values_list("code", flat=True))


def _plan_item(item: Item, version: ItemVersion | None, refs: Refs) -> ItemStep:
    if version is None:
        return ItemStep(code=item.code, action=ItemAction.NEW, number=1)
    asked = {
        "kind": item.kind,
        "stem": item.stem,
        "content": content_of(item),
        "explanation": item.explanation,
        "skill_id": refs.skill(item.skill.code),
        "proficiency": Proficiency.from_code(item.skill.level).value,
    }
    if all(getattr(version, name) == value for name, value in asked.items()):
        return ItemStep(code=item.code, action=ItemAction.UNCHANGED, number=version.number)
    return ItemStep(code=item.code, action=ItemAction.VERSION, number=version.number + 1)


def write_banks(pack: Pack) -> dict[str, ItemBank]:
    """Make or rename the banks, which assessments point to, and return them by code."""
    return {bank.code: save_bank(code=bank.code, title=bank.title, summary=bank.summary) for bank in pack.banks}


def write_items(pack: Pack, banks: Mapping[str, ItemBank], refs: Refs, *, at: datetime) -> None:
    """Store every question; one that says the same as before stays the version that it is."""
    for bank in pack.banks:
        for item in bank.items:
            save_item(
                bank=banks[bank.code],
                code=item.code,
                kind=item.kind,
                stem=item.stem,
                content=content_of(item),
                explanation=item.explanation,
                skill=find_skill(item.skill.code),
                proficiency=Proficiency.from_code(item.skill.level),
                play=_page(refs.play, item.play),
                lesson=_page(refs.lesson, item.lesson),
                by=None,
                at=at,
            )


def _page(find: Callable[[str], int | None], ref: Ref | None) -> Page | None:
    # A link that leads nowhere was refused before anything was planned.
    pk = find(ref.code) if ref else None
    return None if pk is None else Page.objects.get(pk=pk)
