"""Where courses meet Wagtail: who may read a lesson, and which pages must stay."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.models import Page

from academy.people.api import person_of
from courses.domain.completion import course_of
from courses.domain.guard import RecordsOnPages, records_on
from courses.domain.integrity import publish_problems
from courses.models import LessonPage
from courses.rules import can_open_lesson
from courses.views.reading import seen_lesson


@hooks.register("before_serve_page")
def guard_lesson(page: Page, request: HttpRequest, *args: Any) -> HttpResponse | None:
    """Lead whoever may not read the lesson to sign-in, or to the course where they can enrol."""
    if not isinstance(page, LessonPage):
        return None
    view = seen_lesson(request, page)
    if view and can_open_lesson(person_of(request), page, view.progress):
        return None
    course = view.progress.course if view else course_of(page)
    if not course.live:
        raise Http404
    if view is None:
        return redirect_to_login(request.get_full_path())
    messages.info(request, _("Enrol to open the lessons. It takes one click and costs nothing."))
    return redirect(course.get_url(request))


@hooks.register("before_publish_page")
def gate_lesson(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep a lesson whose address leads to another from being published. The draft is saved."""
    problems = publish_problems(page) if isinstance(page, LessonPage) else []
    if not problems:
        return None
    admin_messages.error(request, " ".join([_("Saved as a draft, not published."), *problems]))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_delete_page")
def keep_pages_with_records(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Explain why the page must stay, and offer to unpublish it instead."""
    return explain_records(request, [page])


@hooks.register("before_bulk_action")
def keep_pages_with_records_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """The same for several pages at once."""
    pages = [one for one in objects if isinstance(one, Page)]
    return explain_records(request, pages) if action_type == "delete" and pages else None


def explain_records(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """Return the page that explains, or None when no record rests on ``pages``."""
    records = records_on(pages)
    if not records:
        return None
    return render(
        request,
        "courses/admin/page_has_records.html",
        {"pages": pages, "facts": facts(records)},
        status=409,
    )


def facts(records: RecordsOnPages) -> list[str]:
    """Say what rests on the pages, a line each."""
    counted = [
        (records.enrolments, ngettext("%d enrolment", "%d enrolments", records.enrolments)),
        (records.lessons, ngettext("%d completed lesson", "%d completed lessons", records.lessons)),
        (records.attempts, ngettext("%d attempt at an assessment", "%d attempts at assessments", records.attempts)),
        (records.completions, ngettext("%d completed course", "%d completed courses", records.completions)),
    ]
    return [sentence % count for count, sentence in counted if count]
