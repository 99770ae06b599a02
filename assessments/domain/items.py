"""Writing questions: a change of what is asked is a new version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from academy.framework.models import Skill
from academy.people.models import User
from assessments.enums import ItemKind
from assessments.item_types import item_type
from assessments.models import Item, ItemBank, ItemVersion

LABEL_LENGTH = 100


class InvalidItem(Exception):
    """A question that can't be asked; the message says what to mend."""


def check_item(*, kind: str, stem: str, content: dict[str, Any], explanation: str) -> list[str]:
    """Return a sentence for each thing that is wrong; none when the question is ready."""
    if kind not in ItemKind.values:
        return [_("“%(kind)s” is not a kind of question.") % {"kind": kind}]
    problems = []
    if not stem.strip():
        problems.append(_("Write the question."))
    if not explanation.strip():
        problems.append(_("Explain the answer."))
    return problems + item_type(kind).validate(content)


def save_bank(*, code: str, title: str, summary: str = "") -> ItemBank:
    """Make or rename the bank with this code."""
    bank, _created = ItemBank.objects.update_or_create(code=code, defaults={"title": title, "summary": summary})
    return bank


@transaction.atomic
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
    """Store the question and say whether a new version was made. Raises InvalidItem."""
    problems = check_item(kind=kind, stem=stem, content=content, explanation=explanation)
    if problems:
        raise InvalidItem(" ".join(problems))
    item, created = Item.objects.select_for_update().get_or_create(
        code=code, defaults={"bank": bank, "play": play, "lesson": lesson}
    )
    if not created and (item.bank, item.play, item.lesson) != (bank, play, lesson):
        item.bank, item.play, item.lesson = bank, play, lesson
        item.save(update_fields=["bank", "play", "lesson"])
    asked = {
        "kind": kind,
        "stem": stem,
        "content": content,
        "explanation": explanation,
        "skill_id": skill.pk,
        "proficiency": int(proficiency),
    }
    latest = item.versions.order_by("-number").first()
    if latest and all(getattr(latest, name) == value for name, value in asked.items()):
        return latest, False
    item.label = Truncator(" ".join(stem.split())).chars(LABEL_LENGTH)
    item.save(update_fields=["label"])
    number = latest.number + 1 if latest else 1
    version = ItemVersion.objects.create(item=item, number=number, created_at=at, created_by=by, **asked)
    return version, True


def latest_version(item: Item) -> ItemVersion | None:
    """Return what the question says today; None when it says nothing yet. One query."""
    return item.versions.select_related("skill").order_by("-number").first()


@transaction.atomic
def retire_item(*, item: Item, by: User, at: datetime) -> None:
    """Draw a question no more, and note it in its log; twice is as good as once. Attempts that hold it keep it."""
    if Item.objects.filter(pk=item.pk, retired_at__isnull=True).update(retired_at=at, retired_by=by):
        log(item, "assessments.retire", user=by, timestamp=at)
