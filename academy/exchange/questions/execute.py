"""A plan carried out: all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from academy.exchange.questions.plan import Outcome, Plan
from academy.framework.models import Skill
from academy.people.models import User
from assessments.api import InvalidItem, WrongBank, make_ready, save_questions
from assessments.models import Item, ItemBank, ItemVersion

IMPORTED = "imported"


class ImportRefused(Exception):
    """Nothing was written; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """How many versions were made, and how many were made ready."""

    made: int
    ready: int


@transaction.atomic
def carry_out(
    plan: Plan,
    *,
    bank: ItemBank | None,
    by: User | None,
    at: datetime,
    keep_good: bool = False,
    skill: Skill | None = None,
    proficiency: int | None = None,
    ready: bool = False,
) -> Done:
    """Store what the plan takes, as drafts unless ``ready``; without a bank, into the one for imports.

    While any question is refused nothing is written, unless ``keep_good``. Raises ImportRefused, also when the bank
    refuses what the plan did not foresee.
    """
    if not keep_good and plan.problems:
        raise ImportRefused(_("Some questions cannot be imported."))
    # Another skill is another version, of those too that say what they said before.
    rows = [row for row in plan.taken if skill or row.outcome is not Outcome.UNCHANGED]
    questions = [(row.code, replace(row.judged.question, code=row.code)) for row in rows if row.judged.question]
    try:
        saved = save_questions(
            bank=bank or imported_bank(), questions=questions, skill=skill, proficiency=proficiency, by=by, at=at
        )
    except WrongBank as error:
        raise ImportRefused(
            _("These codes belong to another bank by now: %(codes)s. Import again.") % {"codes": error}
        ) from error
    made_ready = _make_ready([row.code for row in plan.taken], by=by, at=at) if ready else 0
    return Done(made=sum(one.made for one in saved), ready=made_ready)


def _make_ready(codes: Sequence[str], *, by: User | None, at: datetime) -> int:
    """Let the latest versions be asked. A handful of statements each: they are written into the logs one by one."""
    latest = Item.objects.filter(code__in=codes).annotate(number=Max("versions__number"))
    numbers = dict(latest.values_list("pk", "number"))
    versions = ItemVersion.objects.filter(item__in=numbers).select_related("item__bank").prefetch_related("pictures")
    count = 0
    for version in versions:
        if version.number == numbers[version.item_id] and version.pk != version.item.ready_version_id:
            count += 1
            try:
                make_ready(version=version, by=by, at=at)
            except InvalidItem as error:
                raise ImportRefused(f"{version.item.code}: {error}") from error
    return count


def imported_bank() -> ItemBank:
    """Return the bank for imports that name none, made when it is missing."""
    bank, _made = ItemBank.objects.get_or_create(code=IMPORTED, defaults={"title": _("Imported questions")})
    return bank
