"""What learners were asked and answered, as far as figures may know it: the first finished attempt of each, no names.

A second attempt comes from somebody who has seen the questions, perhaps their keys. There are no trial attempts of
staff: whoever takes an assessment takes it as a learner, and counts as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from uuid import UUID

from django.db.models import Case, Exists, JSONField, OuterRef, QuerySet, Subquery, When

from assessments.domain.statistics import Cell, Sitting, sitting
from assessments.enums import ItemKind
from assessments.item_types import item_type, kinds_that_earn_nothing, true_false
from assessments.item_types.bodies import MultipleChoice, Option, SingleChoice, TrueFalse
from assessments.item_types.shape import exact
from assessments.models import Answer, Attempt, AttemptItem, ItemVersion, Mark

# Kinds whose answers are keys of options. What others hold may be somebody's own words, and is never read here.
CHOICE_KINDS = (ItemKind.SINGLE_CHOICE, ItemKind.MULTIPLE_CHOICE, ItemKind.TRUE_FALSE)


def first_finished() -> QuerySet[Attempt]:
    """Return the first attempt of each learner at each assessment, in whichever language, where it is decided."""
    earlier = Attempt.objects.filter(
        learner=OuterRef("learner"), assessment_key=OuterRef("assessment_key"), number__lt=OuterRef("number")
    )
    return Attempt.objects.filter(~Exists(earlier), result__isnull=False)


def asked_items(key: UUID) -> QuerySet[AttemptItem]:
    """Return the questions of these attempts at one assessment. What earns nothing by its kind is none."""
    attempts = first_finished().filter(assessment_key=key)
    return AttemptItem.objects.filter(attempt__in=attempts).exclude(version__kind__in=kinds_that_earn_nothing())


def read_sittings(key: UUID) -> list[Sitting]:
    """Return these attempts at an assessment, each with the latest mark of each question. One query."""
    marks = Mark.objects.filter(attempt_item=OuterRef("pk")).order_by("-pk").values("fraction")
    answers = Answer.objects.filter(attempt_item=OuterRef("pk")).order_by("-sequence")
    choice = When(version__kind__in=CHOICE_KINDS, then=Subquery(answers.values("response")[:1]))
    rows = (
        asked_items(key)
        .annotate(
            earned=Subquery(marks[:1]),
            answered=Exists(answers),
            choice=Case(choice, output_field=JSONField()),
        )
        .order_by("attempt", "position")
        .values_list("attempt", "version", "version__kind", "max_mark", "earned", "answered", "choice")
    )
    attempts: dict[int, dict[int, Cell]] = defaultdict(dict)
    for attempt, version, kind, mark, earned, answered, response in rows:
        attempts[attempt][version] = Cell(
            fraction=exact(earned), mark=Fraction(mark), answered=answered, chosen=chosen_keys(kind, response)
        )
    return [sitting(cells) for cells in attempts.values()]


def chosen_keys(kind: str, response: object) -> tuple[str, ...]:
    """Return the keys of the options that an answer chose; none of an answer of another kind."""
    if kind not in CHOICE_KINDS or not isinstance(response, Sequence) or isinstance(response, str):
        return ()
    return tuple(key for key in response if isinstance(key, str))


def options_of(version: ItemVersion) -> tuple[Option, ...]:
    """Return the options of a version, none where its kind has none."""
    if version.kind not in CHOICE_KINDS:
        return ()
    body = item_type(version.kind).load(version.content)
    if isinstance(body, TrueFalse):
        return true_false.options_of(body)
    choice: SingleChoice | MultipleChoice = body
    return choice.options
