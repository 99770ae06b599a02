"""Where assessments meet Wagtail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from academy.lib.access import access
from assessments.choosers import ItemChooserViewSet, item_chooser_viewset
from assessments.domain.integrity import publish_problems
from assessments.models import AssessmentPage, Item, ItemBank
from assessments.staff.banks import BankViewSet, bank_viewset
from assessments.staff.items import ItemViewSet, item_viewset
from assessments.staff.permissions import NeverDelete
from assessments.staff.statistics import SEES_QUESTIONS, AssessmentsView, AssessmentView, QuestionView

register_permission_policy(Item, NeverDelete(Item))
# A bank is what its questions lie in: who writes them keeps it.
register_permission_policy(ItemBank, NeverDelete(Item))


@hooks.register("register_admin_viewset")
def register_question_chooser() -> ItemChooserViewSet:
    """Choosing a question in a lesson."""
    return item_chooser_viewset


@hooks.register("register_admin_viewset")
def register_questions() -> ItemViewSet:
    """Writing questions."""
    return item_viewset


@hooks.register("register_admin_viewset")
def register_question_banks() -> BankViewSet:
    """What questions lie in."""
    return bank_viewset


@hooks.register("register_admin_urls")
def statistics_urls() -> list[URLPattern]:
    """Where the figures of questions stand."""
    results = access(SEES_QUESTIONS)(AssessmentsView.as_view(results_only=True))
    return [
        path("reports/questions/", AssessmentsView.as_view(), name="assessments_statistics"),
        path("reports/questions/results/", results, name="assessments_statistics_results"),
        path("reports/questions/<int:assessment>/", AssessmentView.as_view(), name="assessment_statistics"),
        path("reports/questions/<int:assessment>/<int:item>/", QuestionView.as_view(), name="question_statistics"),
    ]


class QuestionsReportItem(MenuItem):
    """Shown to those who see questions somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the report would open."""
        return SEES_QUESTIONS.test(request.user)


@hooks.register("register_reports_menu_item")
def questions_report_item() -> MenuItem:
    """The way to them, under Reports."""
    return QuestionsReportItem(
        gettext_lazy("Questions"),
        reverse("assessments_statistics"),
        name="questions-report",
        icon_name="help",
        order=900,
    )


@hooks.register("insert_global_admin_css")
def style_of_questions() -> SafeString:
    """How lists and forms of questions look."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/question_editor.css"))


@hooks.register("register_log_actions")
def retiring(actions: LogActionRegistry) -> None:
    """Name what the log tells of a question beside Wagtail's own acts."""
    actions.register_action("assessments.make_ready", gettext_lazy("Make ready"), gettext_lazy("Made ready"))
    actions.register_action("assessments.retire", gettext_lazy("Retire"), gettext_lazy("Retired"))
    actions.register_action("assessments.restore", gettext_lazy("Bring back"), gettext_lazy("Brought back"))


@hooks.register("before_publish_page")
def gate_assessment(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep an assessment that can't be taken from being published. The draft is saved; only publishing waits."""
    if not isinstance(page, AssessmentPage):
        return None
    problems = publish_problems(page)
    if not problems:
        return None
    messages.error(request, " ".join([_("Saved as a draft, not published."), *problems]))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def gate_assessments_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """The same when several pages are published at once: one that is not ready keeps all of them back."""
    if action_type != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if action_class_instance.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [draft for page in list(pages) for draft in page.get_descendants().not_live()]
    for page in pages:
        if issubclass(page.specific_class, AssessmentPage):
            response = gate_assessment(request, page.get_latest_revision_as_object())
            if response:
                return response
    return None
