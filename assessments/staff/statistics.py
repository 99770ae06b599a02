"""Reports → Questions: what authors learn from answers. Counts and figures, never a person or their words."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from academy.lib.access import Refusal, access, rule
from academy.lib.clock import now
from academy.people.api import Reach, person_of, reach_of
from assessments.domain.item_statistics import (
    AssessmentStatistics,
    QuestionStatistics,
    assessment_statistics,
    assessments_within,
    question_statistics,
)
from assessments.domain.statistics import MINIMUM, SMALLEST_GROUP
from assessments.models import AssessmentPage, Item, ItemBank
from assessments.staff.items import banks_of
from assessments.staff.statistics_tables import (
    EXPORTED,
    HARDEST_FIRST,
    QuestionTable,
    export_row,
    in_order,
    question_columns,
)
from assessments.staff.statistics_words import FLAGS, MEANINGS, METHODS, RELIABILITY

SEE_QUESTIONS = "assessments.view_item"
# To everybody else there is no such report.
SEES_QUESTIONS = rule("sees questions", lambda user: bool(reach_of(user, SEE_QUESTIONS)), refusal=Refusal.HIDE)


def reach_of_reader(request: HttpRequest) -> Reach:
    """Return how far the reader's right to see questions goes."""
    return reach_of(person_of(request), SEE_QUESTIONS)


def assessment_or_404(request: HttpRequest, pk: int) -> AssessmentPage:
    """Return an assessment that draws from a bank within reach. Raises Http404."""
    page: AssessmentPage = get_object_or_404(assessments_within(reach_of_reader(request)), pk=pk)
    return page


class AssessmentFilterSet(WagtailFilterSet):
    """By bank, of those that are somebody's."""

    bank = django_filters.ModelChoiceFilter(label=gettext_lazy("Bank"), queryset=banks_of)

    class Meta:
        model = AssessmentPage
        fields: list[str] = []


@access(SEES_QUESTIONS)
class AssessmentsView(ReportView):
    """The assessments whose questions are the reader's, with how many people took them."""

    model = AssessmentPage
    page_title = gettext_lazy("Questions")
    header_icon = "help"
    index_url_name = "assessments_statistics"
    index_results_url_name = "assessments_statistics_results"
    filterset_class = AssessmentFilterSet
    default_ordering = "title"
    verbose_name_plural = gettext_lazy("assessments")
    list_export = ["title", "bank", "learners"]
    export_headings = {
        "title": gettext_lazy("Assessment"),
        "bank": gettext_lazy("Bank"),
        "learners": gettext_lazy("Attempts"),
    }
    export_filename = "assessments"
    columns = [
        TitleColumn("title", label=gettext_lazy("Assessment"), url_name="assessment_statistics", sort_key="title"),
        Column("bank", label=gettext_lazy("Bank"), sort_key="bank__title"),
        Column("learners", label=gettext_lazy("Attempts"), sort_key="learners"),
    ]

    def get_base_queryset(self) -> QuerySet[AssessmentPage]:
        """Return those within reach."""
        return assessments_within(reach_of_reader(self.request)).select_related("bank")


@access(SEES_QUESTIONS)
class AssessmentView(ReportView):
    """One assessment: its own figures, then those of each question, hardest first."""

    template_name = "assessments/staff/assessment_statistics.html"
    results_template_name = "assessments/staff/assessment_statistics_results.html"
    header_icon = "help"
    default_ordering = HARDEST_FIRST
    table_class = QuestionTable
    verbose_name_plural = gettext_lazy("questions")
    list_export = list(EXPORTED)
    export_headings = EXPORTED

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the assessment, or be nothing."""
        super().setup(request, *args, **kwargs)
        self.assessment = assessment_or_404(request, kwargs["assessment"])

    @cached_property
    def columns(self) -> list[Column]:
        return question_columns(self.assessment.pk)

    @cached_property
    def statistics(self) -> AssessmentStatistics:
        """The figures, reckoned once a request."""
        return assessment_statistics(key=self.assessment.translation_key, reach=reach_of_reader(self.request))

    def get_filtered_queryset(self) -> list[QuestionStatistics]:
        """Return the questions in the order that is asked for."""
        return in_order(self.statistics.questions, self.ordering)

    def get_index_url(self) -> str:
        """Return where the headings lead that sort."""
        return reverse("assessment_statistics", args=[self.assessment.pk])

    def get_page_title(self) -> str:
        """Name the assessment."""
        title: str = self.assessment.title
        return title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the assessments."""
        return [*self.breadcrumbs_items, to_assessments(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the figures of the whole, and what all of them mean."""
        figures = self.statistics.figures
        return {
            **super().get_context_data(*args, **kwargs),
            "statistics": self.statistics,
            "method": METHODS[figures.method] if figures else "",
            "reliability": RELIABILITY.get(figures.method, "") if figures else "",
            "meanings": MEANINGS,
            "minimum": MINIMUM,
        }

    def get_filename(self) -> str:
        """Name the file by the assessment and the day."""
        return f"questions-{self.assessment.slug}-{now():%Y-%m-%d}"

    def to_row_dict(self, item: QuestionStatistics) -> dict[str, Any]:
        """Return the cells of a question."""
        return export_row(item)


@access(SEES_QUESTIONS)
class QuestionView(WagtailAdminTemplateMixin, TemplateView):
    """One question in one assessment: what was answered, version by version."""

    template_name = "assessments/staff/question_statistics.html"
    header_icon = "help"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the assessment and the question, or be nothing."""
        super().setup(request, *args, **kwargs)
        reach = reach_of_reader(request)
        self.assessment = assessment_or_404(request, kwargs["assessment"])
        self.item = get_object_or_404(Item.objects.filter(bank__in=ItemBank.objects.within(reach)), pk=kwargs["item"])
        self.versions = question_statistics(key=self.assessment.translation_key, item_id=self.item.pk, reach=reach)
        if not self.versions and self.item.bank_id != self.assessment.bank_id:
            raise Http404

    def get_page_title(self) -> str:
        """Name the question."""
        return str(self.item)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the assessment, and to all of them."""
        url = reverse("assessment_statistics", args=[self.assessment.pk])
        return [
            *self.breadcrumbs_items,
            to_assessments(),
            {"url": url, "label": self.assessment.title},
            {"url": "", "label": self.item.code},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add each version, with what to look at in it."""
        told = [(one, [FLAGS[flag] for flag in one.figures.flags] if one.figures else []) for one in self.versions]
        return {
            **super().get_context_data(**kwargs),
            "versions": told,
            "meanings": MEANINGS,
            "minimum": MINIMUM,
            "smallest": SMALLEST_GROUP,
        }


def to_assessments() -> dict[str, Any]:
    """Return the way back to all assessments."""
    return {"url": reverse("assessments_statistics"), "label": _("Questions")}
