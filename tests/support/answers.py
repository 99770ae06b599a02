"""Finished attempts without the pages that lead to them: who answered what, and what it earned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from academy.people.models import User
from assessments.item_types import item_type
from assessments.models import AssessmentPage, Attempt, ItemBank, ItemVersion
from tests.factories.assessments import (
    AnswerFactory,
    AssessmentPageFactory,
    AttemptFactory,
    AttemptItemFactory,
    AttemptResultFactory,
    ItemBankFactory,
    ItemFactory,
    ItemVersionFactory,
    MarkFactory,
)
from tests.factories.people import UserFactory
from tests.support.moment import AT


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """An assessment, its bank, and its questions of options a (right), b and c."""

    assessment: AssessmentPage
    bank: ItemBank
    versions: tuple[ItemVersion, ...]


def assessment_of(count: int, **fields: Any) -> Asked:
    """Make an assessment of ``count`` questions, ``question-1`` and so on after the code of its bank."""
    bank = fields.pop("bank", None) or ItemBankFactory()
    assessment = AssessmentPageFactory(bank=bank, **fields)
    versions = tuple(
        ItemVersionFactory(item=ItemFactory(bank=bank, code=f"{bank.code}-{number}", label=f"What of {number}?"))
        for number in range(1, count + 1)
    )
    return Asked(assessment=assessment, bank=bank, versions=versions)


def sat(
    assessment: AssessmentPage,
    answers: Mapping[ItemVersion, Any],
    *,
    learner: User | None = None,
    number: int = 1,
    earned: Mapping[ItemVersion, Decimal] | None = None,
    finished: bool = True,
) -> Attempt:
    """Store an attempt that was asked these versions; an answer of None is none. Marks follow from the rule, or ``earned``."""
    learner = learner or UserFactory()
    over = {"submitted_at": AT, "submitted_by": learner} if finished else {}
    attempt = AttemptFactory(assessment=assessment, learner=learner, number=number, **over)
    for position, (version, response) in enumerate(answers.items(), start=1):
        item = AttemptItemFactory(attempt=attempt, version=version, position=position, option_order=[])
        if response is not None:
            AnswerFactory(attempt_item=item, response=response)
        if finished:
            functions = item_type(version.kind)
            by_rule = functions.mark(functions.load(version.content), response or [])
            MarkFactory(attempt_item=item, fraction=(earned or {}).get(version, by_rule))
    if finished:
        AttemptResultFactory(attempt=attempt)
    return attempt


def sat_all(asked: Asked, rows: Sequence[str]) -> list[Attempt]:
    """Store an attempt for each row: a letter a question, the option that was chosen; a blank is no answer."""
    return [
        sat(
            asked.assessment,
            {version: None if letter == " " else [letter] for version, letter in zip(asked.versions, row, strict=True)},
        )
        for row in rows
    ]
