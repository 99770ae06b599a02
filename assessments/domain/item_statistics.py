"""What authors learn from answers: the figures of an assessment and of its questions, rounded to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from academy.people.api import Reach
from assessments.domain.asked import asked_items, first_finished, options_of, read_sittings
from assessments.domain.queries import language_of
from assessments.domain.statistics import (
    MINIMUM,
    Flag,
    Method,
    OptionFigures,
    Outcomes,
    Sitting,
    asked,
    assessment_figures,
    flags,
    item_figures,
    may_split,
    option_figures,
    thirds,
    without_small_groups,
)
from assessments.item_types.bodies import Option
from assessments.item_types.rich import visible
from assessments.models import AssessmentPage, ItemBank, ItemVersion

FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionStatistics:
    """An option and who chose it; ``text`` None: who left the question out. Other figures None: kept back, or none."""

    text: str | None
    right: bool
    chosen: int
    share: Decimal
    upper: int | None
    lower: int | None
    mean_total: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The figures of a version; see ``ItemFigures`` for what each is.

    ``upper`` and ``lower`` count the thirds; None where what they chose is kept back.
    """

    facility: Decimal
    deviation: Decimal | None
    discrimination: Decimal | None
    point_biserial: Decimal | None
    effective_weight: Decimal | None
    intended_weight: Decimal
    outcomes: Outcomes
    upper: int | None
    lower: int | None
    options: tuple[OptionStatistics, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionStatistics:
    """One version of a question in one assessment. ``figures`` None: fewer than ``MINIMUM`` attempts had it."""

    item_id: int
    code: str
    label: str
    number: int
    kind: str
    stem: str
    language: str
    attempts: int
    figures: Figures | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeFigures:
    """The figures of an assessment as a whole, as shares of all marks; see ``AssessmentFigures``."""

    mean: Decimal
    deviation: Decimal | None
    method: Method
    reliability: Decimal | None
    standard_error: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentStatistics:
    """An assessment and its questions. ``figures`` None: fewer than ``MINIMUM`` attempts."""

    attempts: int
    figures: WholeFigures | None
    questions: tuple[QuestionStatistics, ...]


def assessments_within(reach: Reach) -> QuerySet[AssessmentPage]:
    """Return the assessments that draw from banks within reach, each in one language.

    ``learners`` says how many finished a first attempt.
    """
    mine = AssessmentPage.objects.filter(bank__in=ItemBank.objects.within(reach))
    before = mine.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    attempts = first_finished().filter(assessment_key=OuterRef("translation_key")).order_by().values("assessment_key")
    counted = Subquery(attempts.annotate(count=Count("pk")).values("count"))
    found: QuerySet[AssessmentPage] = mine.filter(~Exists(before)).annotate(learners=Coalesce(counted, 0))
    return found


def assessment_statistics(*, key: UUID, reach: Reach) -> AssessmentStatistics:
    """Return the figures of an assessment, with those of its questions from banks within reach. Two queries."""
    sittings = read_sittings(key)
    return AssessmentStatistics(
        attempts=len(sittings),
        figures=_whole(sittings) if len(sittings) >= MINIMUM else None,
        questions=_questions(sittings, _versions(key, reach)),
    )


def question_statistics(*, key: UUID, item_id: int, reach: Reach) -> tuple[QuestionStatistics, ...]:
    """Return the figures of each version of a question, the latest first. Two queries."""
    versions = _versions(key, reach).filter(item=item_id).order_by("-number")
    return _questions(read_sittings(key), versions)


def _versions(key: UUID, reach: Reach) -> QuerySet[ItemVersion]:
    return (
        ItemVersion.objects.filter(
            pk__in=asked_items(key).values("version"), item__bank__in=ItemBank.objects.within(reach)
        )
        .select_related("item__bank")
        .order_by("item__code", "-number")
    )


def _questions(sittings: Sequence[Sitting], versions: Iterable[ItemVersion]) -> tuple[QuestionStatistics, ...]:
    return tuple(_question(version, asked(sittings, version.pk)) for version in versions)


def _question(version: ItemVersion, having: Sequence[Sitting]) -> QuestionStatistics:
    return QuestionStatistics(
        item_id=version.item_id,
        code=version.item.code,
        label=version.item.label,
        number=version.number,
        kind=version.kind,
        stem=visible(version.rich_stem),
        language=language_of(version),
        attempts=len(having),
        figures=_figures(version, having) if len(having) >= MINIMUM else None,
    )


def _figures(version: ItemVersion, having: Sequence[Sitting]) -> Figures:
    options = options_of(version)
    figures, groups = item_figures(having, version.pk), thirds(having)
    counted = option_figures(having, version.pk, [option.key for option in options]) if options else ()
    shown = without_small_groups(counted, attempts=len(having), groups=groups)
    return Figures(
        facility=four_places(figures.facility),
        deviation=_rounded(figures.deviation),
        discrimination=_rounded(figures.discrimination),
        point_biserial=_rounded(figures.point_biserial),
        effective_weight=_rounded(figures.effective_weight),
        intended_weight=four_places(figures.intended_weight),
        outcomes=figures.outcomes,
        upper=len(groups.upper) if groups and may_split(groups) else None,
        lower=len(groups.lower) if groups and may_split(groups) else None,
        options=_options(options, shown, attempts=len(having)),
        flags=flags(figures, counted, right={option.key for option in options if option.correct}),
    )


def _options(
    options: Sequence[Option], counted: Sequence[OptionFigures], *, attempts: int
) -> tuple[OptionStatistics, ...]:
    by_key = {option.key: option for option in options}
    return tuple(
        OptionStatistics(
            text=None if one.key is None else visible(by_key[one.key].text) or one.key,
            right=one.key is not None and by_key[one.key].correct,
            chosen=one.chosen,
            share=four_places(Fraction(one.chosen, attempts)),
            upper=one.upper,
            lower=one.lower,
            mean_total=_rounded(one.mean_total),
        )
        for one in counted
    )


def _whole(sittings: Sequence[Sitting]) -> WholeFigures:
    figures = assessment_figures(sittings)
    return WholeFigures(
        mean=four_places(figures.mean),
        deviation=_rounded(figures.deviation),
        method=figures.method,
        reliability=_rounded(figures.reliability),
        standard_error=_rounded(figures.standard_error),
    )


def _rounded(value: Fraction | Decimal | None) -> Decimal | None:
    return None if value is None else four_places(value)


def four_places(value: Fraction | Decimal) -> Decimal:
    """Return a figure as it is shown and exported, half to even."""
    exactly = Fraction(value)
    return (Decimal(exactly.numerator) / Decimal(exactly.denominator)).quantize(FOUR_PLACES, ROUND_HALF_EVEN)
