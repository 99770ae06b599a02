"""Authors at work on one question: nobody overwrites what they have not seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from academy.framework.models import Skill
from academy.people.models import User
from assessments.domain.items import label_of, latest_version, make_ready, save_draft
from assessments.domain.questions import question_of
from assessments.item_types.questions import Question
from assessments.models import Item, ItemBank, ItemVersion

LONGEST_CODE = 60
NOTHING_SEEN = ""


class CodeTaken(Exception):
    """Another question has this code."""


class Overtaken(Exception):
    """Somebody else changed the question meanwhile: ``by`` (None: nobody is known), ``at``, and what there is now."""

    def __init__(self, *, by: User | None, at: datetime | None, version: ItemVersion) -> None:
        super().__init__()
        self.by, self.at, self.version = by, at, version


def state_of(item: Item, version: ItemVersion | None) -> str:
    """Return a word for what a question says and where it is filed: another one, when either changes."""
    filed = [
        item.bank_id,
        item.category,
        list(item.tags),
        item.language,
        item.jurisdiction,
        item.play_id,
        item.lesson_id,
        version.number if version else 0,
    ]
    return hashlib.sha256(json.dumps(filed).encode()).hexdigest()[:16]


def free_code(question: Question) -> str:
    """Return a code made from the name of a question, or from what it asks. A query, and one more for each that is taken."""
    stem = slugify(question.name or label_of(question))[: LONGEST_CODE - 5].strip("-") or "question"
    code, number = stem, 1
    while Item.objects.filter(code=code).exists():
        number += 1
        code = f"{stem}-{number}"
    return code


@transaction.atomic
def add_question(
    *,
    bank: ItemBank,
    code: str,
    question: Question,
    skill: Skill | None,
    proficiency: int | None,
    filed: Mapping[str, Any],
    by: User,
    at: datetime,
) -> ItemVersion:
    """Store a new question as a draft, under a code of its own when ``code`` is empty. Raises CodeTaken."""
    code = code or free_code(question)
    # Whoever else takes the code now waits for us, or we for them.
    item, created = Item.objects.get_or_create(code=code, defaults={"bank": bank})
    if not created:
        raise CodeTaken(code)
    version, _made = save_draft(
        bank=bank,
        code=code,
        question=question,
        skill=skill,
        proficiency=proficiency,
        by=by,
        at=at,
        filed=filed,
    )
    log(item, "wagtail.create", user=by, timestamp=at, title=str(version.item))
    return version


@transaction.atomic
def change_question(
    *,
    item: Item,
    seen: str,
    bank: ItemBank,
    question: Question,
    skill: Skill | None,
    proficiency: int | None,
    filed: Mapping[str, Any],
    by: User,
    at: datetime,
) -> tuple[ItemVersion, bool]:
    """Store what was changed in a form that was built on the state ``seen``; say whether that is a new version.

    What is typed otherwise and means the same is no change. Raises Overtaken.
    """
    item = Item.objects.select_for_update().get(pk=item.pk)
    latest = latest_version(item)
    before = state_of(item, latest)
    if latest and seen != before:
        raise _overtaken(item, latest)
    if item.bank_id != bank.pk:
        item.bank = bank
        item.save(update_fields=["bank"])
    stored = question_of(latest) if latest else None
    filing = {"category": question.category, "tags": question.tags, "language": question.language}
    if stored and _asked(stored) == _asked(question):
        question = Question(**{**_asked(stored), **filing})
    version, made = save_draft(
        bank=bank,
        code=item.code,
        question=question,
        skill=skill,
        proficiency=proficiency,
        by=by,
        at=at,
        filed=filed,
    )
    changed = Item.objects.get(pk=item.pk)
    if state_of(changed, version) != before:
        log(changed, "wagtail.edit", user=by, timestamp=at, data={"version": version.number})
    return version, made


@transaction.atomic
def ask_again(*, version: ItemVersion, by: User, at: datetime) -> ItemVersion:
    """Let new attempts ask what an older version said: as a new version, made ready. Raises InvalidItem."""
    item = Item.objects.select_for_update().get(pk=version.item_id)
    newer, _made = save_draft(
        bank=item.bank,
        code=item.code,
        question=question_of(version),
        skill=version.skill,
        proficiency=version.proficiency,
        by=by,
        at=at,
    )
    make_ready(version=newer, by=by, at=at)
    return newer


def _asked(question: Question) -> dict[str, Any]:
    """Return what a version says of a question, and nothing of how it is filed."""
    filing = {"code", "category", "tags", "language"}
    return {name: getattr(question, name) for name in Question.__slots__ if name not in filing}


def _overtaken(item: Item, latest: ItemVersion) -> Overtaken:
    """Say who was last: at the version, or at the filing alone."""
    entry = ModelLogEntry.objects.for_instance(item).select_related("user").order_by("-timestamp", "-pk").first()
    if entry is not None and entry.timestamp > latest.created_at:
        return Overtaken(by=entry.user, at=entry.timestamp, version=latest)
    return Overtaken(by=latest.created_by, at=latest.created_at, version=latest)
