"""Where assessments meet Wagtail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from assessments.choosers import ItemChooserViewSet, item_chooser_viewset
from assessments.domain.integrity import publish_problems
from assessments.models import AssessmentPage, Item
from assessments.staff.items import ItemViewSet, item_viewset
from assessments.staff.permissions import NeverDelete

register_permission_policy(Item, NeverDelete(Item))


@hooks.register("register_admin_viewset")
def register_question_chooser() -> ItemChooserViewSet:
    """Choosing a question in a lesson."""
    return item_chooser_viewset


@hooks.register("register_admin_viewset")
def register_questions() -> ItemViewSet:
    """Writing questions."""
    return item_viewset


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
