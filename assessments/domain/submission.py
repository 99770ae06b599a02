"""Submitting an attempt: marks, the decision, and the evidence that follows, in one commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from academy.framework.enums import Proficiency
from academy.framework.models import Skill
from academy.people.models import User
from academy.records.api import EventKind, EvidenceSource, grant_evidence, record_event
from assessments.enums import MarkKind
from assessments.item_types import Response, item_type
from assessments.item_types.shape import exact
from assessments.models import Answer, Attempt, AttemptItem, AttemptResult, ItemVersion, Mark

CENT = Decimal("0.01")

Listener = Callable[[Attempt, AttemptResult, User, datetime], None]
_listeners: list[Listener] = []


def on_finished(listener: Listener) -> Listener:
    """Call ``listener(attempt, result, by, at)`` when an attempt is finished, in the same transaction.

    Apps above this one register in their ``AppConfig.ready``: an assessment does not know what it completes.
    """
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


class NoRuleMarks(Exception):
    """A question that a person must mark has got into an assessment that marks itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """One question of an attempt with its final response (empty: not answered) and the fraction it earns."""

    item: AttemptItem
    response: Response
    fraction: Decimal

    @property
    def score(self) -> Fraction:
        """The marks earned, exact: three thirds of a mark are one mark, not 0.9999999."""
        return exact(self.fraction) * Fraction(self.item.max_mark)


def mark_attempt(attempt: Attempt) -> list[Marked]:
    """Mark every question of the attempt by its own version and last saved answer. Writes nothing. One query."""
    last = Answer.objects.filter(attempt_item=OuterRef("pk")).order_by("-sequence").values("response")[:1]
    items = (
        AttemptItem.objects.filter(attempt=attempt)
        .select_related("version", "version__skill")
        .annotate(last_response=Subquery(last))
        .order_by("position")
    )
    return [
        Marked(
            item=item,
            response=item.last_response or [],
            fraction=mark_version(item.version, item.last_response or []),
        )
        for item in items
    ]


def mark_version(version: ItemVersion, response: Response) -> Decimal:
    """Return what a response to this version earns by its rule."""
    functions = item_type(version.kind)
    earned = functions.mark(functions.load(version.content), response)
    if earned is None:
        # The gate of publishing keeps such questions out of assessments.
        raise NoRuleMarks(version.kind)
    return earned


def decide(attempt: Attempt, marked: list[Marked], *, at: datetime) -> AttemptResult:
    """Return the unsaved decision by the rule that the attempt froze when it started."""
    score, maximum = _total(marked)
    return AttemptResult(
        attempt=attempt,
        score=cents(score),
        maximum=maximum,
        percent=percent(score, maximum),
        # By the exact marks: a rounded share could lie on the other side of the line.
        passed=_reaches(score, maximum, attempt.rule["pass_mark"]),
        skills=_skills_shown(attempt.rule, marked),
        decided_at=at,
    )


def cents(marks: Fraction) -> Decimal:
    """Return marks with two decimals, rounded down."""
    return Decimal(marks.numerator * 100 // marks.denominator) * CENT


def percent(score: Fraction, maximum: Decimal) -> Decimal:
    """Return score / maximum in per cent, two decimals, rounded down so that it never shows a pass that is none."""
    return cents(score * 100 / Fraction(maximum))


def _reaches(score: Fraction, maximum: Decimal, share: str) -> bool:
    return score * 100 >= Fraction(share) * Fraction(maximum)


def _total(marked: list[Marked]) -> tuple[Fraction, Decimal]:
    # Wrong choices may cost more than their own question is worth, never more than nothing in all.
    score = max(Fraction(0), sum((one.score for one in marked), Fraction(0)))
    return score, sum((one.item.max_mark for one in marked), Decimal(0))


def _skills_shown(rule: dict[str, Any], marked: list[Marked]) -> list[dict[str, Any]]:
    """Return, for each skill that the assessment proves, its share of marks and whether that shows it."""
    by_skill: dict[int | None, list[Marked]] = defaultdict(list)
    for one in marked:
        by_skill[one.item.version.skill_id].append(one)
    shown = []
    for proved in rule["proves"]:
        score, maximum = _total(by_skill[proved["skill"]])
        shown.append(
            {
                **proved,
                "score": str(cents(score)),
                "maximum": str(maximum),
                "percent": str(percent(score, maximum)) if maximum else "0.00",
                "shown": bool(maximum) and _reaches(score, maximum, rule["skill_share"]),
            }
        )
    return shown


@transaction.atomic
def submit_attempt(*, attempt: Attempt, by: User, at: datetime) -> AttemptResult:
    """Close the attempt and return its result; submitted again, return the same result and change nothing."""
    locked = Attempt.objects.select_for_update().select_related("learner").get(pk=attempt.pk)
    if locked.submitted_at is not None:
        return locked.result
    marked = mark_attempt(locked)
    locked.submitted_at, locked.submitted_by = at, by
    locked.save(update_fields=["submitted_at", "submitted_by"])
    Mark.objects.bulk_create(
        Mark(
            attempt_item=one.item,
            kind=MarkKind.AUTOMATIC,
            fraction=one.fraction,
            scheme=item_type(one.item.version.kind).scheme,
            marked_at=at,
        )
        for one in marked
    )
    result = decide(locked, marked, at=at)
    result.save()
    record_event(
        kind=EventKind.ATTEMPT_SUBMITTED,
        learner=locked.learner,
        subject=locked,
        by=by,
        at=at,
        percent=str(result.percent),
        passed=result.passed,
    )
    _grant_what_was_shown(locked, result, marked, by=by, at=at)
    for listener in _listeners:
        listener(locked, result, by, at)
    return result


def _grant_what_was_shown(
    attempt: Attempt, result: AttemptResult, marked: list[Marked], *, by: User, at: datetime
) -> None:
    skills = Skill.objects.in_bulk([row["skill"] for row in result.skills])
    for row in result.skills:
        if row["shown"]:
            grant_evidence(
                learner=attempt.learner,
                skill=skills[row["skill"]],
                proficiency=Proficiency(row["proficiency"]),
                source=EvidenceSource.ASSESSMENT,
                fact=attempt,
                rule={
                    "rule": "share of a skill's marks",
                    "share_needed": attempt.rule["skill_share"],
                    "share_reached": row["percent"],
                    "assessment": attempt.rule["title"],
                    "versions": [one.item.version_id for one in marked if one.item.version.skill_id == row["skill"]],
                },
                by=by,
                at=at,
            )
