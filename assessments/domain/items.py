"""Writing questions: a change of what is asked is a new version, and only what was made ready is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from academy.framework.models import Skill
from academy.people.models import User
from assessments.domain.checks import content_problems, readiness_problems
from assessments.domain.questions import category_path, fields_of
from assessments.enums import ItemKind
from assessments.item_types import item_type
from assessments.item_types.codec import InvalidContent
from assessments.item_types.questions import Picture, Question
from assessments.item_types.rich import Rich, visible
from assessments.models import Item, ItemBank, ItemPicture, ItemVersion, ReadyVersion

LABEL_LENGTH = 100


class InvalidItem(Exception):
    """A question that can't be asked; the message says what to mend."""


class WrongBank(Exception):
    """The code belongs to a question of another bank."""


def check_item(*, kind: str, stem: str, content: dict[str, Any], explanation: str) -> list[str]:
    """Return a sentence for each thing that is wrong or missing; none when the question is as we write them."""
    if kind not in ItemKind.values:
        return [_("“%(kind)s” is not a kind of question.") % {"kind": kind}]
    try:
        body = item_type(kind).load(content)
    except InvalidContent as error:
        return [_("The question is not complete: %(error)s") % {"error": error}]
    question = Question(kind=kind, stem=Rich(stem), body=body, explanation=Rich(explanation))
    problems = content_problems(question)
    if not question.explanation:
        problems.append(_("Explain the answer."))
    return problems + ([] if problems else item_type(kind).advice(body))


def save_bank(*, code: str, title: str, summary: str = "") -> ItemBank:
    """Make or rename the bank with this code."""
    bank, _created = ItemBank.objects.update_or_create(code=code, defaults={"title": title, "summary": summary})
    return bank


@transaction.atomic
def save_draft(
    *,
    bank: ItemBank,
    code: str,
    question: Question,
    skill: Skill | None,
    proficiency: int | None,
    by: User | None,
    at: datetime,
    filed: Mapping[str, Any] | None = None,
) -> tuple[ItemVersion, bool]:
    """Store what a question says and say whether that is a new version. It is not asked until it is made ready.

    ``filed`` holds what belongs to the item instead: play, lesson, jurisdiction; category, tags and language come
    with the question. A draft may lack a right answer, never the shape of its kind. Raises WrongBank.
    """
    places = {
        "category": category_path(question.category),
        "tags": list(question.tags),
        "language": question.language,
        **(filed or {}),
    }
    item, created = Item.objects.select_for_update().get_or_create(code=code, defaults={"bank": bank, **places})
    if item.bank_id != bank.pk:
        raise WrongBank(code)
    if not created and any(getattr(item, name) != value for name, value in places.items()):
        for name, value in places.items():
            setattr(item, name, value)
        item.save(update_fields=list(places))
    asked = {**fields_of(question), "skill_id": skill.pk if skill else None, "proficiency": proficiency}
    latest = item.versions.order_by("-number").prefetch_related("pictures").first()
    if latest and says_the_same(latest, asked, question.pictures):
        return latest, False
    item.label = label_of(question)
    item.save(update_fields=["label"])
    number = latest.number + 1 if latest else 1
    version = ItemVersion.objects.create(item=item, number=number, created_at=at, created_by=by, **asked)
    ItemPicture.objects.bulk_create(pictures_of(version, question.pictures))
    return version, True


def says_the_same(version: ItemVersion, asked: Mapping[str, Any], pictures: tuple[Picture, ...]) -> bool:
    """Whether a version asks exactly this. Its pictures are fetched."""
    shown = {row.name: row.digest for row in version.pictures.all()}
    return all(getattr(version, name) == value for name, value in asked.items()) and shown == {
        picture.name: digest_of(picture) for picture in pictures
    }


def label_of(question: Question) -> str:
    """Return the start of the question for lists."""
    return Truncator(visible(question.stem)).chars(LABEL_LENGTH)


def digest_of(picture: Picture) -> str:
    """Return the name of what is in a picture."""
    return hashlib.sha256(picture.data).hexdigest()


def pictures_of(version: ItemVersion, pictures: tuple[Picture, ...]) -> list[ItemPicture]:
    """Return the unsaved rows of a version's pictures; their files are stored, once for the same bytes."""
    rows = []
    for picture in pictures:
        digest = digest_of(picture)
        row = ItemPicture(version=version, name=picture.name, digest=digest)
        name = f"questions/{digest[:2]}/{digest}"
        storage = row.file.storage
        row.file.name = name if storage.exists(name) else storage.save(name, ContentFile(picture.data))
        rows.append(row)
    return rows


@transaction.atomic
def make_ready(*, version: ItemVersion, by: User | None, at: datetime) -> None:
    """Let new attempts ask this version; twice is as good as once. Raises InvalidItem with what to mend.

    An older version than the one that is asked stays behind it: the latest ready one counts.
    """
    item = Item.objects.select_for_update(of=("self",)).select_related("ready_version").get(pk=version.item_id)
    problems = readiness_problems(version)
    if problems:
        raise InvalidItem(" ".join(problems))
    ReadyVersion.objects.get_or_create(version=version, defaults={"ready_at": at, "ready_by": by})
    if item.ready_version is None or item.ready_version.number < version.number:
        Item.objects.filter(pk=item.pk).update(ready_version=version)
        log(item, "assessments.make_ready", user=by, timestamp=at, data={"version": version.number})


def save_item(
    *,
    bank: ItemBank,
    code: str,
    kind: str,
    stem: str,
    content: dict[str, Any],
    explanation: str,
    skill: Skill,
    proficiency: int,
    play: Page | None,
    lesson: Page | None,
    by: User | None,
    at: datetime,
) -> tuple[ItemVersion, bool]:
    """Store a plainly written question and make it ready; say whether a new version was made. Raises InvalidItem."""
    problems = check_item(kind=kind, stem=stem, content=content, explanation=explanation)
    if problems:
        raise InvalidItem(" ".join(problems))
    question = Question(
        kind=kind,
        stem=Rich(stem),
        body=item_type(kind).load(content),
        explanation=Rich(explanation),
    )
    with transaction.atomic():
        if (item := Item.objects.filter(code=code).exclude(bank=bank).first()) is not None:
            Item.objects.filter(pk=item.pk).update(bank=bank)
        version, made = save_draft(
            bank=bank,
            code=code,
            question=question,
            skill=skill,
            proficiency=int(proficiency),
            by=by,
            at=at,
            filed={"play": play, "lesson": lesson},
        )
        make_ready(version=version, by=by, at=at)
    return version, made


def latest_version(item: Item) -> ItemVersion | None:
    """Return what the question says today, ready or not; None when it says nothing yet. Two queries."""
    return (
        item.versions.select_related("skill", "readiness", "item__bank")
        .prefetch_related("pictures")
        .order_by("-number")
        .first()
    )


@transaction.atomic
def retire_item(*, item: Item, by: User, at: datetime) -> None:
    """Draw a question no more, and note it in its log; twice is as good as once. Attempts that hold it keep it."""
    if Item.objects.filter(pk=item.pk, retired_at__isnull=True).update(retired_at=at, retired_by=by):
        log(item, "assessments.retire", user=by, timestamp=at)


@transaction.atomic
def restore_item(*, item: Item, by: User, at: datetime) -> None:
    """Let a retired question be drawn again; twice is as good as once."""
    if Item.objects.filter(pk=item.pk, retired_at__isnull=False).update(retired_at=None, retired_by=None):
        log(item, "assessments.restore", user=by, timestamp=at)
