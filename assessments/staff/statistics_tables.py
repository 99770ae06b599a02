"""The columns of the figures: on the page, and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, Table

from assessments.domain.item_statistics import Figures, OptionStatistics, QuestionStatistics
from assessments.enums import ItemKind
from assessments.staff import statistics_words as words
from assessments.staff.statistics_words import FLAGS, as_figure

# What the list is sorted by, and how a question answers it.
SORTS = ("facility", "deviation", "discrimination", "point_biserial", "effective_weight")
HARDEST_FIRST = "facility"


class FigureColumn(Column):
    """A figure of the question; a dash where it is kept back, or there is none."""

    def __init__(self, name: str, label: Promise) -> None:
        super().__init__(name, label=label, sort_key=name)

    def get_value(self, instance: QuestionStatistics) -> str:
        """Return it in words."""
        return as_figure(getattr(instance.figures, self.name, None))


class QuestionColumn(Column):
    """The question with the way to its own page."""

    cell_template_name = "assessments/staff/question_cell.html"

    def __init__(self, *, assessment: int) -> None:
        super().__init__("code", label=gettext_lazy("Question"), sort_key="code")
        self.assessment = assessment

    def get_cell_context_data(self, instance: QuestionStatistics, parent_context: Any) -> dict[str, Any]:
        """Add where it leads, and what to look at."""
        told = instance.figures.flags if instance.figures else ()
        return {
            **super().get_cell_context_data(instance, parent_context),
            "question": instance,
            "url": reverse("question_statistics", args=[self.assessment, instance.item_id]),
            "advice": [FLAGS[flag] for flag in told],
        }


class FigureCell(Column):
    """A cell whose template shows the figures of the question."""

    def __init__(self, name: str, label: Promise, template: str, *, sort_key: str | None = None) -> None:
        super().__init__(name, label=label, sort_key=sort_key)
        self.cell_template_name = template

    def get_cell_context_data(self, instance: QuestionStatistics, parent_context: Any) -> dict[str, Any]:
        """Hand the figures over."""
        return {**super().get_cell_context_data(instance, parent_context), "question": instance}


class QuestionTable(Table):
    """The table says of what it is one."""

    def get_caption(self) -> str:
        """Return it for those who cannot see where it stands."""
        return _("Questions, hardest first unless sorted otherwise")


def question_columns(assessment: int) -> list[Column]:
    """Return the columns of the questions of an assessment. The deviation, of little use alone, is on their own pages."""
    return [
        QuestionColumn(assessment=assessment),
        FigureCell("answers", gettext_lazy("Answers"), "assessments/staff/answers_cell.html"),
        FigureCell("facility", words.FACILITY, "assessments/staff/facility_cell.html", sort_key="facility"),
        FigureColumn("discrimination", words.DISCRIMINATION),
        FigureColumn("point_biserial", words.POINT_BISERIAL),
        FigureCell(
            "effective_weight",
            words.EFFECTIVE_WEIGHT,
            "assessments/staff/weight_cell.html",
            sort_key="effective_weight",
        ),
    ]


def in_order(questions: Iterable[QuestionStatistics], ordering: str) -> list[QuestionStatistics]:
    """Return the questions sorted; those without the figure always at the end, equals by code and version."""
    name, backwards = ordering.removeprefix("-"), ordering.startswith("-")
    by_code = sorted(questions, key=lambda one: (one.code, -one.number))
    having = [one for one in by_code if _sort_value(one, name) is not None]
    without = [one for one in by_code if _sort_value(one, name) is None]
    return sorted(having, key=lambda one: _sort_value(one, name), reverse=backwards) + without


def _sort_value(question: QuestionStatistics, name: str) -> Any:
    return getattr(question.figures, name, None) if name in SORTS else getattr(question, name)


EXPORTED: dict[str, Any] = {
    "code": gettext_lazy("Code"),
    "label": gettext_lazy("Question"),
    "number": gettext_lazy("Version"),
    "kind": gettext_lazy("Kind"),
    "attempts": words.ATTEMPTS,
    "facility": words.FACILITY,
    "deviation": words.DEVIATION,
    "discrimination": words.DISCRIMINATION,
    "point_biserial": words.POINT_BISERIAL,
    "effective_weight": words.EFFECTIVE_WEIGHT,
    "intended_weight": gettext_lazy("Share of the marks"),
    "right": gettext_lazy("Right"),
    "partly": gettext_lazy("Partly right"),
    "wrong": gettext_lazy("Wrong"),
    "unanswered": gettext_lazy("Not answered"),
    "answers": gettext_lazy("Answers"),
    "flags": gettext_lazy("Look at"),
}
_FIGURES = (*SORTS, "intended_weight")
_OUTCOMES = ("right", "partly", "wrong", "unanswered")


def export_row(question: QuestionStatistics) -> dict[str, Any]:
    """Return the cells of a question in the order of ``EXPORTED``; empty where figures are kept back."""
    figures = question.figures
    return {
        "code": question.code,
        "label": question.label,
        "number": question.number,
        "kind": str(ItemKind(question.kind).label),
        "attempts": question.attempts,
        **{name: getattr(figures, name, None) for name in _FIGURES},
        **{name: getattr(figures.outcomes, name) if figures else None for name in _OUTCOMES},
        "answers": _answers_in_words(figures) if figures else "",
        "flags": "; ".join(str(FLAGS[flag].name) for flag in figures.flags) if figures else "",
    }


def _answers_in_words(figures: Figures) -> str:
    return "; ".join(f"{option_name(option)}: {option.chosen}" for option in figures.options)


def option_name(option: OptionStatistics) -> str:
    """Return the option's text with a word when it is right."""
    if option.text is None:
        return _("No answer")
    return _("%(option)s (right)") % {"option": option.text} if option.right else option.text
